import { ApiProperty } from '@nestjs/swagger';
import { INVOICE_STATUSES, statusOf, type InvoiceStatus } from '@balcao/module-billing';
import type { Day } from '@balcao/money';
import {
  EnumFilterField,
  ListOf,
  Money,
  Nullable,
  PageQuery,
  SearchField,
  TextField,
  money,
} from '@balcao/platform-http';
import { recurringOf } from '../../domain/charges.js';
import {
  CANCEL_REASONS,
  COLLECTIONS,
  PAUSED_FOR,
  SUBSCRIPTION_EVENT_KINDS,
  SUBSCRIPTION_STATES,
  type CancelReason,
  type Collection,
  type SubscriptionEventKind,
  type SubscriptionState,
} from '../../domain/life.js';
import { CYCLE_UNITS, PRICE_MODELS, type CycleUnit, type Item, type PriceModel } from '../../domain/plan.js';
import type { SubscriptionInvoiceRow, SubscriptionListRow } from '../../persistence/subscription-lists.js';
import { arrangementOf, type ChangeRow, type SubscriptionEventRow } from '../../persistence/subscription.rows.js';
import type { SubscriptionDetail } from '../../subscription-reader.service.js';

/** What customers and staff narrow their lists by. */
export class SubscriptionListQuery extends PageQuery {
  @EnumFilterField({ description: 'State', values: SUBSCRIPTION_STATES, example: 'active,past_due' })
  state?: SubscriptionState[];
  @SearchField({ description: 'Part of a number or of a title, accents and case apart', example: '000087' }) q?: string;
  @TextField({
    description: '`nextCursor` of the page before; counts instead of `page`',
    max: 300,
    optional: true,
    example: 'WyItY3JlYXRlZEF0Iiwi',
  })
  cursor?: string;
}

/** How often it is billed. */
export class CycleFacts {
  @ApiProperty({ enum: CYCLE_UNITS, description: 'Months or years' }) unit: CycleUnit;
  @ApiProperty({ type: 'integer', description: 'Every so many of them', example: 1 }) every: number;
}

/** A stretch of days. */
export class PeriodFacts {
  @ApiProperty({ type: String, format: 'date', description: 'First day' }) startsOn: Day;
  @ApiProperty({ type: String, format: 'date', description: 'Day behind the last one' }) endsOn: Day;
}

/** What every list and every subscription shows, whoever reads it. */
export class SubscriptionItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'AS-2026-000087' }) number: string;
  @ApiProperty({ description: 'What its plan is called', example: 'Fibra Empresarial 600' }) title: string;
  @ApiProperty({ enum: SUBSCRIPTION_STATES, description: '`pending` has not begun yet' }) state: SubscriptionState;
  @ApiProperty({ type: CycleFacts, description: 'How often it is billed' }) cycle: CycleFacts;
  @ApiProperty({
    type: Money,
    description: 'What recurs every period, before discounts and taxes on top, without usage',
  })
  recurring: Money;
  @ApiProperty({ type: Money, description: 'What of its invoices is still to pay' }) owed: Money;
  @ApiProperty({ type: String, format: 'date', description: 'Its first day' }) startsOn: Day;
  @Nullable(String, 'First day that is paid for; null without a trial', { format: 'date' }) trialEndsOn: Day | null;
  @Nullable(String, 'When the next period begins; null while none is to come', { format: 'date' })
  nextRenewalOn: Day | null;
  @Nullable(String, 'Planned: the first day without it', { format: 'date' }) cancelOn: Day | null;
  @Nullable(String, 'Planned: the first day of a pause', { format: 'date' }) pauseOn: Day | null;
  @Nullable(String, 'The first day behind a pause; null where somebody has to say so', { format: 'date' })
  resumeOn: Day | null;
  @Nullable(String, 'Why it is paused; null where it is not', { enum: PAUSED_FOR })
  pausedFor: (typeof PAUSED_FOR)[number] | null;
  @Nullable(String, 'The first day without it; null of those that have not ended', { format: 'date' })
  endedOn: Day | null;
}

export class ItemTaxFacts {
  @ApiProperty({ description: 'What it is called', example: 'ISS' }) name: string;
  @ApiProperty({ description: 'In percent', example: '5' }) percent: string;
  @ApiProperty({ description: 'Whether the price has it already' }) included: boolean;
}

