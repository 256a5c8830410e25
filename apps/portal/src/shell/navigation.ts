import { menuOf } from '@balcao/ui';
import { computed } from 'vue';
import { useRouter } from 'vue-router';
import { useFeatures } from '../features.js';
import { useSessionStore } from '../stores/session.js';

/** The menu as this person sees it: what is switched off or not allowed is not there. */
export function useNavigation() {
  const features = useFeatures();
  const router = useRouter();
  const session = useSessionStore();
  return computed(() => menuOf(features, router, session.opens));
}
