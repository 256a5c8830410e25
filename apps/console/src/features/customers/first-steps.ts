import type { FirstStepEntry } from '@balcao/ui';

export default [{ name: 'customer', to: { name: 'new-customer' }, minutes: 1 }] satisfies FirstStepEntry[];
