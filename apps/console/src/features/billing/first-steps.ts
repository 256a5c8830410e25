import type { FirstStepEntry } from '@balcao/ui';

export default [
  { name: 'issuer', to: { name: 'billing-settings' }, minutes: 3 },
  { name: 'invoice', to: { name: 'new-invoice' }, minutes: 2 },
] satisfies FirstStepEntry[];
