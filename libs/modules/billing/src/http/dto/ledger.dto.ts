import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import {
  AmountField,
  DayField,
  EnumField,
  EnumFilterField,
  Money,
  Nullable,
  PageQuery,
  TextField,
  UuidField,
  UuidListField,
  money,
  CLEARABLE,
} from '@balcao/platform-http';
import {
  DEPOSIT_METHODS,
  ENTRY_KINDS,
  type DepositMethod,
  type EntryKind,
} from '../../persistence/billing.entities.js';
import { AGES, type AgeingRow } from '../../persistence/invoice-list.js';
import type { Statement, StatementRow, TransactionRow } from '../../persistence/statement.js';

export const CurrencyField = (description: string) =>
  TextField({ description, max: 3, pattern: /^[A-Z]{3}$/, optional: true, example: 'BRL' });

export class TransactionListQuery extends PageQuery {
  @EnumFilterField({ description: 'What happened', values: ENTRY_KINDS }) kind?: EntryKind[];
  @DayField({ description: 'On that day or later', example: '2026-01-01', optional: true }) from?: Day;
  @DayField({ description: 'On that day or earlier', example: '2026-12-31', optional: true }) to?: Day;
  @TextField({
    description: '`nextCursor` of the page before; counts instead of `page`',
    max: 300,
    optional: true,
    example: 'WyItcG9zdGVkQXQi',
  })
  cursor?: string;
}

export class StatementQuery {
  @DayField({
    description: 'First day; three months before the last where absent',
    example: '2026-09-01',
    optional: true,
  })
  from?: Day;
  @DayField({ description: 'Last day; today where absent', example: '2026-11-30', optional: true }) to?: Day;
  @CurrencyField("Currency; the organization's where absent") currency?: string;
}

/** An invoice that money has paid, or a part of it. */
export class PaidInvoiceFacts {
  @ApiProperty({ format: 'uuid' }) invoiceId: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) number: string;
  @ApiProperty({ type: Money, description: 'So much of it' }) amount: Money;
}

/** A line of an account's books. */
export class TransactionItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: ENTRY_KINDS, description: 'What happened' }) kind: EntryKind;
  @ApiProperty({ enum: ['debit', 'credit'], description: 'A debit is owed by the customer, a credit lessens it' })
  side: 'debit' | 'credit';
  @ApiProperty({ type: Money, description: 'Never below zero; the side says which way' }) amount: Money;
  @ApiProperty({ type: String, format: 'date', description: 'When it counts' }) postedOn: Day;
  @Nullable(String, 'The invoice that it is about; null for none', { format: 'uuid' }) invoiceId: string | null;
  @Nullable(String, 'Its number; null for none') invoiceNumber: string | null;
  @Nullable(String, 'What it is for; null for none') invoiceTitle: string | null;
  @Nullable(String, 'Number of a credit note; null of others') number: string | null;
  @ApiProperty({ enum: DEPOSIT_METHODS, nullable: true, description: 'How money came in; null where none did' })
  method: DepositMethod | null;
  @Nullable(String, 'What it was called there; null where nobody said') reference: string | null;
  @Nullable(String, 'Why; null where nobody said') reason: string | null;
  @ApiProperty({
    type: [PaidInvoiceFacts],
    description:
      'What money that came in has paid, the earliest due first; 20 at most. Empty of others, and of what is still credit',
  })
  paid: PaidInvoiceFacts[];
}

export class StatementLine extends TransactionItem {
  @ApiProperty({ type: Money, description: 'What was owed behind it; below zero for credit' }) balance: Money;
}

export class AgeingBucket {
  @ApiProperty({
    enum: ['current', ...AGES.map((age) => `${age}`), 'older'],
    description: 'Days behind the last day in time, up to that many; `current` is not late',
  })
  upTo: string;
  @ApiProperty({ type: Money, description: 'What is owed' }) owed: Money;
  @ApiProperty({ type: 'integer', description: 'Of how many invoices' }) invoices: number;
}

