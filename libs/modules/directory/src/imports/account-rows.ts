import type { FieldErrorCode } from '@balcao/contracts';
import type { BillingAccountFields } from '../billing-account.service.js';
import type { CheckedRow } from './data-import.service.js';
import type { ImportColumn } from './import-table.js';

/** What becomes of customers that are here already. */
export const EXISTING_ACCOUNTS = ['skip', 'update'] as const;
export type ExistingAccounts = (typeof EXISTING_ACCOUNTS)[number];

/** What a row says of a customer: without what it leaves empty. */
export type AccountRecord = Omit<BillingAccountFields, 'roleId'>;

/** Columns of a file of customers, in Portuguese and English. */
export const ACCOUNT_COLUMNS = {
  name: { names: ['nome', 'name', 'nome fantasia', 'cliente', 'customer', 'trade name'], required: true },
  legalName: { names: ['razao social', 'legal name', 'company name'] },
  taxId: { names: ['cnpj cpf', 'cpf cnpj', 'cnpj', 'cpf', 'documento', 'tax id', 'cnpj ou cpf'] },
  externalId: {
    names: ['codigo', 'external id', 'id externo', 'codigo externo', 'codigo do cliente', 'customer id', 'id'],
  },
  email: { names: ['e mail', 'email', 'e mail de cobranca', 'billing email'] },
  phone: { names: ['telefone', 'phone', 'fone', 'celular', 'telephone'] },
  street: { names: ['rua', 'street', 'logradouro', 'endereco', 'address'] },
  number: { names: ['numero', 'number', 'n', 'no', 'house number'] },
  complement: { names: ['complemento', 'complement', 'address line 2'] },
  district: { names: ['bairro', 'district', 'neighborhood', 'neighbourhood'] },
  postalCode: { names: ['cep', 'postal code', 'zip', 'zip code'] },
  city: { names: ['cidade', 'city', 'municipio'] },
  state: { names: ['uf', 'state', 'estado'] },
} as const satisfies Record<string, ImportColumn>;
export type AccountColumn = keyof typeof ACCOUNT_COLUMNS;

/** A row as it was read, before it is known who is here already. */
export interface AccountRow {
  line: number;
  cells: string[];
  record: AccountRecord;
  problem?: FieldErrorCode;
  heading?: string;
}

/** A customer that is here, by what tells customers apart. */
export interface KnownAccount {
  id: string;
  taxId: string | null;
  externalId: string | null;
}

/** Whom a row names: nobody who is here, one, or two different ones. */
export function knownBy(
  { taxId, externalId }: Pick<AccountRecord, 'taxId' | 'externalId'>,
  known: readonly KnownAccount[],
): KnownAccount | 'two' | undefined {
  const byTaxId = taxId ? known.find((account) => account.taxId === taxId) : undefined;
  const byExternalId = externalId ? known.find((account) => account.externalId === externalId) : undefined;
  return byTaxId && byExternalId && byTaxId.id !== byExternalId.id ? 'two' : (byTaxId ?? byExternalId);
}

/** Says of each row what becomes of it. */
export function planAccounts(
  rows: readonly AccountRow[],
  known: readonly KnownAccount[],
  existing: ExistingAccounts,
): CheckedRow[] {
  const byTaxId = new Map(known.flatMap((account) => (account.taxId ? [[account.taxId, account]] : [])));
  const byExternalId = new Map(known.flatMap((account) => (account.externalId ? [[account.externalId, account]] : [])));
  const seen = new Set<string>();
  return rows.map(({ record, problem, heading, ...row }, item): CheckedRow => {
    const { taxId, externalId } = record;
    const keys = [...(taxId ? [`tax id ${taxId}`] : []), ...(externalId ? [`external id ${externalId}`] : [])];
    const repeated = keys.some((key) => seen.has(key));
    if (!problem) for (const key of keys) seen.add(key);
    const found = [byTaxId.get(taxId ?? ''), byExternalId.get(externalId ?? '')].filter((each) => each !== undefined);
    const match = knownBy(record, found);
    const wrong = problem ?? (repeated ? 'rowRepeated' : match === 'two' ? 'accountsDiffer' : undefined);
    const facts = { ...row, item, title: record.name ?? '', detail: taxId ?? externalId ?? '' };
    if (wrong) return { ...facts, status: 'refused', problem: wrong, heading };
    if (match && existing === 'skip') return { ...facts, status: 'known' };
    return { ...facts, status: 'waiting', plan: match ? 'update' : 'create', record };
  });
}
