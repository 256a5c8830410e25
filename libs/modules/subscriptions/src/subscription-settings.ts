import { defineSettings } from '@balcao/module-directory';
import { sql } from '@balcao/platform-tenancy';

/** What a portal's customers do with their subscriptions by themselves. */
export const subscriptionSettings = defineSettings('subscriptions', {
  change: {
    kind: 'switch',
    default: true,
    description: 'Customers change to plans that are offered, and take up ended ones again',
  },
  pause: { kind: 'switch', default: false, description: 'Customers pause their subscriptions' },
  longestPauseDays: {
    kind: 'integer',
    default: 92,
    min: 1,
    max: 730,
    description: 'Days that a pause by a customer takes at most',
  },
  cancelAtPeriodEnd: { kind: 'switch', default: true, description: 'Customers cancel for the end of what is billed' },
  cancelNow: { kind: 'switch', default: false, description: 'Customers cancel at once' },
});

export type SubscriptionRules = ReturnType<typeof subscriptionSettings.of>;

/** What of the settings of a portal `p` the section reads. */
export const STORED_SUBSCRIPTION_SETTINGS = sql`jsonb_build_object('subscriptions', p.settings -> 'subscriptions')`;
