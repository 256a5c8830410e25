import { initialsOf } from '@balcao/contracts';
import type { FoundPortal } from '@balcao/module-directory';
import { brandTokens } from '@balcao/theming';
import { escapeHtml } from './page-head.js';

/** The tab icon of a portal that has none: its initials in its colour, since only Balcão itself wears Balcão's mark. */
export function monogram({ portal, branding }: FoundPortal): string {
  const { brand, fg } = brandTokens(branding.theme.light.primary, 'light');
  const initials = initialsOf(portal.name);
  const size = initials.length > 1 ? 15 : 19;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${brand}"/><text x="16" y="16" fill="${fg}" font-family="system-ui,sans-serif" font-size="${size}" font-weight="600" text-anchor="middle" dominant-baseline="central">${escapeHtml(initials)}</text></svg>`;
}