/** Something that a subscription has, at the price that it was taken at. */
export class SubscriptionItemFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'Of which plan' }) planId: string;
  @ApiProperty({ format: 'uuid', description: 'At which price' }) priceId: string;
  @ApiProperty({ description: 'What the plan is called', example: 'Ramal' }) name: string;
  @Nullable(String, 'What of it: an address, a line; null for nothing', { example: 'Lojas 1 e 2' })
  detail: string | null;
  @ApiProperty({
    enum: PRICE_MODELS,
    description:
      '`flat`: so much; `per_unit`: for each; `usage`: for each that was used, behind the period; `once`: one time',
  })
  model: PriceModel;
  @ApiProperty({ description: 'How many, with up to six decimals', example: '4' }) quantity: string;
  @Nullable(String, 'What is counted; null where nothing is', { example: 'ramal' }) unitName: string | null;
  @ApiProperty({ type: Money, description: 'Of one; of a `flat` one, of all' }) unitAmount: Money;
  @ApiProperty({ description: 'Of usage, what of each period costs nothing', example: '0' }) included: string;
  @ApiProperty({ type: ItemTaxFacts, nullable: true, description: 'Null for none' }) tax: ItemTaxFacts | null;
  @ApiProperty({
    type: Money,
    description: 'Every period, before discounts and taxes on top; nothing for usage and `once`',
  })
  amount: Money;
  @ApiProperty({ type: CycleFacts, description: 'How often it is billed' }) cycle: CycleFacts;
}

export class NextChargeLine {
  @ApiProperty({ example: 'Fibra Empresarial 600' }) name: string;
  @Nullable(String, 'More about it; null for nothing') detail: string | null;
  @ApiProperty({ description: 'How many', example: '1' }) quantity: string;
  @ApiProperty({ type: Money, description: 'Of one' }) unitPrice: Money;
  @ApiProperty({ type: Money, description: 'With discounts and taxes' }) amount: Money;
}

/** What will be asked for next, as the renewal will. */
export class NextChargeFacts {
  @ApiProperty({ type: String, format: 'date', description: 'When its invoice opens' }) on: Day;
  @ApiProperty({ type: PeriodFacts, description: 'For which days' }) period: PeriodFacts;
  @ApiProperty({ type: String, format: 'date', description: 'When it will be due' }) dueOn: Day;
  @ApiProperty({ type: String, format: 'date', description: 'Last day in time: another one where banks are closed' })
  payableUntil: Day;
  @ApiProperty({ type: [NextChargeLine], description: 'In their order' }) lines: NextChargeLine[];
  @ApiProperty({ type: Money, description: 'With discounts and taxes' }) total: Money;
  @ApiProperty({ description: 'Whether usage may still be added' }) isEstimate: boolean;
}

export class SubscriptionDiscountFacts {
  @ApiProperty({ description: 'Off what recurs, in percent', example: '10' }) percent: string;
  @ApiProperty({ type: 'integer', description: 'For so many periods more', example: 3 }) periods: number;
}

export class ScheduledChangeFacts {
  @ApiProperty({ type: String, format: 'date', description: 'From that day on' }) on: Day;
  @ApiProperty({ description: 'What changes, as it is until then' }) titleBefore: string;
  @ApiProperty({ description: 'What it will be' }) titleAfter: string;
  @ApiProperty({ type: [SubscriptionItemFacts], description: 'What it will have' }) items: SubscriptionItemFacts[];
}

/** A change that was done at once, and of which nothing is paid: it can be swapped or dropped. */
export class UnpaidChangeFacts {
  @ApiProperty({ type: String, format: 'date', description: 'When it was done' }) on: Day;
  @ApiProperty({ description: 'What was changed, as it was before' }) titleBefore: string;
  @ApiProperty({ description: 'What it is since then' }) titleAfter: string;
  @ApiProperty({ type: Money, description: 'What it asks for' }) due: Money;
  @ApiProperty({ format: 'uuid', description: 'Its invoice' }) invoiceId: string;
  @ApiProperty({ description: 'What people quote of its invoice', example: 'F-2026-000123' }) invoiceNumber: string;
}

export class SubscriptionReference {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'AS-2025-000012' }) number: string;
}

export class HistoryInvoice {
  @ApiProperty({ format: 'uuid' }) id: string;
  @Nullable(String, 'What people quote; null where it may not be seen') number: string | null;
  @Nullable(String, 'What it is for; null where it may not be seen') title: string | null;
}

