import type { PortalFeature, PortalPermission } from '@balcao/contracts';

declare module 'vue-router' {
  interface RouteMeta {
    /** Whether a session is needed; `guest` pages send those who have one home. */
    access?: 'public' | 'guest' | 'signed-in';
    /** The switch of the portal without which the page does not exist. */
    feature?: PortalFeature;
    /** Name of the page that visitors get at the same address, where the portal shows its articles to everybody. */
    visitors?: string;
    /** The page is shown to those who have any of these. */
    permissions?: readonly PortalPermission[];
  }
}
