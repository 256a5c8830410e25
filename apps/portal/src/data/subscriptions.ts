import {
  portalCancelSubscription,
  portalChangeSubscription,
  portalGetSubscription,
  portalListSubscriptionInvoices,
  portalListSubscriptionUsage,
  portalListSubscriptions,
  portalPauseSubscription,
  portalQuoteSubscriptionCancellation,
  portalQuoteSubscriptionChange,
  portalQuoteSubscriptionPause,
  portalQuoteSubscriptionRestart,
  portalQuoteSubscriptionResumption,
  portalRestartSubscription,
  portalResumeSubscription,
  portalSubscriptionChoices,
  portalTakeSubscriptionDiscount,
  portalUndoSubscriptionCancellation,
  portalUndoSubscriptionChange,
  portalUndoSubscriptionPause,
  type CancelSubscriptionRequest,
  type ChangePlanRequest,
  type PauseRequest,
  type PortalQuoteSubscriptionCancellationData,
  type PortalQuoteSubscriptionChangeData,
  type PortalQuoteSubscriptionPauseData,
  type PortalSubscriptionFacts,
} from '@balcao/api-client';
import { useSessionStore } from '../stores/session.js';
import { list, one, query, useChange } from './keys.js';

export type {
  ChangeQuoteFacts as ChangeQuote,
  ChoiceFacts as PlanChoice,
  PortalSubscriptionFacts as Subscription,
  StartQuoteFacts as StartQuote,
  SubscriptionEventFacts as SubscriptionEvent,
  SubscriptionInvoiceItem as SubscriptionInvoice,
  SubscriptionItem as SubscriptionSummary,
  SubscriptionItemFacts as SubscribedItem,
} from '@balcao/api-client';
export type SubscriptionAction = PortalSubscriptionFacts['actions'][number];
export type PlanChange = PortalQuoteSubscriptionChangeData['query'];
export type Pause = PortalQuoteSubscriptionPauseData['query'];
export type Cancellation = PortalQuoteSubscriptionCancellationData['query'];

const PAGE_SIZE = 20;
/** What a subscription does makes and voids invoices. */
const SEEN_IN = ['subscription', 'subscriptions', 'invoice', 'invoices'];

/** Whether this person reads what their company has subscribed to. */
export const readsSubscriptions = () => useSessionStore().has('billing') && useSessionStore().can('subscriptions:read');

/** Whether they change, pause and cancel it, as far as the portal lets its customers. */
export const managesSubscriptions = () => readsSubscriptions() && useSessionStore().can('subscriptions:manage');

/** What the company has subscribed to, what has ended among it. */
export const useSubscriptions = list('subscriptions', portalListSubscriptions, { limit: PAGE_SIZE });

export const useSubscription = one('subscription', async (call) => (await portalGetSubscription(call)).subscription);

/** As many as are looked through for what comes next: more than companies have. */
const MOST_RUNNING = 100;

/** The subscription that is charged next, with what comes; null where none is. */
export const useNextCharged = query(
  ['subscriptions', 'next'],
  async (call) => {
    const running = { state: 'trialing,active,past_due', limit: MOST_RUNNING };
    const { data } = await portalListSubscriptions({ ...call, query: running });
    const [first] = data
      .filter(({ nextRenewalOn, cancelOn }) => nextRenewalOn !== null && cancelOn === null)
      .toSorted((one, other) => (one.nextRenewalOn! < other.nextRenewalOn! ? -1 : 1));
    return first ? (await portalGetSubscription({ ...call, path: { id: first.id } })).subscription : null;
  },
  { enabled: readsSubscriptions },
);

/** Its invoices, the latest first; none for who does not read any. */
export const useSubscriptionInvoices = query(
  ['subscriptions', 'invoices'],
  async (call, id: string) => (await portalListSubscriptionInvoices({ ...call, path: { id } })).data,
  { enabled: () => useSessionStore().can('invoices:read') },
);

/** What was used of it lately, by day, the latest first. */
export const useSubscriptionUsage = query(
  ['subscriptions', 'usage'],
  async (call, id: string) => (await portalListSubscriptionUsage({ ...call, path: { id } })).data,
);

/** What an item may be changed to, and what it is. */
export const usePlanChoices = query(
  ['subscriptions', 'choices'],
  (call, id: string, itemId: string | undefined) =>
    portalSubscriptionChoices({ ...call, path: { id }, query: { itemId } }),
  { keep: true },
);

/** A quote is good for what it was made of: it is never taken from before. Where there is none any more, the subscription is another. */
const fresh = { staleTime: 0, gcTime: 0, conflictsWith: ['subscription'] };

/** What a change would cost; nothing is asked of none. */
export const useChangeQuote = query(
  ['subscriptions', 'change'],
  async (call, id: string, change: PlanChange | undefined) =>
    (await portalQuoteSubscriptionChange({ ...call, path: { id }, query: change! })).quote,
  { ...fresh, enabled: (_id, change) => change !== undefined },
);

/** What a pause would save; nothing is asked of days that cannot be. */
export const usePauseQuote = query(
  ['subscriptions', 'pause'],
  async (call, id: string, pause: Pause | undefined) =>
    (await portalQuoteSubscriptionPause({ ...call, path: { id }, query: pause! })).quote,
  { ...fresh, enabled: (_id, pause) => pause !== undefined },
);

/** What coming back from a pause asks for. */
export const useResumeQuote = query(
  ['subscriptions', 'resumption'],
  async (call, id: string) => (await portalQuoteSubscriptionResumption({ ...call, path: { id } })).quote,
  fresh,
);

/** What cancelling means, and what may be offered instead; the words before stay until there are others. */
export const useCancelQuote = query(
  ['subscriptions', 'cancellation'],
  async (call, id: string, cancellation: Cancellation) =>
    (await portalQuoteSubscriptionCancellation({ ...call, path: { id }, query: cancellation })).quote,
  { ...fresh, keep: true },
);

/** What an ended one would cost again, at the prices of today. */
export const useRestartQuote = query(
  ['subscriptions', 'restart'],
  async (call, id: string) => (await portalQuoteSubscriptionRestart({ ...call, path: { id } })).quote,
  fresh,
);

/** What customers do with one subscription. Each answers how it stands then; taking it up again answers the new one. */
export function useSubscriptionDeeds(id: string) {
  const path = { id };
  const deed = <Input>(send: (input: Input) => Promise<{ subscription: PortalSubscriptionFacts }>) =>
    useChange(async (input: Input) => (await send(input)).subscription, ...SEEN_IN);
  return {
    change: deed((body: ChangePlanRequest) => portalChangeSubscription({ path, body })),
    undoChange: deed(() => portalUndoSubscriptionChange({ path })),
    pause: deed((body: PauseRequest) => portalPauseSubscription({ path, body })),
    undoPause: deed(() => portalUndoSubscriptionPause({ path })),
    resume: deed((token: string) => portalResumeSubscription({ path, body: { token } })),
    cancel: deed((body: CancelSubscriptionRequest) => portalCancelSubscription({ path, body })),
    undoCancellation: deed(() => portalUndoSubscriptionCancellation({ path })),
    takeDiscount: deed((reason: Cancellation['reason']) =>
      portalTakeSubscriptionDiscount({ path, body: { reason: reason ?? null } }),
    ),
    restart: deed((token: string) => portalRestartSubscription({ path, body: { token } })),
  };
}
