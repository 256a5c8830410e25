import type { FirstStepEntry } from '@balcao/ui';

export default [{ name: 'invitation', to: { name: 'new-invitation' }, minutes: 1 }] satisfies FirstStepEntry[];
