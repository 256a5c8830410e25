import { isNfseKey, isTaxId } from '@balcao/brazil';
import { isDay, isKeepable, parseDecimal, type Day } from '@balcao/money';
import { elementAt, readXml, textAt, XmlRefusal, type XmlElement } from './xml-tree.js';

/** Of the national standard, whatever the version of its layout. */
const NFSE_NAMESPACE = 'http://www.sped.fazenda.gov.br/nfse';
const LONGEST_REASON = 255;

/** A national fiscal note of services, as its file has it. Amounts are minor units of the real. */
export interface NfseNote {
  kind: 'note';
  /** 50 characters; whoever has it can look the note up. */
  key: string;
  number: string;
  /** The day on which it was made, as its issuer's clock had it. */
  issuedOn: Day;
  /** The day to whose month it counts. */
  competenceOn: Day;
  /** Made in the system for trying things out: it is worth nothing. */
  isTest: boolean;
  /** CNPJ or CPF of who did the work, and of who had it done; null where the note names none of this country. */
  providerTaxId: string | null;
  takerTaxId: string | null;
  /** What the work costs, less the discount that depends on nothing. */
  serviceAmount: bigint;
  /** The same less what the taker withholds. */
  netAmount: bigint | null;
  /** With IBS and CBS on top. */
  totalAmount: bigint | null;
  /** Key of the note in whose place this one is. */
  replacesKey: string | null;
  /** The whole of it. */
  root: XmlElement;
}

/** What became of a note later, as the file of its event has it. */
export interface NfseEvent {
  kind: 'event';
  /** Of the note. */
  key: string;
  status: 'cancelled' | 'replaced';
  on: Day;
  reason: string | null;
  replacedByKey: string | null;
}

/** Why a file is refused; each is a code of a field. */
type NfseProblem =
  | 'nfseBroken'
  | 'nfseUnsafe'
  /** XML of something else. */
  | 'nfseOther'
  /** A declaration, or a request to cancel: not yet what the authority made of it. */
  | 'nfseRequest'
  /** An event that leaves the note as it is. */
  | 'nfseEventOther'
  | 'nfseIncomplete'
  | 'nfseKeyWrong';

export class NfseRefusal extends Error {
  constructor(readonly problem: NfseProblem) {
    super(problem);
  }
}

/**
 * Events that end a note (CGNFS-e, Anexo II): cancelled by its issuer, by the authority after it had looked into it, by the
 * authority itself; and replaced by another.
 */
const ENDINGS: Readonly<Record<string, NfseEvent['status']>> = {
  e101101: 'cancelled',
  e105102: 'replaced',
  e105104: 'cancelled',
  e305101: 'cancelled',
};

/**
 * Reads the file of a national fiscal note or of an event of one. Its digital signature is not checked.
 * @throws NfseRefusal
 */
export function readNfse(file: Uint8Array): NfseNote | NfseEvent {
  const root = parsed(file);
  if (root.name === 'NFSe') return noteOf(root);
  if (root.name === 'evento') return eventOf(root);
  throw new NfseRefusal(root.name === 'DPS' || root.name === 'pedRegEvento' ? 'nfseRequest' : 'nfseOther');
}

function parsed(file: Uint8Array): XmlElement {
  try {
    return readXml(file, NFSE_NAMESPACE);
  } catch (error) {
    if (error instanceof XmlRefusal) throw new NfseRefusal(error.reason === 'broken' ? 'nfseBroken' : 'nfseUnsafe');
    throw error;
  }
}

function noteOf(root: XmlElement): NfseNote {
  const info = elementAt(root, 'infNFSe');
  const declared = elementAt(info, 'DPS/infDPS');
  const service = amountAt(declared, 'valores/vServPrest/vServ');
  const discount = amountAt(declared, 'valores/vDescCondIncond/vDescIncond') ?? 0n;
  if (service === undefined || discount > service) throw new NfseRefusal('nfseIncomplete');
  const number = textAt(info, 'nNFSe') ?? '';
  if (!/^\d{1,13}$/.test(number)) throw new NfseRefusal('nfseIncomplete');
  const { key, numberInKey } = keyOf(info?.attributes['Id']?.replace(/^NFS/, ''));
  if (BigInt(numberInKey) !== BigInt(number)) throw new NfseRefusal('nfseKeyWrong');
  const replaces = textAt(declared, 'subst/chSubstda');
  return {
    kind: 'note',
    key,
    number,
    issuedOn: dayAt(textAt(info, 'dhProc')),
    competenceOn: dayAt(textAt(declared, 'dCompet')),
    isTest: textAt(declared, 'tpAmb') === '2',
    providerTaxId: taxIdOf(elementAt(declared, 'prest')) ?? taxIdOf(elementAt(info, 'emit')),
    takerTaxId: taxIdOf(elementAt(declared, 'toma')),
    serviceAmount: service - discount,
    netAmount: amountAt(info, 'valores/vLiq') ?? null,
    totalAmount: amountAt(info, 'IBSCBS/totCIBS/vTotNF') ?? null,
    replacesKey: replaces === undefined ? null : keyOf(replaces.replace(/^NFS/, '')).key,
    root,
  };
}

function eventOf(root: XmlElement): NfseEvent {
  const info = elementAt(root, 'infEvento');
  const request = elementAt(info, 'pedRegEvento/infPedReg');
  const deed = request?.children.find(({ name }) => /^e\d{6}$/.test(name));
  if (!request || !deed) throw new NfseRefusal('nfseIncomplete');
  const status = ENDINGS[deed.name];
  if (!status) throw new NfseRefusal('nfseEventOther');
  return {
    kind: 'event',
    key: keyOf(textAt(request, 'chNFSe')).key,
    status,
    on: dayAt(textAt(info, 'dhProc') ?? textAt(request, 'dhEvento')),
    reason: textAt(deed, 'xMotivo', 'xProcAdm')?.slice(0, LONGEST_REASON) ?? null,
    replacedByKey: status === 'replaced' ? keyOf(textAt(deed, 'chSubstituta')).key : null,
  };
}

/** A key, and the note's number within it. */
function keyOf(text: string | undefined): { key: string; numberInKey: string } {
  if (text === undefined) throw new NfseRefusal('nfseIncomplete');
  if (!isNfseKey(text)) throw new NfseRefusal('nfseKeyWrong');
  return { key: text, numberInKey: text.slice(23, 36) };
}

/** The day that a moment begins with, as it was where it was written. */
function dayAt(text: string | undefined): Day {
  const day = text?.slice(0, 10) ?? '';
  if (!isDay(day)) throw new NfseRefusal('nfseIncomplete');
  return day;
}

function amountAt(from: XmlElement | undefined, path: string): bigint | undefined {
  const text = textAt(from, path);
  if (text === undefined) return undefined;
  const amount = parseDecimal(text, 2);
  if (amount === undefined || amount < 0n || !isKeepable(amount)) throw new NfseRefusal('nfseIncomplete');
  return amount;
}

function taxIdOf(party: XmlElement | undefined): string | null {
  const taxId = textAt(party, 'CNPJ', 'CPF');
  return taxId !== undefined && isTaxId(taxId) ? taxId : null;
}
