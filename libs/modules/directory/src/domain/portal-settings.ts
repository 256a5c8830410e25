import { LOCALES, type Locale, type PortalFeature } from '@balcao/contracts';
import { defaultTheme, type Theme } from '@balcao/theming';
import { defineSettings, type SettingsSection } from './define-settings.js';

/** How a portal looks and whom its visitors can turn to (S0.42–47, S3.34–44). */
export interface PortalBranding {
  logoUrl: string | null;
  logoDarkUrl: string | null;
  faviconUrl: string | null;
  theme: Theme;
  welcomeMessage: string | null;
  supportEmail: string | null;
  supportPhone: string | null;
  footerText: string | null;
  languages: Locale[];
  defaultLocale: Locale;
  showBalcaoMark: boolean;
}

export type PortalFeatures = Record<PortalFeature, boolean>;

const DEFAULT_BRANDING: PortalBranding = {
  logoUrl: null,
  logoDarkUrl: null,
  faviconUrl: null,
  theme: defaultTheme,
  welcomeMessage: null,
  supportEmail: null,
  supportPhone: null,
  footerText: null,
  languages: [...LOCALES],
  defaultLocale: 'pt-BR',
  showBalcaoMark: true,
};

/** Stored branding with defaults where a portal says nothing. */
export const brandingOf = (stored: Partial<PortalBranding>): PortalBranding => ({ ...DEFAULT_BRANDING, ...stored });

const DESCRIPTIONS: Record<PortalFeature, string> = {
  tickets: 'Customers open and read tickets',
  passwordReset: 'Customers set a forgotten password anew by mail',
  invitations: 'Customers invite people into their account',
  knowledgeBase: 'Customers read articles',
  publicArticles: 'Articles marked public are read without signing in',
};

/** The switches of what there is; all are on by default. */
export const featureSettings: SettingsSection<PortalFeatures> = defineSettings(
  'features',
  mapValues(DESCRIPTIONS, (description) => ({ kind: 'switch' as const, default: true, description })),
);

function mapValues<Name extends string, From, To>(values: Record<Name, From>, to: (value: From) => To) {
  return Object.fromEntries(Object.entries<From>(values).map(([name, value]) => [name, to(value)])) as Record<Name, To>;
}
