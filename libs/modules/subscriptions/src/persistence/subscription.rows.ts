import type { Day } from '@balcao/money';
import { columnsOf, membersOf, sql } from '@balcao/platform-tenancy';
import type {
  CancelReason,
  Collection,
  HeldFor,
  PAUSED_FOR,
  SubscriptionEventKind,
  SubscriptionState,
} from '../domain/life.js';
import type { CycleUnit, Item } from '../domain/plan.js';

/** A subscription's row. Money is in minor units of `currency`; of stretches of days the end is no longer part of them. */
export interface SubscriptionRow {
  id: string;
  billingAccountId: string;
  number: string;
  title: string;
  currency: string;
  periodUnit: CycleUnit;
  periodEvery: number;
  collection: Collection;
  dueDays: number | null;
  /** The customer's own: each invoice has it as its purchase order. */
  reference: string | null;
  startsOn: Day;
  trialEndsOn: Day | null;
  anchorOn: Day;
  periodCount: number;
  currentStartsOn: Day | null;
  currentEndsOn: Day | null;
  recurring: bigint;
  discountPercent: string | null;
  discountPeriods: number | null;
  /** What the current period was billed with. */
  billedDiscountPercent: string | null;
  /** What it brings in a month, by its movements. */
  monthly: bigint;
  nextRenewalOn: Day | null;
  cancelOn: Day | null;
  pauseOn: Day | null;
  resumeOn: Day | null;
  cancelReason: CancelReason | null;
  cancelComment: string | null;
  startedAt: Date | null;
  trialEndedAt: Date | null;
  pausedAt: Date | null;
  pausedFor: (typeof PAUSED_FOR)[number] | null;
  pastDueOn: Day | null;
  endedAt: Date | null;
  endedOn: Day | null;
  heldAt: Date | null;
  heldFor: HeldFor | null;
  followsId: string | null;
  version: number;
  createdAt: Date;
  state: SubscriptionState;
}

/** What staff arrange when it begins, and may arrange otherwise later; one that is taken up again keeps it. */
export type Arrangement = Pick<SubscriptionRow, 'collection' | 'dueDays' | 'reference'>;

export const arrangementOf = ({ collection, dueDays, reference }: Arrangement): Arrangement => ({
  collection,
  dueDays,
  reference,
});

const PLAIN = membersOf<Omit<SubscriptionRow, 'discountPercent' | 'billedDiscountPercent'>>()([
  'id',
  'billingAccountId',
  'number',
  'title',
  'currency',
  'periodUnit',
  'periodEvery',
  'collection',
  'dueDays',
  'reference',
  'startsOn',
  'trialEndsOn',
  'anchorOn',
  'periodCount',
  'currentStartsOn',
  'currentEndsOn',
  'recurring',
  'discountPeriods',
  'monthly',
  'nextRenewalOn',
  'cancelOn',
  'pauseOn',
  'resumeOn',
  'cancelReason',
  'cancelComment',
  'startedAt',
  'trialEndedAt',
  'pausedAt',
  'pausedFor',
  'pastDueOn',
  'endedAt',
  'endedOn',
  'heldAt',
  'heldFor',
  'followsId',
  'version',
  'createdAt',
  'state',
]);

/** Of `t`. */
export const SUBSCRIPTION_COLUMNS = sql`${columnsOf('t', PLAIN)}, trim_scale(t.discount_percent)::text as "discountPercent",
  trim_scale(t.billed_discount_percent)::text as "billedDiscountPercent"`;

export interface ItemRow extends Omit<Item, 'tax' | 'cycle'> {
  subscriptionId: string;
  taxName: string | null;
  taxPercent: string | null;
  taxIsIncluded: boolean;
  periodUnit: CycleUnit;
  periodEvery: number;
}

/** Of a price `r` and its plan `p`. */
export const PRICE_COLUMNS = sql`r.id as "priceId", p.id as "planId", p.name, r.model, r.currency, r.unit_amount as "unitAmount",
  r.unit_name as "unitName", trim_scale(r.included)::text as included, r.setup_amount as "setupAmount", r.tax_name as "taxName",
  trim_scale(r.tax_percent)::text as "taxPercent", r.tax_is_included as "taxIsIncluded", r.period_unit as "periodUnit",
  r.period_every as "periodEvery"`;

/** A price as it is reckoned with. */
export function priceOf<
  Row extends Pick<ItemRow, 'taxName' | 'taxPercent' | 'taxIsIncluded' | 'periodUnit' | 'periodEvery'>,
>({ taxName, taxPercent, taxIsIncluded, periodUnit, periodEvery, ...price }: Row) {
  return {
    ...price,
    tax: taxName === null ? null : { name: taxName, percent: taxPercent!, included: taxIsIncluded },
    cycle: { unit: periodUnit, every: periodEvery },
  };
}

/** An item as a change keeps it. */
export interface KeptItem {
  id: string;
  priceId: string;
  quantity: string;
  detail: string | null;
  onceBilledOn: Day | null;
}

export interface ChangeRow {
  id: string;
  subscriptionId: string;
  billingAccountId: string;
  state: 'scheduled' | 'applied' | 'dropped' | 'reverted';
  effectiveOn: Day;
  periodStartsOn: Day | null;
  itemsBefore: KeptItem[];
  itemsAfter: KeptItem[];
  periodUnit: CycleUnit;
  periodEvery: number;
  titleBefore: string;
  titleAfter: string;
  due: bigint;
  invoiceId: string | null;
  createdAt: Date;
}

export const CHANGE_COLUMNS = columnsOf(
  'c',
  membersOf<ChangeRow>()([
    'id',
    'subscriptionId',
    'billingAccountId',
    'state',
    'effectiveOn',
    'periodStartsOn',
    'itemsBefore',
    'itemsAfter',
    'periodUnit',
    'periodEvery',
    'titleBefore',
    'titleAfter',
    'due',
    'invoiceId',
    'createdAt',
  ]),
);

/** What became of a subscription, as its page tells it. */
export interface SubscriptionEventRow {
  id: string;
  kind: SubscriptionEventKind;
  onDay: Day;
  untilDay: Day | null;
  before: string | null;
  after: string | null;
  reason: string | null;
  amount: bigint | null;
  invoiceId: string | null;
  invoiceNumber: string | null;
  invoiceTitle: string | null;
  actorName: string | null;
  createdAt: Date;
}

export interface NewSubscriptionEvent {
  kind: SubscriptionEventKind;
  onDay: Day;
  untilDay?: Day | null;
  before?: string | null;
  after?: string | null;
  reason?: string | null;
  amount?: bigint | null;
  invoiceId?: string | null;
}

/** An invoice of a subscription's current period, held. */
export interface PeriodInvoice {
  id: string;
  settled: bigint;
  /** What of it can still be taken back. */
  creditable: bigint;
}