/** What became of it. */
export class SubscriptionEventFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: SUBSCRIPTION_EVENT_KINDS, description: 'What happened' }) kind: SubscriptionEventKind;
  @ApiProperty({ type: String, format: 'date', description: 'On which day, or from which day on' }) on: Day;
  @Nullable(String, 'Day behind the last one of what began; null where it has none', { format: 'date' })
  until: Day | null;
  @Nullable(String, 'What it was; null where nothing else became of it') before: string | null;
  @Nullable(String, 'What it is; of a discount, its percentage; of what was arranged otherwise, the names of that')
  after: string | null;
  @Nullable(String, 'Why; null where nobody said') reason: string | null;
  @Nullable('integer', 'Of a discount, for how many periods; null of others', { example: 3 }) periods: number | null;
  @ApiProperty({
    type: Money,
    nullable: true,
    description: 'How much; below zero where it was given back, null for nothing',
  })
  amount: Money | null;
  @ApiProperty({ type: HistoryInvoice, nullable: true, description: 'Null where it has none' })
  invoice: HistoryInvoice | null;
  @Nullable(String, 'Who did it; null where nobody, or somebody who is gone') actorName: string | null;
  @ApiProperty({ description: 'When' }) at: Date;
}

/** What a subscription's own page shows besides. */
export class SubscriptionFacts extends SubscriptionItem {
  @ApiProperty({ enum: COLLECTIONS, description: 'By the card on file, or by whoever pays the invoice' })
  collection: Collection;
  @Nullable('integer', "Days from opening to due date; null where the organization's terms count", { example: 10 })
  dueDays: number | null;
  @Nullable(String, "The customer's own; each new invoice has it as `purchaseOrder`. Null for none", {
    example: 'PC-1182',
  })
  reference: string | null;
  @ApiProperty({ type: String, format: 'date', description: 'Day from which its periods are counted' }) anchorOn: Day;
  @ApiProperty({ type: PeriodFacts, nullable: true, description: 'The one that goes on; null where none does' })
  currentPeriod: PeriodFacts | null;
  @ApiProperty({ type: [SubscriptionItemFacts], description: 'What it has, in its order; 50 at most' })
  items: SubscriptionItemFacts[];
  @ApiProperty({ type: Money, description: 'Every period, with discounts and taxes, without usage' })
  recurringTotal: Money;
  @ApiProperty({ type: SubscriptionDiscountFacts, nullable: true, description: 'Null for none' })
  discount: SubscriptionDiscountFacts | null;
  @ApiProperty({ type: NextChargeFacts, nullable: true, description: 'Null where nothing more will be asked for' })
  nextCharge: NextChargeFacts | null;
  @ApiProperty({
    type: ScheduledChangeFacts,
    nullable: true,
    description: 'Planned for the end of the period; null for nothing',
  })
  scheduledChange: ScheduledChangeFacts | null;
  @ApiProperty({
    type: UnpaidChangeFacts,
    nullable: true,
    description: 'Done, but not paid at all; null where there is none',
  })
  unpaidChange: UnpaidChangeFacts | null;
  @Nullable(String, 'Why it ends, or has ended; null where nobody said', { enum: CANCEL_REASONS })
  cancelReason: CancelReason | null;
  @Nullable(String, 'The same in their own words; null for nothing') cancelComment: string | null;
  @ApiProperty({
    type: SubscriptionReference,
    nullable: true,
    description: 'The ended one that it took up again; null of others',
  })
  follows: SubscriptionReference | null;
  @ApiProperty({
    type: SubscriptionReference,
    nullable: true,
    description: 'The one that goes on in its place, since it ended; null where there is none',
  })
  followedBy: SubscriptionReference | null;
  @ApiProperty({ type: [SubscriptionEventFacts], description: 'What became of it, the latest first; 200 at most' })
  history: SubscriptionEventFacts[];
}

/** An invoice of a subscription, as its page lists it. */
export class SubscriptionInvoiceItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) number: string;
  @ApiProperty({ description: 'What it is for', example: 'Fibra Empresarial 600, 10/11/2026 a 09/12/2026' })
  title: string;
  @ApiProperty({ enum: INVOICE_STATUSES, description: 'As the list of invoices has it' }) status: InvoiceStatus;
  @ApiProperty({ type: Money, description: 'What it came to' }) total: Money;
  @ApiProperty({ type: Money, description: 'What of it is still to pay' }) owed: Money;
  @ApiProperty({ type: String, format: 'date', description: 'Day of opening' }) openedOn: Day;
  @ApiProperty({ type: String, format: 'date', description: 'When it is due' }) dueOn: Day;
  @ApiProperty({ type: String, format: 'date', description: 'Last day on which it is paid in time' }) payableUntil: Day;
}

