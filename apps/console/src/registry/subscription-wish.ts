import { lazyPart } from '@balcao/ui';

const part = lazyPart((locale) =>
  locale === 'pt-BR'
    ? import('../features/subscriptions/i18n/pt-BR.json')
    : import('../features/subscriptions/i18n/en-US.json'),
);

/** What a subscription is to have, and what it would ask for, in a form of another feature; it comes with its texts. */
export const SubscriptionWish = part(() => import('../features/subscriptions/components/SubscriptionWish.vue'));
