import type { FirstStepEntry } from '@balcao/ui';

export default [{ name: 'team', to: { name: 'invite-staff' }, minutes: 1 }] satisfies FirstStepEntry[];
