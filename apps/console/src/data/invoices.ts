import {
  adminAddFiscalNote,
  adminAskForCreditNoteDocument,
  adminAskForFiscalNoteDocument,
  adminAskForInvoiceDocument,
  adminChangeDueDate,
  adminCreateCreditNote,
  adminCreateInvoice,
  adminExplainInvoice,
  adminExportInvoices,
  adminFetchFiscalArchive,
  adminGetCreditNoteDocument,
  adminGetFiscalNoteDocument,
  adminGetFiscalNoteXml,
  adminGetInvoice,
  adminGetInvoiceDocument,
  adminListFiscalMonths,
  adminListFiscalNotes,
  adminListInvoices,
  adminOpenInvoice,
  adminRemoveFiscalNote,
  adminRemoveInvoice,
  adminReplaceInvoice,
  adminTakeBackWriteOff,
  adminTakeFiscalXml,
  adminUpdateFiscalNote,
  adminVoidInvoice,
  adminWriteOffInvoice,
  InvoiceStatus,
  type AdminExportInvoicesData,
  type CreateInvoiceRequest,
  type FiscalNoteRequest,
  type StaffInvoiceFacts,
} from '@balcao/api-client';
import { list, one, query, useChange } from './keys.js';

export type {
  StaffFiscalNoteFacts as FiscalNote,
  FiscalNoteItem,
  InvoiceLineFacts as InvoiceLine,
  StaffInvoiceFacts as Invoice,
  StaffInvoiceItem as InvoiceSummary,
} from '@balcao/api-client';
export type InvoiceInput = CreateInvoiceRequest;
export { InvoiceStatus };

/** What of the invoices is looked at, as the API is asked for it. */
export const INVOICE_VIEWS = {
  all: undefined,
  draft: 'draft',
  owed: 'open,partially_paid,overdue',
  overdue: 'overdue',
  paid: 'paid',
  writtenOff: 'written_off',
} as const;
export type InvoiceView = keyof typeof INVOICE_VIEWS;

/** Whether something of it is still to pay. */
export const isOwed = ({ owed, status }: { owed: { amount: number }; status: InvoiceStatus }): boolean =>
  owed.amount > 0 && status !== 'draft' && status !== 'void';

/** What of it is given up, the earliest first; what was taken back is not among it. */
export const writeOffs = ({ settlements }: Pick<StaffInvoiceFacts, 'settlements'>) =>
  settlements.filter(({ kind }) => kind === 'write_off');

/** What credit notes can still take back, in minor units: nobody is credited what was written off. */
export const creditLeft = ({
  total,
  credited,
  ...invoice
}: Pick<StaffInvoiceFacts, 'total' | 'credited' | 'settlements'>): number =>
  writeOffs(invoice).reduce((left, { amount }) => left - amount.amount, total.amount - credited.amount);

/** Behind what the page hears at once, should that have been lost. */
const INTERVAL = 5 * 60_000;
/** Whatever an invoice changes is in the books as well. */
const SEEN_IN = ['invoice', 'invoices', 'ledgers'];

export const useInvoices = list('invoices', adminListInvoices, { refetchInterval: INTERVAL });

/** All invoices that a filter leaves, as a CSV. */
export const invoicesFile = (query: AdminExportInvoicesData['query']): Promise<string> =>
  adminExportInvoices({ query });

/** Where an invoice's document is, and how it is asked for. */
export const invoiceDocument = (id: string) => ({
  address: async () => (await adminGetInvoiceDocument({ path: { id } })).document,
  ask: () => adminAskForInvoiceDocument({ path: { id } }),
});

/** The same of one of its credit notes. */
export const creditNoteDocument = (id: string, creditNoteId: string) => ({
  address: async () => (await adminGetCreditNoteDocument({ path: { id, creditNoteId } })).document,
  ask: () => adminAskForCreditNoteDocument({ path: { id, creditNoteId } }),
});

