import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '@balcao/contracts';
import { brandingOf, portalOrigin } from '@balcao/module-directory';
import type { PortalEntity } from '@balcao/module-directory/entities';
import {
  BooleanField,
  EmailDomainListField,
  EmailField,
  EnumField,
  EnumListField,
  ListOf,
  NameField,
  ObjectField,
  PictureField,
  Single,
  TextField,
  VersionField,
} from '@balcao/platform-http';
import { LONGEST_CUSTOM_CSS } from '../../branding/custom-css.js';
import { PortalLook, themeOf } from './branding.dto.js';
import { SettingsFacts, SettingsRequest, presentSettings } from './settings.dto.js';

const optional = true;
const EMPTY = { optional, nullable: true };
const COLOUR = { max: 100, example: '#1f4e9f', ...EMPTY };

class ThemeColoursRequest {
  @TextField({ description: 'Main colour: any CSS colour', ...COLOUR }) primary?: string | null;
  @TextField({ description: 'Second colour', ...COLOUR }) secondary?: string | null;
  @TextField({ description: 'Colour of marks', ...COLOUR }) accent?: string | null;
}

class ThemeRequest {
  @ObjectField({ type: () => ThemeColoursRequest, optional }) light?: ThemeColoursRequest;
  @ObjectField({ type: () => ThemeColoursRequest, optional }) dark?: ThemeColoursRequest;
}

class BrandingRequest {
  @PictureField(EMPTY) logoUrl?: string | null;
  @PictureField(EMPTY) logoDarkUrl?: string | null;
  @PictureField(EMPTY) faviconUrl?: string | null;
  @ObjectField({ type: () => ThemeRequest, optional }) theme?: ThemeRequest;
  @TextField({ max: 500, ...EMPTY }) welcomeMessage?: string | null;
  @EmailField({ example: 'suporte@aurora.example', ...EMPTY }) supportEmail?: string | null;
  @TextField({ max: 50, ...EMPTY }) supportPhone?: string | null;
  @TextField({ max: 500, ...EMPTY }) footerText?: string | null;
  @EnumListField({
    description: 'Languages offered; the default one is among them',
    values: LOCALES,
    minItems: 1,
    maxItems: LOCALES.length,
    example: [...LOCALES],
    optional,
  })
  languages?: Locale[];
  @EnumField({ values: LOCALES, optional }) defaultLocale?: Locale;
  @BooleanField({ optional }) showBalcaoMark?: boolean;
  @TextField({
    description:
      'Stylesheet of the tenant, confined to the page of the portal: no imports, no addresses but data: pictures. ' +
      'Refused as a whole, naming each line that cannot be taken',
    min: 0,
    max: LONGEST_CUSTOM_CSS,
    verbatim: true,
    ...EMPTY,
  })
  customCss?: string | null;
}

export class UpdatePortalRequest {
  @VersionField() version: number;
  @NameField({ optional, example: 'Aurora Telecom' }) name?: string;
  @ObjectField({ type: () => BrandingRequest, optional }) branding?: BrandingRequest;
  @ObjectField({ description: 'Settings by section', type: () => SettingsRequest, optional })
  settings?: SettingsRequest;
  @EmailDomainListField({ maxItems: 100, optional }) allowedInvitationDomains?: string[];
}

class PortalBrandingFacts extends PortalLook {
  @ApiProperty({ type: String, nullable: true }) customCss: string | null;
}

export class PortalItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() slug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty() isDefault: boolean;
  @ApiProperty({ description: 'Where its visitors find it', example: 'https://portal.aurora.example/portal/' })
  address: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ type: String, nullable: true }) customDomain: string | null;
  @ApiProperty() domainVerified: boolean;
  @ApiProperty() branding: PortalBrandingFacts;
  @ApiProperty() settings: SettingsFacts;
  @ApiProperty({ type: [String] }) allowedInvitationDomains: string[];
  @ApiProperty() updatedAt: Date;
}

export class PortalResponse extends Single('portal', PortalItem) {}

export class PortalListResponse extends ListOf(PortalItem) {}

export function portalItem(portal: PortalEntity, publicUrl: string): PortalItem {
  const branding = brandingOf(portal.branding);
  return {
    ...portal,
    // An accessor, which a copy leaves behind.
    domainVerified: portal.domainVerified,
    address: `${portalOrigin(portal, publicUrl)}/portal/`,
    branding: { ...branding, customCss: portal.customCss, theme: themeOf(branding.theme) },
    settings: presentSettings(portal.settings),
  };
}
