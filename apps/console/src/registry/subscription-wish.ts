import type { Component } from 'vue';

/** What a subscription is to have, and what it would ask for, in a form of another feature; it comes with its texts. */
export const [SubscriptionWish] = Object.values(
  import.meta.glob<Component>('../features/*/subscription-wish.ts', { eager: true, import: 'default' }),
);
