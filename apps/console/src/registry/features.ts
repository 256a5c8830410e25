import { gatherFeatures, type FeatureDescription, type Opens } from '@balcao/ui';
import { useSessionStore } from '../stores/session.js';

/** Everything below `features/`: a folder with a `feature.ts` is a part of the console. */
export const features = gatherFeatures(
  import.meta.glob<{ default: FeatureDescription }>('../features/*/feature.ts', { eager: true }),
  import.meta.glob('../features/*/i18n/*.json'),
);

/** Whether this person may open a page. */
export function useOpens(): Opens {
  const session = useSessionStore();
  return ({ permissions, sandbox }) => (!permissions || session.can(...permissions)) && (!sandbox || session.isSandbox);
}
