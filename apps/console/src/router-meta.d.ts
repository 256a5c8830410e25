import type { StaffPermission } from '@balcao/contracts';
import type { MessageLoader } from '@balcao/ui';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string;
    /** Whose session is needed; `guest` pages send those who have one to their first page. */
    access?: 'public' | 'guest' | 'staff' | 'operator-guest' | 'operator';
    /** The page is shown to those who have any of these. */
    permissions?: readonly StaffPermission[];
    /** The feature's texts, loaded before the page shows. */
    messages?: MessageLoader;
    /** The page arranges the whole window itself. */
    full?: boolean;
  }
}
