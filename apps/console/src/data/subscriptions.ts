import {
  adminCancelSubscription,
  adminChangeSubscription,
  adminCreateSubscription,
  adminCreditSubscription,
  adminGetSubscription,
  adminListSubscriptionInvoices,
  adminListSubscriptionPeriods,
  adminListSubscriptions,
  adminListSubscriptionUsage,
  adminPauseSubscription,
  adminQuoteSubscription,
  adminQuoteSubscriptionCancellation,
  adminQuoteSubscriptionChange,
  adminQuoteSubscriptionPause,
  adminQuoteSubscriptionRestart,
  adminQuoteSubscriptionResumption,
  adminRecordSubscriptionUsage,
  adminReleaseSubscription,
  adminRestartSubscription,
  adminResumeSubscription,
  adminUndoSubscriptionCancellation,
  adminUndoSubscriptionChange,
  adminUndoSubscriptionPause,
  adminUpdateSubscription,
  type AdminQuoteSubscriptionCancellationData,
  type AdminQuoteSubscriptionPauseData,
  type ChangeSubscriptionRequest,
  type CreateSubscriptionRequest,
  type QuoteChangeRequest,
  type QuoteSubscriptionRequest,
  type ReleaseSubscriptionRequest,
  type StaffCancelRequest,
  type StaffPauseRequest,
  type StaffSubscriptionFacts,
  type UpdateSubscriptionRequest,
  type UsageRequest,
} from '@balcao/api-client';
import { list, one, query, useChange } from './keys.js';

export type {
  ChangeQuoteFacts as ChangeQuote,
  StaffSubscriptionFacts as Subscription,
  StaffSubscriptionItem as SubscriptionSummary,
  StartQuoteFacts as StartQuote,
  SubscriptionEventFacts as SubscriptionEvent,
  SubscriptionItemFacts as SubscribedItem,
} from '@balcao/api-client';
export type SubscriptionInput = CreateSubscriptionRequest;
export type StartInput = QuoteSubscriptionRequest;
export type ChangeInput = ChangeSubscriptionRequest;
export type ChangedItems = QuoteChangeRequest;
export type CancelInput = StaffCancelRequest;
export type CancelQuery = AdminQuoteSubscriptionCancellationData['query'];
export type PauseInput = StaffPauseRequest;
export type PauseQuery = AdminQuoteSubscriptionPauseData['query'];

/** Behind what the page hears at once, should that have been lost. */
const INTERVAL = 5 * 60_000;
/** What a subscription does makes and voids invoices, which are in the books as well. */
const SEEN_IN = ['subscription', 'subscriptions', 'invoice', 'invoices', 'ledgers'];

export const useSubscriptions = list('subscriptions', adminListSubscriptions, { refetchInterval: INTERVAL });

export const useSubscription = one('subscription', async (call) => (await adminGetSubscription(call)).subscription, {
  refetchInterval: INTERVAL,
});

/** Its invoices, the latest first. */
export const useSubscriptionInvoices = query(
  ['subscriptions', 'invoices'],
  async (call, id: string) => (await adminListSubscriptionInvoices({ ...call, path: { id } })).data,
);

/** Its periods, the latest first: trials, what was billed, and what was passed over. */
export const useSubscriptionPeriods = query(
  ['subscriptions', 'periods'],
  async (call, id: string) => (await adminListSubscriptionPeriods({ ...call, path: { id } })).data,
);

/** What was used of it, the latest first. */
export const useSubscriptionUsage = query(
  ['subscriptions', 'usage'],
  async (call, id: string) => (await adminListSubscriptionUsage({ ...call, path: { id } })).data,
);

/** A quote is good for what it was made of: it is never taken from before. Where there is none any more, the subscription is another. */
const fresh = { staleTime: 0, gcTime: 0, conflictsWith: ['subscription'] };

/** What a new one would ask for; nothing is asked of none. */
export const useStartQuote = query(
  ['subscriptions', 'start'],
  async (call, body: StartInput | undefined) => (await adminQuoteSubscription({ ...call, body: body! })).quote,
  { ...fresh, enabled: (body) => body !== undefined },
);

/** What a change would cost; nothing is asked of none. */
export const useChangeQuote = query(
  ['subscriptions', 'change'],
  async (call, id: string, body: ChangedItems | undefined) =>
    (await adminQuoteSubscriptionChange({ ...call, path: { id }, body: body! })).quote,
  { ...fresh, enabled: (_id, body) => body !== undefined },
);

/** What a pause would save; nothing is asked of days that cannot be. */
export const usePauseQuote = query(
  ['subscriptions', 'pause'],
  async (call, id: string, pause: PauseQuery | undefined) =>
    (await adminQuoteSubscriptionPause({ ...call, path: { id }, query: pause! })).quote,
  { ...fresh, enabled: (_id, pause) => pause !== undefined },
);

/** What cancelling means. */
export const useCancelQuote = query(
  ['subscriptions', 'cancellation'],
  async (call, id: string, cancellation: CancelQuery) =>
    (await adminQuoteSubscriptionCancellation({ ...call, path: { id }, query: cancellation })).quote,
  { ...fresh, keep: true },
);

export const useCreateSubscription = () =>
  useChange(async (body: SubscriptionInput) => (await adminCreateSubscription({ body })).subscription, ...SEEN_IN);

/** What staff do with one subscription. Each answers how it stands then; taking it up again answers the new one. */
export function useSubscriptionDeeds(id: string) {
  const path = { id };
  const deed = <Input>(send: (input: Input) => Promise<{ subscription: StaffSubscriptionFacts }>) =>
    useChange(async (input: Input) => (await send(input)).subscription, ...SEEN_IN);
  return {
    update: deed((body: UpdateSubscriptionRequest) => adminUpdateSubscription({ path, body })),
    change: deed((body: ChangeInput) => adminChangeSubscription({ path, body })),
    undoChange: deed(() => adminUndoSubscriptionChange({ path })),
    pause: deed((body: PauseInput) => adminPauseSubscription({ path, body })),
    undoPause: deed(() => adminUndoSubscriptionPause({ path })),
    resume: deed((token: string) => adminResumeSubscription({ path, body: { token } })),
    cancel: deed((body: CancelInput) => adminCancelSubscription({ path, body })),
    undoCancellation: deed(() => adminUndoSubscriptionCancellation({ path })),
    restart: deed((token: string) => adminRestartSubscription({ path, body: { token } })),
    release: deed((body: ReleaseSubscriptionRequest) => adminReleaseSubscription({ path, body })),
    credit: deed((body: { amount: number; reason: string }) => adminCreditSubscription({ path, body })),
    /** What coming back from a pause, and taking up an ended one again, would cost now. */
    quoteResumption: useChange(async () => (await adminQuoteSubscriptionResumption({ path })).quote, 'subscription'),
    quoteRestart: useChange(async () => (await adminQuoteSubscriptionRestart({ path })).quote, 'subscription'),
    recordUsage: useChange(
      (record: UsageRequest) => adminRecordSubscriptionUsage({ path, body: { records: [record] } }),
      'subscription',
      'subscriptions',
    ),
  };
}
