import type { StaffPermission } from '@balcao/contracts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Whose session is needed; `guest` pages send those who have one to their first page. */
    access?: 'public' | 'guest' | 'staff' | 'operator-guest' | 'operator';
    /** The page is shown to those who have any of these. */
    permissions?: readonly StaffPermission[];
    /** The page is there in sandbox organizations alone. */
    sandbox?: true;
    /** The page arranges the whole window itself. */
    full?: boolean;
  }
}
