import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '@balcao/contracts';
import { PortalFeatureFlags } from '@balcao/module-auth/http';

export class HslResponse {
  @ApiProperty({ description: 'Hue in degrees', example: 219 }) h: number;
  @ApiProperty({ description: 'Saturation in percent', example: 66 }) s: number;
  @ApiProperty({ description: 'Lightness in percent', example: 38 }) l: number;
}

export class ThemeColoursResponse {
  @ApiProperty() primary: HslResponse;
  @ApiProperty({ type: HslResponse, nullable: true })
  secondary: HslResponse | null;
  @ApiProperty({ type: HslResponse, nullable: true })
  accent: HslResponse | null;
}

export class ThemeResponse {
  @ApiProperty() light: ThemeColoursResponse;
  @ApiProperty() dark: ThemeColoursResponse;
}

/** Branding with S3's fields and ours. */
export class BrandingFacts {
  @ApiProperty({ format: 'uuid', description: 'Of the portal' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'Of the organization' }) orgId: string;
  @ApiProperty({ example: 'Aurora Telecom' }) organizationName: string;
  @ApiProperty({ example: 'Aurora Telecom' }) portalName: string;
  @ApiProperty({ example: 'aurora' }) slug: string;
  @ApiProperty({ type: String, nullable: true }) logoUrl: string | null;
  @ApiProperty({ type: String, nullable: true }) logoDarkUrl: string | null;
  @ApiProperty({ type: String, nullable: true }) faviconUrl: string | null;
  @ApiProperty({
    description: 'Light theme, as hexadecimal',
    example: '#214EA1',
  })
  primaryColor: string;
  @ApiProperty({ example: '#214EA1' }) secondaryColor: string;
  @ApiProperty({ example: '#214EA1' }) accentColor: string;
  @ApiProperty() theme: ThemeResponse;
  @ApiProperty({ type: String, nullable: true }) customDomain: string | null;
  @ApiProperty() domainVerified: boolean;
  @ApiProperty({ type: String, nullable: true }) welcomeMessage: string | null;
  @ApiProperty({ type: String, nullable: true }) supportEmail: string | null;
  @ApiProperty({ type: String, nullable: true }) supportPhone: string | null;
  @ApiProperty({ type: String, nullable: true }) footerText: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'As it is served: confined to the page of the portal' })
  customCss: string | null;
  @ApiProperty({ enum: LOCALES, isArray: true }) languages: Locale[];
  @ApiProperty({ enum: LOCALES }) defaultLocale: Locale;
  @ApiProperty() showBalcaoMark: boolean;
  @ApiProperty() features: PortalFeatureFlags;
  @ApiProperty() enableTickets: boolean;
  @ApiProperty({ description: 'False until the portal lends equipment' }) enableAssetCheckout: boolean;
  @ApiProperty({ description: 'False until the portal shows devices' }) enableSelfService: boolean;
  @ApiProperty() enablePasswordReset: boolean;
}

export class BrandingResponse {
  @ApiProperty() branding: BrandingFacts;
}
