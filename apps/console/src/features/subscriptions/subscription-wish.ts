import { lazyPart } from '@balcao/ui';

const part = lazyPart((locale) => (locale === 'pt-BR' ? import('./i18n/pt-BR.json') : import('./i18n/en-US.json')));

export default part(() => import('./components/SubscriptionWish.vue'));
