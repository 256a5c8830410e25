import type { FoundPortal } from '@balcao/module-directory';
import { defaultTheme, hslToHex } from '@balcao/theming';
import { iconOf } from './page-head.js';

/** The ground of a page in light, which stands behind the icon while the application begins. */
const GROUND = '#fafaf9';

/** What a device needs to put a portal beside its other applications: whose it is, its colour and its icon. */
export function manifestOf(portal: FoundPortal | undefined, base: string): object {
  const name = portal?.portal.name ?? 'Balcão';
  const start = `${base}/portal/`;
  return {
    id: start,
    name,
    short_name: name,
    start_url: start,
    scope: start,
    display: 'standalone',
    background_color: GROUND,
    theme_color: hslToHex((portal?.branding.theme ?? defaultTheme).light.primary),
    icons: [{ src: portal ? iconOf(portal, base) : '/favicon.ico', sizes: 'any' }],
  };
}
