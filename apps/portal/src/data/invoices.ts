import {
  portalAskForCreditNoteDocument,
  portalAskForFiscalNoteDocument,
  portalAskForInvoiceDocument,
  portalAskForStatementDocument,
  portalBillingOverview,
  portalExplainInvoice,
  portalExportInvoices,
  portalExportTransactions,
  portalFetchFiscalArchive,
  portalGetCreditNoteDocument,
  portalGetFiscalNoteDocument,
  portalGetFiscalNoteXml,
  portalGetInvoice,
  portalGetInvoiceDocument,
  portalGetStatement,
  portalGetStatementDocument,
  portalListFiscalMonths,
  portalListFiscalNotes,
  portalListInvoices,
  portalListTransactions,
} from '@balcao/api-client';
import { computed, type MaybeRefOrGetter } from 'vue';
import { daysOf } from './day-span.js';
import { askedFor, type InvoiceFilter } from './invoice-filter.js';
import { list, one, query } from './keys.js';
import { useSessionStore } from '../stores/session.js';
import type { TransactionKind } from '../api/types.js';

const PAGE_SIZE = 20;

/** Whether this person reads what their company is billed. */
export const readsInvoices = () => useSessionStore().has('billing') && useSessionStore().can('invoices:read');

export const useInvoices = list(
  'invoices',
  ({ query, signal }: { query?: InvoiceFilter & { limit?: number }; signal?: AbortSignal }) =>
    portalListInvoices({ query: { ...askedFor(query!), limit: query!.limit }, signal }),
  { limit: PAGE_SIZE },
);

/** All invoices that a filter leaves, as a CSV. */
export const invoicesFile = (filter: InvoiceFilter): Promise<string> =>
  portalExportInvoices({ query: askedFor({ ...filter, cursor: undefined }) });

/** What is to pay in each currency, and what is due first. */
export const useBillingOverview = query(['invoices', 'overview'], portalBillingOverview, { enabled: readsInvoices });

/** How many invoices are to be paid; undefined while that is not known. */
export function useOpenCount() {
  const { data } = useBillingOverview();
  return computed(() => data.value?.due.reduce((sum, { invoices }) => sum + invoices, 0));
}

const useFirstInvoice = query(
  ['invoices', 'any'],
  (call, _enabled: boolean) => portalListInvoices({ ...call, query: { limit: 1 } }),
  { enabled: Boolean },
);

/** Whether there is any invoice at all; asked only while the list that is shown is empty. */
export function useAnyInvoice(enabled: MaybeRefOrGetter<boolean>) {
  const { data } = useFirstInvoice(enabled);
  return computed(() => data.value && data.value.data.length > 0);
}

export const useInvoice = one('invoice', async (call) => (await portalGetInvoice(call)).invoice);

/** Where an invoice's document is, and how it is asked for. */
export const invoiceDocument = (id: string) => ({
  address: async () => (await portalGetInvoiceDocument({ path: { id } })).document,
  ask: () => portalAskForInvoiceDocument({ path: { id } }),
});

/** The same of one of its credit notes. */
export const creditNoteDocument = (id: string, creditNoteId: string) => ({
  address: async () => (await portalGetCreditNoteDocument({ path: { id, creditNoteId } })).document,
  ask: () => portalAskForCreditNoteDocument({ path: { id, creditNoteId } }),
});

/** Why an invoice comes to what it does; asked for once somebody wants to know. */
export const useInvoiceExplanation = query(
  ['invoices', 'explanation'],
  (call, { id }: { id: string; wanted: boolean }) => portalExplainInvoice({ ...call, path: { id } }),
  { enabled: ({ wanted }) => wanted },
);

/** Where the files of a fiscal note are, and how its printed form is asked for. */
export const fiscalNoteFiles = (fiscalNoteId: string) => ({
  document: {
    address: async () => (await portalGetFiscalNoteDocument({ path: { fiscalNoteId } })).document,
    ask: () => portalAskForFiscalNoteDocument({ path: { fiscalNoteId } }),
  },
  xml: {
    address: async () => (await portalGetFiscalNoteXml({ path: { fiscalNoteId } })).document,
    ask: () => Promise.resolve({ isReady: true }),
  },
});

/** The months in which fiscal notes were issued. */
export const useFiscalMonths = query(
  ['invoices', 'fiscal-months'],
  async (call) => (await portalListFiscalMonths(call)).months,
);

/** Fiscal notes of all invoices, the newest first. */
export const useFiscalNotes = list(['invoices', 'fiscal-notes'], portalListFiscalNotes, { limit: PAGE_SIZE });

/** All files of a month's fiscal notes in one. */
export const fiscalArchive = (month: string) => portalFetchFiscalArchive({ path: { month } }) as Promise<Blob>;

/** What the account's books are narrowed to. */
export interface TransactionFilter {
  kind?: TransactionKind;
  /** In that year or month: `2026`, `2026-11`. */
  period?: string;
  cursor?: string;
}

const booksAskedFor = ({ kind, period }: TransactionFilter) => {
  const { first, last } = period ? daysOf(period) : {};
  return { kind, from: first, to: last };
};

/** All of the books that a filter leaves, as a CSV. */
export const transactionsFile = (filter: TransactionFilter): Promise<string> =>
  portalExportTransactions({ query: booksAskedFor(filter) });

/** What was invoiced, paid and credited, the newest first. */
export const useTransactions = list(
  ['invoices', 'transactions'],
  ({ query, signal }: { query?: TransactionFilter & { limit?: number }; signal?: AbortSignal }) => {
    const { cursor, limit } = query!;
    return portalListTransactions({ query: { ...booksAskedFor(query!), cursor, limit }, signal });
  },
  { limit: PAGE_SIZE },
);

/** The books between two days; without them, as the API has it: the last three months. */
export const useStatement = query(
  ['invoices', 'statement'],
  (call, range: { from?: string; to?: string; currency?: string }) => portalGetStatement({ ...call, query: range }),
  { keep: true },
);

/** Where the document of a statement is, and how it is asked for. */
export const statementDocument = (query: { from: string; to: string; currency: string }) => ({
  address: async () => (await portalGetStatementDocument({ query })).document,
  ask: () => portalAskForStatementDocument({ query }),
});
