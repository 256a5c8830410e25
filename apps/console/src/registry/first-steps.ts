import type { FirstStepEntry } from '@balcao/ui';

/** Where the features have the steps of getting started done. */
export const firstSteps = Object.values(
  import.meta.glob<FirstStepEntry[]>('../features/*/first-steps.ts', { eager: true, import: 'default' }),
).flat();
