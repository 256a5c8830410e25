import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '@balcao/contracts';
import { PortalFeatureFlags } from '@balcao/module-auth/http';
import type { FoundPortal } from '@balcao/module-directory';
import { Single } from '@balcao/platform-http';
import { hslToHex, type Theme, type ThemeColours } from '@balcao/theming';

export class HslResponse {
  @ApiProperty({ description: 'Hue in degrees', example: 219 }) h: number;
  @ApiProperty({ description: 'Saturation in percent', example: 66 }) s: number;
  @ApiProperty({ description: 'Lightness in percent', example: 38 }) l: number;
}

export class ThemeColoursResponse {
  @ApiProperty() primary: HslResponse;
  @ApiProperty({ type: HslResponse, nullable: true }) secondary: HslResponse | null;
  @ApiProperty({ type: HslResponse, nullable: true }) accent: HslResponse | null;
}

export class ThemeResponse {
  @ApiProperty() light: ThemeColoursResponse;
  @ApiProperty() dark: ThemeColoursResponse;
}

/** How a portal looks, to those who read it as to those who set it. */
export class PortalLook {
  @ApiProperty({ type: String, nullable: true }) logoUrl: string | null;
  @ApiProperty({ type: String, nullable: true }) logoDarkUrl: string | null;
  @ApiProperty({ type: String, nullable: true }) faviconUrl: string | null;
  @ApiProperty() theme: ThemeResponse;
  @ApiProperty({ type: String, nullable: true }) welcomeMessage: string | null;
  @ApiProperty({ type: String, nullable: true }) supportEmail: string | null;
  @ApiProperty({ type: String, nullable: true }) supportPhone: string | null;
  @ApiProperty({ type: String, nullable: true }) footerText: string | null;
  @ApiProperty({ enum: LOCALES, isArray: true }) languages: Locale[];
  @ApiProperty({ enum: LOCALES }) defaultLocale: Locale;
  @ApiProperty() showBalcaoMark: boolean;
}

/** Branding in other portals' words and in ours. */
export class BrandingFacts extends PortalLook {
  @ApiProperty({ format: 'uuid', description: 'Of the portal' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'Of the organization' }) orgId: string;
  @ApiProperty() organizationName: string;
  @ApiProperty({ example: 'Aurora Telecom' }) portalName: string;
  @ApiProperty() slug: string;
  @ApiProperty({ description: 'Light theme, as hexadecimal', example: '#214EA1' }) primaryColor: string;
  @ApiProperty({ example: '#214EA1' }) secondaryColor: string;
  @ApiProperty({ example: '#214EA1' }) accentColor: string;
  @ApiProperty({ type: String, nullable: true }) customDomain: string | null;
  @ApiProperty() domainVerified: boolean;
  @ApiProperty({ type: String, nullable: true, description: 'As it is served: confined to the page of the portal' })
  customCss: string | null;
  @ApiProperty() features: PortalFeatureFlags;
  @ApiProperty() enableTickets: boolean;
  @ApiProperty({ description: 'False until the portal lends equipment' }) enableAssetCheckout: boolean;
  @ApiProperty({ description: 'False until the portal shows devices' }) enableSelfService: boolean;
  @ApiProperty() enablePasswordReset: boolean;
}

export class BrandingResponse extends Single('branding', BrandingFacts) {}

export function brandingFacts(found: FoundPortal, customCss: string | null): BrandingFacts {
  const { organization, portal, branding, features } = found;
  const { light } = branding.theme;
  return {
    ...portal,
    ...branding,
    orgId: organization.id,
    organizationName: organization.name,
    portalName: portal.name,
    primaryColor: hslToHex(light.primary),
    secondaryColor: hslToHex(light.secondary ?? light.primary),
    accentColor: hslToHex(light.accent ?? light.primary),
    theme: themeOf(branding.theme),
    customCss,
    features,
    enableTickets: features.tickets,
    enableAssetCheckout: false,
    enableSelfService: false,
    enablePasswordReset: features.passwordReset,
  };
}

export function themeOf({ light, dark }: Theme): ThemeResponse {
  return { light: coloursOf(light), dark: coloursOf(dark) };
}

function coloursOf({ primary, secondary = null, accent = null }: ThemeColours): ThemeColoursResponse {
  return { primary, secondary, accent };
}
