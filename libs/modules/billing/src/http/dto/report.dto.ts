import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import { DayField, EnumField, Money, Nullable, money } from '@balcao/platform-http';
import type { ReportMonth } from '../../persistence/receivables-report.js';
import type { AskedReport, ReceivablesReport } from '../../receivables-report.service.js';
import { AgeingBucket, CurrencyField, ageingBucket } from './ledger.dto.js';

/** How far reports go back, in months, that of today among them. */
const REPORT_MONTHS = ['3', '6', '12', '24'] as const;

/** What every report is asked by. */
export class ReportQuery {
  @EnumField({
    description: 'How many months, that of today among them; 12 where absent',
    values: REPORT_MONTHS,
    optional: true,
    example: '12',
  })
  months?: (typeof REPORT_MONTHS)[number];
  @CurrencyField("Currency; the organization's where absent") currency?: string;
}

export const askedReport = ({ months = '12', currency }: ReportQuery): AskedReport => ({
  months: Number(months),
  currency,
});

export class ReceivablesMonth {
  @ApiProperty({ type: String, format: 'date', description: 'Its first day', example: '2026-11-01' }) month: Day;
  @ApiProperty({ type: 'integer', description: 'Invoices that were opened in it, but for voided ones' })
  invoices: number;
  @ApiProperty({ type: Money, description: 'Their totals' }) invoiced: Money;
  @ApiProperty({
    type: Money,
    description: 'What pays it now, by money or credit; what was taken back since is `open` again',
  })
  received: Money;
  @ApiProperty({ type: Money, description: "What of that was credited, and is the customer's again" })
  returned: Money;
  @ApiProperty({ type: Money, description: 'What credit notes took off' }) credited: Money;
  @ApiProperty({ type: Money, description: 'What nobody waits for any more' }) writtenOff: Money;
  @ApiProperty({ type: Money, description: 'What is still to pay' }) open: Money;
  @ApiProperty({ type: Money, description: 'What of that is late' }) overdue: Money;
  @ApiProperty({ type: Money, description: 'What of it is behind its last day in time, without what was credited' })
  fellDue: Money;
  @ApiProperty({ type: Money, description: 'What was paid of that: the share is the collection rate' })
  collected: Money;
  @Nullable(
    Number,
    'Days from opening to the last payment, of invoices that were settled in this month, each counting as much as was paid; null for none',
    { example: 6.4 },
  )
  daysToPay: number | null;
}

export class ReceivablesReportResponse {
  @ApiProperty({ description: 'ISO 4217', example: 'BRL' }) currency: string;
  @ApiProperty({ type: [String], description: "The organization's own, and all that it invoiced in", example: ['BRL'] })
  currencies: string[];
  @ApiProperty({ type: String, format: 'date', description: 'The day where the organization is' }) today: Day;
  @ApiProperty({ type: [AgeingBucket], description: 'What is owed, by how late it is; what is empty is left out' })
  ageing: AgeingBucket[];
  @ApiProperty({ type: Money, description: 'What was late when this month began' }) overdueBefore: Money;
  @ApiProperty({ type: [ReceivablesMonth], description: 'The oldest first, empty ones too' })
  months: ReceivablesMonth[];
}

export function receivablesReport({ months, overdueBefore, ageing, ...report }: ReceivablesReport) {
  const { currency } = report;
  return {
    ...report,
    overdueBefore: money(overdueBefore, currency),
    ageing: ageing.map(ageingBucket),
    months: months.map((month) => receivablesMonth(month, currency)),
  } satisfies ReceivablesReportResponse;
}

function receivablesMonth(row: ReportMonth, currency: string): ReceivablesMonth {
  const { month, invoices, daysToPay, ...amounts } = row;
  const { invoiced, received, returned, credited, writtenOff, open, overdue, fellDue, collected } = amounts;
  return {
    month,
    invoices,
    daysToPay,
    invoiced: money(invoiced, currency),
    received: money(received, currency),
    returned: money(returned, currency),
    credited: money(credited, currency),
    writtenOff: money(writtenOff, currency),
    open: money(open, currency),
    overdue: money(overdue, currency),
    fellDue: money(fellDue, currency),
    collected: money(collected, currency),
  };
}

/** Of which days an accountant wants the books. */
export class EntryExportQuery {
  @DayField({ description: 'Posted on that day or later', example: '2026-11-01' }) from: Day;
  @DayField({ description: 'Posted on that day or earlier', example: '2026-11-30' }) to: Day;
}
