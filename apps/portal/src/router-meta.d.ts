import type { PortalFeature, PortalPermission } from '@balcao/contracts';
import type { MessageLoader } from '@balcao/ui';

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title. */
    title?: string;
    /** Whether a session is needed; `guest` pages send those who have one home. */
    access?: 'public' | 'guest' | 'signed-in';
    /** The switch of the portal without which the page does not exist. */
    feature?: PortalFeature;
    /** The page is shown to those who have any of these. */
    permissions?: readonly PortalPermission[];
    /** The feature's texts, loaded before the page shows. */
    messages?: MessageLoader;
  }
}
