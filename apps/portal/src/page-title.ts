import { useTabTitle } from '@balcao/ui';
import type { MaybeRefOrGetter } from 'vue';
import { usePortalStore } from './stores/portal.js';

/** Names the browser's tab: the page, then the organization. */
export function usePageTitle(title: MaybeRefOrGetter<string | undefined>): void {
  const portal = usePortalStore();
  useTabTitle(title, () => portal.name);
}
