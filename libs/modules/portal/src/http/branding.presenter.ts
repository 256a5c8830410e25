import type { FoundPortal } from '@balcao/module-directory';
import { hslToHex, type ThemeColours } from '@balcao/theming';
import type { BrandingFacts, ThemeColoursResponse } from './dto/branding.dto.js';

export function presentBranding(
  { organization, portal, branding, features }: FoundPortal,
  customCss: string | null,
): BrandingFacts {
  const { light, dark } = branding.theme;
  return {
    id: portal.id,
    orgId: organization.id,
    organizationName: organization.name,
    portalName: portal.name,
    slug: portal.slug,
    logoUrl: branding.logoUrl,
    logoDarkUrl: branding.logoDarkUrl,
    faviconUrl: branding.faviconUrl,
    primaryColor: hslToHex(light.primary),
    secondaryColor: hslToHex(light.secondary ?? light.primary),
    accentColor: hslToHex(light.accent ?? light.primary),
    theme: { light: presentColours(light), dark: presentColours(dark) },
    customDomain: portal.customDomain,
    domainVerified: portal.domainVerified,
    welcomeMessage: branding.welcomeMessage,
    supportEmail: branding.supportEmail,
    supportPhone: branding.supportPhone,
    footerText: branding.footerText,
    customCss,
    languages: branding.languages,
    defaultLocale: branding.defaultLocale,
    showBalcaoMark: branding.showBalcaoMark,
    features,
    enableTickets: features.tickets,
    enableAssetCheckout: false,
    enableSelfService: false,
    enablePasswordReset: features.passwordReset,
  };
}

export function presentColours({ primary, secondary, accent }: ThemeColours): ThemeColoursResponse {
  return { primary, secondary: secondary ?? null, accent: accent ?? null };
}
