import type {
  ChangeQuote,
  PlanChoice,
  StartQuote,
  SubscribedItem,
  Subscription,
  SubscriptionEvent,
  SubscriptionInvoice,
  SubscriptionSummary,
} from '../src/data/subscriptions.js';
import { reais } from './invoices.js';

const MONTHLY = { unit: 'month', every: 1 } as const;

/** Fibra 600 of R$ 489,90 a month, renewed on the 10th; `more` says how it stands otherwise. */
export const summary = (more: Partial<SubscriptionSummary> = {}): SubscriptionSummary => ({
  id: 's-1',
  number: 'AS-2026-000087',
  title: 'Fibra Empresarial 600',
  state: 'active',
  cycle: MONTHLY,
  recurring: reais(66_950),
  owed: reais(0),
  startsOn: '2026-03-10',
  trialEndsOn: null,
  nextRenewalOn: '2026-12-10',
  cancelOn: null,
  pauseOn: null,
  resumeOn: null,
  pausedFor: null,
  endedOn: null,
  ...more,
});

export const item = (more: Partial<SubscribedItem> = {}): SubscribedItem => ({
  id: 't-1',
  planId: 'pl-600',
  priceId: 'pr-600',
  name: 'Fibra Empresarial 600',
  detail: 'Lojas 1 e 2',
  model: 'flat',
  quantity: '1',
  unitName: null,
  unitAmount: reais(48_990),
  included: '0',
  tax: null,
  amount: reais(48_990),
  cycle: MONTHLY,
  ...more,
});
export const lines = item({
  id: 't-2',
  planId: 'pl-line',
  priceId: 'pr-line',
  name: 'Ramal',
  detail: null,
  model: 'per_unit',
  quantity: '4',
  unitName: 'ramal',
  unitAmount: reais(4_490),
  amount: reais(17_960),
});

export const subscription = (more: Partial<Subscription> = {}): Subscription => ({
  ...summary(),
  collection: 'send_invoice',
  dueDays: null,
  reference: null,
  anchorOn: '2026-03-10',
  currentPeriod: { startsOn: '2026-11-10', endsOn: '2026-12-10' },
  items: [item(), lines],
  recurringTotal: reais(66_950),
  discount: null,
  nextCharge: {
    on: '2026-12-10',
    period: { startsOn: '2026-12-10', endsOn: '2027-01-10' },
    dueOn: '2026-12-25',
    payableUntil: '2026-12-28',
    lines: [
      {
        name: 'Fibra Empresarial 600',
        detail: 'Lojas 1 e 2',
        quantity: '1',
        unitPrice: reais(48_990),
        amount: reais(48_990),
      },
      { name: 'Ramal', detail: null, quantity: '4', unitPrice: reais(4_490), amount: reais(17_960) },
    ],
    total: reais(66_950),
    isEstimate: false,
  },
  scheduledChange: null,
  unpaidChange: null,
  cancelReason: null,
  cancelComment: null,
  follows: null,
  followedBy: null,
  history: [],
  actions: ['change', 'pause', 'cancel_at_period_end'],
  longestPauseDays: 92,
  ...more,
});

export const choice = (more: Partial<PlanChoice> = {}): PlanChoice => ({
  priceId: 'pr-600',
  planId: 'pl-600',
  name: 'Fibra Empresarial 600',
  description: '600 Mb/s, um endereço de IP fixo',
  model: 'flat',
  unitAmount: reais(48_990),
  unitName: null,
  cycle: MONTHLY,
  isCurrent: true,
  ...more,
});
export const giga = choice({
  priceId: 'pr-giga',
  planId: 'pl-giga',
  name: 'Fibra 1 Giga',
  description: '1 Gb/s nas duas lojas',
  unitAmount: reais(64_990),
  isCurrent: false,
});

/** R$ 117,33 for the 22 days that are left of 30. */
export const quote = (more: Partial<ChangeQuote> = {}): ChangeQuote => ({
  titleBefore: 'Fibra Empresarial 600',
  titleAfter: 'Fibra 1 Giga',
  recurringBefore: reais(66_950),
  recurringAfter: reais(82_950),
  now: {
    token: 'token-now',
    on: '2026-11-18',
    daysLeft: 22,
    daysWhole: 30,
    parts: [
      { kind: 'charge', name: 'Fibra 1 Giga', amount: reais(47_659) },
      { kind: 'credit', name: 'Fibra Empresarial 600', amount: reais(35_926) },
    ],
    due: reais(11_733),
    credit: reais(0),
  },
  periodEnd: { token: 'token-later', on: '2026-12-10' },
  replaces: null,
  ...more,
});

export const startQuote = (more: Partial<StartQuote> = {}): StartQuote => ({
  token: 'token-again',
  title: 'Fibra Empresarial 600',
  startsOn: '2026-11-18',
  trialEndsOn: null,
  period: { startsOn: '2026-11-18', endsOn: '2026-12-18' },
  items: [item({ unitAmount: reais(51_990), amount: reais(51_990) })],
  recurring: reais(51_990),
  once: reais(9_900),
  firstTotal: reais(61_890),
  firstDueOn: '2026-11-28',
  ...more,
});

export const event = (more: Partial<SubscriptionEvent> = {}): SubscriptionEvent => ({
  id: `e-${more.kind ?? 'created'}`,
  kind: 'created',
  on: '2026-03-10',
  until: null,
  before: null,
  after: null,
  reason: null,
  periods: null,
  amount: null,
  invoice: null,
  actorName: null,
  at: '2026-03-10T12:00:00Z',
  ...more,
});

export const invoiced = (more: Partial<SubscriptionInvoice> = {}): SubscriptionInvoice => ({
  id: 'i-1',
  number: 'F-2026-004390',
  title: 'Fibra Empresarial 600, 10/11/2026 a 09/12/2026',
  status: 'open',
  total: reais(66_950),
  owed: reais(66_950),
  openedOn: '2026-11-10',
  dueOn: '2026-11-25',
  payableUntil: '2026-11-25',
  ...more,
});
