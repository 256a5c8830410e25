import { useTabTitle } from '@balcao/ui';
import type { MaybeRefOrGetter } from 'vue';
import { useSessionStore } from './stores/session.js';

/** Names the browser's tab: the page, then the organization. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  const session = useSessionStore();
  useTabTitle(title, () => session.organizationName);
}
