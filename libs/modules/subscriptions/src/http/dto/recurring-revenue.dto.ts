import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import { DayField, ListOf, Money, money } from '@balcao/platform-http';
import type { RevenueMonth } from '../../recurring-revenue.service.js';

export class RecurringRevenueQuery {
  @DayField({ description: 'A day of the first month', example: '2026-01-01' }) from: Day;
  @DayField({ description: 'A day of the last month; 36 months at most', example: '2026-12-31' }) to: Day;
}

/** What recurs by the month, as it came and went within a month. */
export class RevenueMonthFacts {
  @ApiProperty({ description: 'Year and month', example: '2026-11' }) month: string;
  @ApiProperty({ type: Money, description: 'Before its first day' }) opening: Money;
  @ApiProperty({ type: Money, description: 'Of subscriptions that began to bring something in' }) new: Money;
  @ApiProperty({ type: Money, description: 'By which others bring in more' }) expansion: Money;
  @ApiProperty({ type: Money, description: 'By which others bring in less; never above zero' }) contraction: Money;
  @ApiProperty({ type: Money, description: 'Of those that ended or paused; never above zero' }) churn: Money;
  @ApiProperty({ type: Money, description: 'Of those that came back' }) reactivation: Money;
  @ApiProperty({ type: Money, description: 'Behind its last day' }) closing: Money;
}

export class RecurringRevenueResponse extends ListOf(RevenueMonthFacts) {}

export const revenueMonths = (months: readonly RevenueMonth[]): RecurringRevenueResponse => ({
  data: months.map(({ month, currency, ...amounts }) => ({
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
