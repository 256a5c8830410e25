import type { FirstStepEntry } from '@balcao/ui';

export default [
  { name: 'brand', to: { name: 'portal' }, minutes: 3 },
  {
    name: 'domain',
    to: { name: 'portal', params: { section: 'domain' } },
    minutes: 10,
    waitingPart: () => import('./domain/DomainStep.vue'),
  },
  {
    name: 'sender',
    to: { name: 'portal', params: { section: 'mail' } },
    minutes: 10,
    waitingPart: () => import('./sender/SenderStep.vue'),
  },
  { name: 'signup', to: { name: 'portal', params: { section: 'signup' } }, minutes: 2 },
] satisfies FirstStepEntry[];