/** Why an opened invoice comes to what it does; asked for once somebody wants to know. */
export const useInvoiceExplanation = query(
  ['invoices', 'explanation'],
  (call, { id }: { id: string; wanted: boolean }) => adminExplainInvoice({ ...call, path: { id } }),
  { enabled: ({ wanted }) => wanted },
);

/** Where the files of a fiscal note are, and how its printed form is asked for. */
export const fiscalNoteFiles = (fiscalNoteId: string) => ({
  document: {
    address: async () => (await adminGetFiscalNoteDocument({ path: { fiscalNoteId } })).document,
    ask: () => adminAskForFiscalNoteDocument({ path: { fiscalNoteId } }),
  },
  xml: {
    address: async () => (await adminGetFiscalNoteXml({ path: { fiscalNoteId } })).document,
    ask: () => Promise.resolve({ isReady: true }),
  },
});

/** The months in which a customer's fiscal notes were issued. */
export const useFiscalMonths = query(
  ['invoices', 'fiscal-months'],
  async (call, id: string) => (await adminListFiscalMonths({ ...call, path: { id } })).months,
);

/** Fiscal notes of a customer, the newest first. */
export const useFiscalNotes = list(
  ['invoices', 'fiscal-notes'],
  ({
    query: asked,
    signal,
  }: {
    query?: { id: string; month?: string; page?: number; limit?: number };
    signal?: AbortSignal;
  }) => {
    const { id, ...rest } = asked!;
    return adminListFiscalNotes({ path: { id }, query: rest, signal });
  },
);

/** All files of a month's fiscal notes of a customer in one. */
export const fiscalArchive = (path: { id: string; month: string }) =>
  adminFetchFiscalArchive({ path }) as Promise<Blob>;

export const useInvoice = one('invoice', async (call) => (await adminGetInvoice(call)).invoice, {
  refetchInterval: INTERVAL,
});

export const useCreateInvoice = () =>
  useChange(async (body: InvoiceInput) => (await adminCreateInvoice({ body })).invoice, ...SEEN_IN);

/** Opens a draft as it was at a version: it gets its number, and its customer is told. */
export const useOpenInvoice = () =>
  useChange(
    async ({ id, version }: { id: string; version: number }) =>
      (await adminOpenInvoice({ path: { id }, body: { version } })).invoice,
    ...SEEN_IN,
  );

/** What staff do with one invoice. A change names the version that it was decided on. */
export function useInvoiceDeeds(id: string) {
  const path = { id };
  const deed = <Input, Answer>(send: (input: Input) => Promise<Answer>) => useChange(send, ...SEEN_IN);
  return {
    replace: deed(
      async (body: InvoiceInput & { version: number }) => (await adminReplaceInvoice({ path, body })).invoice,
    ),
    remove: deed(() => adminRemoveInvoice({ path })),
    cancel: deed((body: { version: number; reason: string }) => adminVoidInvoice({ path, body })),
    changeDueDate: deed((body: { version: number; dueOn: string }) => adminChangeDueDate({ path, body })),
    credit: deed((body: { amount: number; reason: string }) => adminCreateCreditNote({ path, body })),
    writeOff: deed((body: { amount: number; reason: string }) => adminWriteOffInvoice({ path, body })),
    takeBack: deed(
      async (body: { writeOffId: string; reason: string }) => (await adminTakeBackWriteOff({ path, body })).invoice,
    ),
    addFiscalNote: deed((body: FiscalNoteRequest) => adminAddFiscalNote({ path, body })),
    changeFiscalNote: deed(({ fiscalNoteId, ...body }: FiscalNoteRequest & { fiscalNoteId: string }) =>
      adminUpdateFiscalNote({ path: { id, fiscalNoteId }, body }),
    ),
    takeFiscalXml: deed(({ file, acceptsOtherTaker }: { file: File; acceptsOtherTaker?: boolean }) =>
      adminTakeFiscalXml({ path, query: { acceptsOtherTaker }, body: { file } }),
    ),
    removeFiscalNote: deed((fiscalNoteId: string) => adminRemoveFiscalNote({ path: { id, fiscalNoteId } })),
  };
}
