import { gatherFeatures, type Feature } from '@balcao/ui';
import { inject, type InjectionKey } from 'vue';

/** Every folder of `features` that describes itself. Nothing else names one. */
export const features = gatherFeatures(
  import.meta.glob('./features/*/feature.ts', { eager: true }),
  import.meta.glob('./features/*/i18n/*.json'),
);

/** Offers other features than those of the folders. */
export const FEATURES: InjectionKey<readonly Feature[]> = Symbol('features');

export const useFeatures = (): readonly Feature[] => inject(FEATURES, features);
