import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, localized, type Locale, type Localized } from '@balcao/contracts';
import { PortalFeatureFlags } from '@balcao/module-auth/http';
import { BRANDING_TEXTS, type BrandingText, type FoundPortal, type PortalBranding } from '@balcao/module-directory';
import { Nullable, Single } from '@balcao/platform-http';
import { hslToHex } from '@balcao/theming';
import { LocalizedText } from './settings.dto.js';
import { ThemeResponse, themeOf } from './theme.dto.js';

/** What the portal says of itself, in each language. */
export class BrandingTexts implements Record<BrandingText, Localized> {
  @ApiProperty({ type: () => LocalizedText, description: 'Greeting on the sign-in page' }) welcomeMessage: Localized;
  @ApiProperty({ type: () => LocalizedText, description: 'When somebody answers' }) supportHours: Localized;
  @ApiProperty({ type: () => LocalizedText, description: 'Text at the foot of pages and mails' }) footerText: Localized;
}

/** Settings of the brand that pages are not told, or not by this. */
type Unsaid = 'termsVersion';
/** Every other one is answered under its name, so that a new one is a member of the class or named above; a text is one of `texts`. */
type Answered = Record<Exclude<keyof PortalBranding, BrandingText | Unsaid>, unknown>;

/** Branding in other portals' words and in ours. */
export class BrandingFacts implements Answered {
  @Nullable(String, 'Logo on light ground; null for none') logoUrl: string | null;
  @Nullable(String, 'Logo on dark ground; null for none') logoDarkUrl: string | null;
  @Nullable(String, 'Picture for browser tabs; null for ours') faviconUrl: string | null;
  @ApiProperty({ description: 'Colours on light and on dark ground' }) theme: ThemeResponse;
  @Nullable(String, 'In the default language') welcomeMessage: string | null;
  @Nullable(String, 'Where customers write to; null for nowhere')
  supportEmail: string | null;
  @Nullable(String, 'Where customers call; null for nowhere') supportPhone: string | null;
  @Nullable(String, 'In the default language') footerText: string | null;
  @Nullable(String, 'Terms of use; null for none') termsUrl: string | null;
  @Nullable(String, 'Privacy notice; null for none') privacyUrl: string | null;
  @ApiProperty({ description: 'What the portal says of itself, in each language' }) texts: BrandingTexts;
  @ApiProperty({ enum: LOCALES, isArray: true }) languages: Locale[];
  @ApiProperty({ enum: LOCALES }) defaultLocale: Locale;
  @ApiProperty() showBalcaoMark: boolean;
  @ApiProperty({ format: 'uuid', description: 'Of the portal' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'Of the organization' }) orgId: string;
  @ApiProperty() organizationName: string;
  @ApiProperty({ example: false, description: 'Whether it is for trying things out: nothing here is meant' })
  isSandbox: boolean;
  @ApiProperty({ example: 'Aurora Telecom', description: 'What the portal is called' }) portalName: string;
  @ApiProperty() slug: string;
  @ApiProperty({ description: 'Light theme, as hexadecimal', example: '#214EA1' }) primaryColor: string;
  @ApiProperty({ example: '#214EA1', description: 'Second colour on light ground, as hexadecimal' })
  secondaryColor: string;
  @ApiProperty({ example: '#214EA1', description: 'Colour of marks on light ground, as hexadecimal' })
  accentColor: string;
  @Nullable(String) customDomain: string | null;
  @ApiProperty() domainVerified: boolean;
  @Nullable(String, 'As it is served: confined to the page of the portal')
  customCss: string | null;
  @ApiProperty() features: PortalFeatureFlags;
  @ApiProperty({ description: 'Whether customers open and read tickets' }) enableTickets: boolean;
  @ApiProperty({ description: 'False until the portal lends equipment' }) enableAssetCheckout: boolean;
  @ApiProperty({ description: 'False until the portal shows devices' }) enableSelfService: boolean;
  @ApiProperty({ description: 'Whether customers set a forgotten password anew by mail' }) enablePasswordReset: boolean;
}

export class BrandingResponse extends Single('branding', BrandingFacts, 'How the portal looks') {}

export function brandingFacts(found: FoundPortal, customCss: string | null): BrandingFacts {
  const { organization, branding, features } = found;
  // Where mails lead is no matter of looks.
  const { domainLeadsHere: _, ...portal } = found.portal;
  const { theme, termsVersion: __, ...shown } = branding;
  const texts = Object.fromEntries(BRANDING_TEXTS.map((name) => [name, shown[name]])) as Record<
    BrandingText,
    Localized
  >;
  const { light } = theme;
  const inFirstLanguage = (text: Localized) => localized(text, shown.defaultLocale, shown.defaultLocale)?.text ?? null;
  return {
    ...portal,
    ...withoutTexts(shown),
    orgId: organization.id,
    organizationName: organization.name,
    isSandbox: organization.now !== null,
    portalName: portal.name,
    primaryColor: hslToHex(light.primary),
    secondaryColor: hslToHex(light.secondary ?? light.primary),
    accentColor: hslToHex(light.accent ?? light.primary),
    theme: themeOf(theme),
    welcomeMessage: inFirstLanguage(texts.welcomeMessage),
    footerText: inFirstLanguage(texts.footerText),
    texts,
    customCss,
    features,
    enableTickets: features.tickets,
    enableAssetCheckout: false,
    enableSelfService: false,
    enablePasswordReset: features.passwordReset,
  };
}

function withoutTexts<Settings extends Record<BrandingText, unknown>>(
  settings: Settings,
): Omit<Settings, BrandingText> {
  const isText = (name: string) => (BRANDING_TEXTS as readonly string[]).includes(name);
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !isText(name))) as Omit<Settings, BrandingText>;
}
