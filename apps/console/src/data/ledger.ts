import {
  adminApplyCredit,
  adminAskForStatementDocument,
  adminExportTransactions,
  adminGetStatement,
  adminGetStatementDocument,
  adminListBalances,
  adminListTransactions,
  adminRecordDeposit,
  TransactionKind,
  type RecordDepositRequest,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import { query, useChange } from './keys.js';

export type { AgeingBucket, BalanceFacts as Balance, TransactionItem as Transaction } from '@balcao/api-client';
export const TRANSACTION_KINDS = Object.values(TransactionKind);
export type Deposit = RecordDepositRequest;

/** How money comes in from elsewhere. */
export const DEPOSIT_METHODS = [
  'pix',
  'transfer',
  'boleto',
  'card',
  'cash',
  'check',
  'other',
] as const satisfies Deposit['method'][];

const SEEN_IN = ['invoice', 'invoices', 'ledgers'];
const mayRead = () => useSessionStore().can('invoices:read');

/** What a customer owes in each currency, and the credit that is left; of nobody nothing is asked. */
export const useBalances = query(
  ['ledgers', 'balances'],
  async (call, id: string) => (await adminListBalances({ ...call, path: { id } })).data,
  { enabled: (id) => id !== '' && mayRead() },
);

/** A customer's books between two days. */
export const useStatement = query(
  ['ledgers', 'statement'],
  (call, { id, ...filter }: { id: string; from?: string; to?: string; currency?: string }) =>
    adminGetStatement({ ...call, path: { id }, query: filter }),
  { keep: true },
);

/** Where the document of a customer's statement is, and how it is asked for. */
export const statementDocument = (id: string, query: { from: string; to: string; currency: string }) => ({
  address: async () => (await adminGetStatementDocument({ path: { id }, query })).document,
  ask: () => adminAskForStatementDocument({ path: { id }, query }),
});

/** A part of a customer's books, the newest first; `pagination.nextCursor` leads on. */
export const useTransactions = query(
  ['ledgers', 'transactions'],
  (call, { id, ...filter }: { id: string; kind?: string; cursor?: string }) =>
    adminListTransactions({ ...call, path: { id }, query: filter }),
  { keep: true },
);

/** A part of a customer's books, as a CSV. */
export const transactionsFile = (id: string, query: { kind?: string }): Promise<string> =>
  adminExportTransactions({ path: { id }, query });

export const useRecordDeposit = () => useChange((body: Deposit) => adminRecordDeposit({ body }), ...SEEN_IN);

/** Lets a customer's credit pay what is owed, and answers how much of it was used, in minor units. */
export const useApplyCredit = () =>
  useChange(
    async (body: { billingAccountId: string; currency: string }) => (await adminApplyCredit({ body })).used,
    ...SEEN_IN,
  );