export class SubscriptionInvoicesResponse extends ListOf(SubscriptionInvoiceItem) {}

export function subscriptionItem(row: Omit<SubscriptionListRow, 'billingAccountName'>): SubscriptionItem {
  const {
    id,
    number,
    title,
    state,
    startsOn,
    trialEndsOn,
    nextRenewalOn,
    cancelOn,
    pauseOn,
    resumeOn,
    pausedFor,
    endedOn,
  } = row;
  return {
    ...{
      id,
      number,
      title,
      state,
      startsOn,
      trialEndsOn,
      nextRenewalOn,
      cancelOn,
      pauseOn,
      resumeOn,
      pausedFor,
      endedOn,
    },
    cycle: { unit: row.periodUnit, every: row.periodEvery },
    recurring: money(row.recurring, row.currency),
    owed: money(row.owed, row.currency),
  };
}

export function itemFacts(item: Item): SubscriptionItemFacts {
  const { id, planId, priceId, name, detail, model, quantity, unitName, included, tax, cycle, currency } = item;
  return {
    ...{ id, planId, priceId, name, detail, model, quantity, unitName, included, tax, cycle },
    unitAmount: money(item.unitAmount, currency),
    amount: money(recurringOf(item), currency),
  };
}

export function subscriptionFacts(row: SubscriptionDetail): SubscriptionFacts {
  const { anchorOn, cancelReason, cancelComment, followsId, followsNumber } = row;
  const { currentStartsOn, currentEndsOn, discountPercent, discountPeriods } = row;
  return {
    ...subscriptionItem(row),
    ...arrangementOf(row),
    ...{ anchorOn, cancelReason, cancelComment },
    currentPeriod: currentStartsOn ? { startsOn: currentStartsOn, endsOn: currentEndsOn! } : null,
    items: row.items.map(itemFacts),
    recurringTotal: money(row.recurringTotal, row.currency),
    discount: discountPercent === null ? null : { percent: discountPercent, periods: discountPeriods! },
    nextCharge: nextChargeFacts(row),
    scheduledChange: row.scheduled
      ? { ...changeWords(row.scheduled), items: row.scheduled.items.map(itemFacts) }
      : null,
    unpaidChange: row.unpaidChange
      ? {
          ...changeWords(row.unpaidChange),
          due: money(row.unpaidChange.due, row.currency),
          invoiceId: row.unpaidChange.invoiceId!,
          invoiceNumber: row.unpaidChange.invoiceNumber,
        }
      : null,
    follows: followsId ? { id: followsId, number: followsNumber! } : null,
    followedBy: row.followedBy,
    history: row.history.map((event) => eventFacts(event, row.currency)),
  };
}

function nextChargeFacts({ nextCharge, currency }: SubscriptionDetail): NextChargeFacts | null {
  if (!nextCharge) return null;
  const of = (amount: bigint) => money(amount, currency);
  return {
    ...nextCharge,
    lines: nextCharge.lines.map((line) => ({ ...line, unitPrice: of(line.unitPrice), amount: of(line.amount) })),
    total: of(nextCharge.total),
  };
}

const changeWords = ({ effectiveOn, titleBefore, titleAfter }: ChangeRow) => ({
  on: effectiveOn,
  titleBefore,
  titleAfter,
});

function eventFacts(event: SubscriptionEventRow, currency: string): SubscriptionEventFacts {
  const { id, kind, onDay, untilDay, before, after, reason, amount, invoiceId, invoiceNumber, invoiceTitle } = event;
  const isDiscount = kind === 'discount_given';
  return {
    ...{ id, kind, before, after, reason },
    on: onDay,
    until: untilDay,
    periods: isDiscount && amount !== null ? Number(amount) : null,
    amount: amount === null || isDiscount ? null : money(amount, currency),
    invoice: invoiceId ? { id: invoiceId, number: invoiceNumber, title: invoiceTitle } : null,
    actorName: event.actorName,
    at: event.createdAt,
  };
}

export function subscriptionInvoices({
  rows,
  today,
}: {
  rows: SubscriptionInvoiceRow[];
  today: Day;
}): SubscriptionInvoicesResponse {
  return {
    data: rows.map((row) => ({
      id: row.id,
      number: row.number,
      title: row.title,
      status: statusOf(row, today),
      total: money(row.total, row.currency),
      owed: money(row.owed, row.currency),
      openedOn: row.openedOn,
      dueOn: row.dueOn,
      payableUntil: row.payableUntil,
    })),
  };
}
