import type { PicturePurpose } from '@balcao/contracts';
import type { Mode } from '@balcao/theming';

/** The ground that each picture of a portal stands on. */
export const PICTURE_GROUNDS = {
  logoUrl: 'light',
  logoDarkUrl: 'dark',
  faviconUrl: 'light',
} as const satisfies Record<PicturePurpose, Mode>;
