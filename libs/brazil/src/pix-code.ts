import { generatePixPayload } from '@brazilian-utils/brazilian-utils/generate-pix-payload';
import { getPixPayloadInfo } from '@brazilian-utils/brazilian-utils/get-pix-payload-info';

/** What a PIX code says of whoever is paid. Accents are lost; what is too long is cut, between words where that is possible. */
interface PixReceiver {
  /** 25 characters at most. */
  name: string;
  /** 15 characters at most. */
  city: string;
}

/** A code that whoever is paid makes alone. */
export interface StaticPix extends PixReceiver {
  /** CPF, CNPJ, e-mail, mobile telephone or random key, masked or not. */
  key: string;
  /** Centavos; left out where the payer says how much. */
  amount?: bigint;
  /** By which the payment is known again: up to 25 letters and digits. */
  txid?: string;
}

/** A code behind which a bank or gateway keeps the charge: amount, validity and txid are what that address answers. */
export interface DynamicPix extends PixReceiver {
  /** Without `https://`, 77 characters at most. */
  url: string;
}

/** What stands in a PIX code. Of a key and a URL it has one. */
export interface PixReading {
  key: string | null;
  url: string | null;
  /** Centavos; null where the payer or the URL says how much. */
  amount: bigint | null;
  name: string;
  city: string;
  txid: string | null;
}

/**
 * Why a text is no PIX code: it is longer than any (`too_long`), begins or ends like none (`shape`), has lost or changed a
 * character (`checksum`), or is sound, but asks for no payment in reais by PIX (`not_pix`).
 */
export type PixProblem = 'too_long' | 'shape' | 'checksum' | 'not_pix';

const LONGEST_NAME = 25;
const LONGEST_CITY = 15;
/** Thirteen characters, the dot among them. */
const MOST = 999_999_999_999n;
/** A code has 512 characters at most (EMVCo); more are left for what pasting adds. */
const LONGEST = 1024;
/** So many line breaks are tried as what stood there: nothing, or a space. */
const MOST_JOINTS = 6;

/** ASCII of what people write, and no more than fits. */
function plain(text: string, longest: number): string {
  const line = text
    .slice(0, 500)
    .normalize('NFKD')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u2010-\u2015]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/[^ -~]/g, '')
    .trim();
  if (line.length <= longest) return line;
  const end = line.lastIndexOf(' ', longest);
  return line.slice(0, end > longest / 2 ? end : longest).trim();
}

/** Whether a text is a PIX key: a CPF, a CNPJ, an e-mail, a mobile telephone or a random key, masked or not. */
export function isPixKey(text: string): boolean {
  return generatePixPayload({ merchantName: 'X', merchantCity: 'X', key: text }) !== null;
}

/**
 * The text behind a PIX QR code, which people also copy and paste (BR Code: BCB, Manual do BR Code and Manual de Padrões para
 * Iniciação do Pix).
 *
 * @throws RangeError for what a code cannot say: a key or URL that is none, an amount that is not above 0 or of more than
 *   9,999,999,999.99, a txid of other characters, a name or city of which nothing is left
 */
export function pixCode(pix: StaticPix | DynamicPix): string {
  const merchantName = plain(pix.name, LONGEST_NAME);
  const merchantCity = plain(pix.city, LONGEST_CITY);
  if (!merchantName || !merchantCity) throw new RangeError('A PIX code has a name and a city');
  const receiver = { merchantName, merchantCity };
  if ('url' in pix) return sound(generatePixPayload({ ...receiver, url: pix.url }));
  const { key, amount, txid } = pix;
  if (amount !== undefined && (amount <= 0n || amount > MOST)) {
    throw new RangeError('The amount does not fit a PIX code');
  }
  if (txid !== undefined && !/^[A-Za-z0-9]{1,25}$/.test(txid)) {
    throw new RangeError('A txid has up to 25 letters and digits');
  }
  // No centavo is lost: twelve digits are fewer than a number has.
  return sound(
    generatePixPayload({ ...receiver, key, txid, amount: amount === undefined ? undefined : Number(amount) / 100 }),
  );
}

function sound(code: string | null): string {
  if (code === null) throw new RangeError('No PIX key or URL');
  return code;
}

/** CRC-16/CCITT-FALSE of a text's bytes, as four digits of base 16. */
function checksum(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

const isSound = (code: string): boolean => checksum(code.slice(0, -4)) === code.slice(-4).toUpperCase();

/** What a text may have been before it was pasted: mails break lines, and leave or take the space that stood there. */
function* readings(text: string): Generator<string> {
  const lines = text
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\S\r\n]/g, ' ')
    .trim()
    .split(/ *[\r\n]\s*/);
  for (let spaces = 0; spaces < 2 ** Math.min(lines.length - 1, MOST_JOINTS); spaces += 1) {
    yield lines.reduce((whole, line, index) => whole + ((spaces >> (index - 1)) & 1 ? ' ' : '') + line);
  }
  yield lines.join('').replaceAll(' ', '');
}

function soundOf(text: string): string | { problem: PixProblem } {
  if (text.length > LONGEST) return { problem: 'too_long' };
  const codes = [...readings(text)].filter((each) => /^000201.*6304[0-9a-f]{4}$/i.test(each));
  if (codes.length === 0) return { problem: 'shape' };
  return codes.find(isSound) ?? { problem: 'checksum' };
}

/** A PIX code as it was made, however it was pasted, with its checksum in capitals: one spelling of each. Undefined for what is none. */
export function plainPixCode(text: string): string | undefined {
  const code = soundOf(text);
  return typeof code === 'string' ? code.slice(0, -4) + code.slice(-4).toUpperCase() : undefined;
}

/**
 * Reads the text of a PIX code as people paste it: with spaces around and line breaks in it. Whether the key exists, only a
 * payment tells.
 */
export function readPixCode(text: string): PixReading | { problem: PixProblem } {
  const code = soundOf(text);
  if (typeof code !== 'string') return code;
  const info = getPixPayloadInfo(code);
  if (info === null) return { problem: 'not_pix' };
  return {
    key: info.key ?? null,
    url: info.url ?? null,
    amount: info.amount === undefined ? null : BigInt(Math.round(info.amount * 100)),
    name: info.merchantName,
    city: info.merchantCity,
    txid: info.txid ?? null,
  };
}
