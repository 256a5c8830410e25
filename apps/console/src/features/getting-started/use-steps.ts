import type { FirstStepEntry } from '@balcao/ui';
import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useGettingStarted, type Step } from '../../data/getting-started.js';
import { firstSteps } from '../../registry/first-steps.js';

/** A step with the place where it is done. */
export interface StepLine extends Step, Omit<FirstStepEntry, 'name'> {
  address: string;
}

/** The steps that this version of the console has a page for, by where they stand. */
export function useSteps() {
  const router = useRouter();
  const query = useGettingStarted();
  const steps = computed(() =>
    (query.data.value?.steps ?? []).flatMap((step): StepLine[] => {
      const entry = firstSteps.find(({ name }) => name === step.name);
      if (!entry) return [];
      const portal = step.waiting?.portalId;
      const to = portal ? Object.assign({}, entry.to, { query: { portal } }) : entry.to;
      return [{ ...entry, ...step, to, address: new URL(router.resolve(to).href, location.origin).href }];
    }),
  );
  const standing = (state: Step['state']) => computed(() => steps.value.filter((step) => step.state === state));
  return { query, steps, open: standing('open'), postponed: standing('postponed'), done: standing('done') };
}
