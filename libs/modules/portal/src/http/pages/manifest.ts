import type { IconName } from '@balcao/contracts';
import type { FoundPortal } from '@balcao/module-directory';
import { defaultTheme, hslToHex } from '@balcao/theming';
import { initialsIcon } from './page-head.js';

/** The ground of a page in light, which stands behind the icon while the application begins. */
const GROUND = '#fafaf9';
/** Longest name below an icon. */
const SHORT = 12;

/** What a device needs to put a portal beside its other applications: whose it is, its colour and its icons. */
export function manifestOf(portal: FoundPortal | undefined, base: string, icons?: (icon: IconName) => string): object {
  const name = portal?.portal.name ?? 'Balcão';
  const start = `${base}/portal/`;
  return {
    id: start,
    name,
    short_name: shortened(name),
    lang: portal?.defaultLocale ?? 'pt-BR',
    start_url: start,
    scope: start,
    display: 'standalone',
    background_color: GROUND,
    theme_color: hslToHex((portal?.branding.theme ?? defaultTheme).light.primary),
    icons: iconsOf(portal, base, icons),
  };
}

function iconsOf(portal: FoundPortal | undefined, base: string, icons?: (icon: IconName) => string): object[] {
  if (!icons) return [{ src: portal ? initialsIcon(base) : '/favicon.ico', sizes: 'any' }];
  const png = (icon: IconName, side: string, purpose: string) => ({
    src: icons(icon),
    sizes: `${side}x${side}`,
    type: 'image/png',
    purpose,
  });
  return [png('192', '192', 'any'), png('512', '512', 'any'), png('maskable', '512', 'maskable')];
}

/** Whole words, as far as they fit. */
function shortened(name: string): string {
  if (name.length <= SHORT) return name;
  const end = name.lastIndexOf(' ', SHORT);
  return end > 0 ? name.slice(0, end) : name;
}
