import { brandingCss, type Theme } from '@balcao/theming';

/** What a portal serves as its stylesheet: its colours, and behind them what the tenant wrote, as it was compiled. */
export const portalStylesheet = (theme: Theme, custom: string | null): string => brandingCss(theme) + (custom ?? '');
