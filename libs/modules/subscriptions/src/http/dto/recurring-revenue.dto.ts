import { ApiProperty } from '@nestjs/swagger';
import type { ReportColumn } from '@balcao/module-billing/http';
import type { Day } from '@balcao/money';
import { Money, money } from '@balcao/platform-http';
import type { RevenueMonth } from '../../recurring-revenue.service.js';

/** What recurs by the month, as it came and went within a month. */
export class RevenueMonthFacts {
  @ApiProperty({ type: String, format: 'date', description: 'Its first day', example: '2026-11-01' }) month: Day;
  @ApiProperty({ type: Money, description: 'Before its first day' }) opening: Money;
  @ApiProperty({ type: Money, description: 'Of subscriptions that began to bring something in' }) new: Money;
  @ApiProperty({ type: Money, description: 'By which others bring in more' }) expansion: Money;
  @ApiProperty({ type: Money, description: 'By which others bring in less; never above zero' }) contraction: Money;
  @ApiProperty({ type: Money, description: 'Of those that ended or paused; never above zero' }) churn: Money;
  @ApiProperty({ type: Money, description: 'Of those that came back' }) reactivation: Money;
  @ApiProperty({ type: Money, description: 'Behind its last day' }) closing: Money;
}

export class RecurringRevenueResponse {
  @ApiProperty({ description: 'ISO 4217', example: 'BRL' }) currency: string;
  @ApiProperty({ type: [RevenueMonthFacts], description: 'The oldest first, those without movement too' })
  months: RevenueMonthFacts[];
}

export const recurringRevenue = ({
  currency,
  months,
}: {
  currency: string;
  months: RevenueMonth[];
}): RecurringRevenueResponse => ({
  currency,
  months: months.map(({ month, ...amounts }) => ({
    month,
    opening: money(amounts.opening, currency),
    new: money(amounts.new, currency),
    expansion: money(amounts.expansion, currency),
    contraction: money(amounts.contraction, currency),
    churn: money(amounts.churn, currency),
    reactivation: money(amounts.reactivation, currency),
    closing: money(amounts.closing, currency),
  })),
});

/** As a file has them, in the order in which one leads to the next. */
export const REVENUE_COLUMNS: readonly ReportColumn<RevenueMonth>[] = [
  { heading: { 'pt-BR': 'No início', 'en-US': 'Opening' }, of: ({ opening }) => opening },
  { heading: { 'pt-BR': 'Novas', 'en-US': 'New' }, of: (row) => row.new },
  { heading: { 'pt-BR': 'Expansão', 'en-US': 'Expansion' }, of: ({ expansion }) => expansion },
  { heading: { 'pt-BR': 'Retomadas', 'en-US': 'Reactivated' }, of: ({ reactivation }) => reactivation },
  { heading: { 'pt-BR': 'Contração', 'en-US': 'Contraction' }, of: ({ contraction }) => contraction },
  { heading: { 'pt-BR': 'Perdidas', 'en-US': 'Churned' }, of: ({ churn }) => churn },
  { heading: { 'pt-BR': 'No fim', 'en-US': 'Closing' }, of: ({ closing }) => closing },
];
