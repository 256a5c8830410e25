import { LOCALES, type Locale, type PortalFeature } from '@balcao/contracts';
import { defaultTheme, type Theme } from '@balcao/theming';

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

export interface PortalSecurity {
  /** Days after which a session ends, however busy it was. */
  sessionAbsoluteDays: number;
  /** Consecutive wrong passwords that lock an e-mail. */
  lockThreshold: number;
  /** Minutes that a lock lasts; 0 lasts until somebody ends it. */
  lockMinutes: number;
}

export interface PortalTickets {
  /** Days after which a resolved ticket closes by itself; 0 leaves that to people. */
  autoCloseDays: number;
}

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

const DEFAULT_FEATURES: PortalFeatures = {
  tickets: true,
  assetCheckout: true,
  selfService: true,
  passwordReset: true,
  invitations: true,
  knowledgeBase: true,
  publicArticles: true,
};

const DEFAULT_SECURITY: PortalSecurity = {
  sessionAbsoluteDays: 30,
  lockThreshold: 10,
  lockMinutes: 30,
};

const DEFAULT_TICKETS: PortalTickets = {
  autoCloseDays: 7,
};

/** Stored settings with defaults where a portal says nothing (all switches are on by default, S3.5–8). */
export const brandingOf = (stored: Partial<PortalBranding>): PortalBranding => ({ ...DEFAULT_BRANDING, ...stored });
export const featuresOf = (stored: Partial<PortalFeatures>): PortalFeatures => ({ ...DEFAULT_FEATURES, ...stored });
export const securityOf = (stored: Partial<PortalSecurity>): PortalSecurity => ({ ...DEFAULT_SECURITY, ...stored });
export const ticketSettingsOf = (stored: Partial<PortalTickets>): PortalTickets => ({ ...DEFAULT_TICKETS, ...stored });