export class StatementResponse {
  @ApiProperty({ description: 'Whose' }) billingAccountName: string;
  @ApiProperty({ type: String, format: 'date', description: 'First day' }) from: Day;
  @ApiProperty({ type: String, format: 'date', description: 'Last day' }) to: Day;
  @ApiProperty({ type: Money, description: 'What was owed before the first day; below zero for credit' })
  opening: Money;
  @ApiProperty({ type: Money, description: 'What is owed behind the last day; below zero for credit' }) closing: Money;
  @ApiProperty({ type: [StatementLine], description: 'Oldest first; 2,000 at most' }) lines: StatementLine[];
  @ApiProperty({ description: 'Whether there are more lines: ask for a shorter time' }) isCut: boolean;
  @ApiProperty({ type: [AgeingBucket], description: 'What is owed today, by how late it is' }) ageing: AgeingBucket[];
}

export class BalanceFacts {
  @ApiProperty({ type: Money, description: 'What is owed; below zero for credit' }) balance: Money;
  @ApiProperty({ type: Money, description: 'Credit that nothing has used yet' }) credit: Money;
}

export class BalancesResponse {
  @ApiProperty({ type: [BalanceFacts], description: 'By currency' }) data: BalanceFacts[];
}

export class RecordDepositRequest {
  @UuidField({ description: 'Customer whose money it is' }) billingAccountId: string;
  @AmountField({ description: 'In minor units', min: 1 }) amount: number;
  @CurrencyField("Currency; the organization's where absent") currency?: string;
  @EnumField({ description: 'How it came in', values: DEPOSIT_METHODS }) method: DepositMethod;
  @DayField({ description: 'When; today where absent', optional: true }) receivedOn?: Day;
  @TextField({ description: 'What it is called there, such as the end-to-end id of a PIX', max: 100, ...CLEARABLE })
  reference?: string | null;
  @TextField({ description: 'For those who read the books', max: 500, ...CLEARABLE }) note?: string | null;
  @UuidListField({
    description:
      'Invoices that it pays, in this order; an empty list pays none, and without one it pays what is due first',
    maxItems: 50,
    optional: true,
  })
  invoiceIds?: string[];
}

export class RecordDepositResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer', description: 'In minor units: so much of it paid something', example: 81_940 })
  allocated: number;
}

export class ApplyCreditRequest {
  @UuidField({ description: 'Whose credit' }) billingAccountId: string;
  @CurrencyField("Currency; the organization's where absent") currency?: string;
}

export class ApplyCreditResponse {
  @ApiProperty({ type: 'integer', description: 'In minor units: so much of it was used', example: 81_940 })
  used: number;
}

export function transactionItem({
  amount,
  currency,
  paid,
  postedAt: _postedAt,
  ...row
}: TransactionRow): TransactionItem {
  return {
    ...row,
    method: row.method as DepositMethod | null,
    amount: money(amount, currency),
    paid: paid.map((one) => ({ ...one, amount: money(BigInt(one.amount), currency) })),
  };
}

export function statement({
  rows,
  opening,
  closing,
  currency,
  ageing,
  ...facts
}: Statement & { billingAccountName: string; ageing: AgeingRow[] }): StatementResponse {
  return {
    ...facts,
    opening: money(opening, currency),
    closing: money(closing, currency),
    lines: rows.map(({ balance, ...row }: StatementRow) => ({
      ...transactionItem(row),
      balance: money(balance, currency),
    })),
    ageing: ageing.filter((row) => row.currency === currency).map(ageingBucket),
  };
}

export function ageingBucket({ bucket, owed, invoices, currency }: AgeingRow): AgeingBucket {
  const upTo = bucket < 0 ? 'current' : bucket === AGES.length ? 'older' : String(AGES[bucket]);
  return { upTo, owed: money(owed, currency), invoices };
}
