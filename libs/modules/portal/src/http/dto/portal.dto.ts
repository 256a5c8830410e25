import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '@balcao/contracts';
import {
  BooleanField,
  EmailDomainListField,
  EmailField,
  EnumField,
  EnumListField,
  IntegerField,
  ObjectField,
  PictureField,
  TextField,
  NameField,
} from '@balcao/platform-http';
import { LONGEST_CUSTOM_CSS } from '../../branding/custom-css.js';
import { ThemeResponse } from './branding.dto.js';
import { SettingsFacts, SettingsRequest } from './settings.dto.js';

const COLOUR = { max: 100, optional: true, nullable: true, example: '#1f4e9f' };

class ThemeColoursRequest {
  @TextField({ description: 'Main colour: any CSS colour', ...COLOUR })
  primary?: string | null;
  @TextField({ description: 'Second colour', ...COLOUR }) secondary?: string | null;
  @TextField({ description: 'Colour of marks', ...COLOUR }) accent?: string | null;
}

class ThemeRequest {
  @ObjectField({ description: 'Colours on light ground', type: () => ThemeColoursRequest, optional: true })
  light?: ThemeColoursRequest;
  @ObjectField({ description: 'Colours on dark ground', type: () => ThemeColoursRequest, optional: true })
  dark?: ThemeColoursRequest;
}

class BrandingRequest {
  @PictureField({
    description: 'Logo on light ground',
    optional: true,
    nullable: true,
  })
  logoUrl?: string | null;
  @PictureField({
    description: 'Logo on dark ground',
    optional: true,
    nullable: true,
  })
  logoDarkUrl?: string | null;
  @PictureField({ description: 'Favicon', optional: true, nullable: true })
  faviconUrl?: string | null;
  @ObjectField({ description: 'Colours', type: () => ThemeRequest, optional: true })
  theme?: ThemeRequest;
  @TextField({
    description: 'Greeting on the sign-in page',
    max: 500,
    optional: true,
    nullable: true,
    example: 'Sua conta com a Aurora, sem fila.',
  })
  welcomeMessage?: string | null;
  @EmailField({
    description: 'Support e-mail',
    optional: true,
    nullable: true,
    example: 'suporte@aurora.example',
  })
  supportEmail?: string | null;
  @TextField({
    description: 'Support telephone',
    max: 50,
    optional: true,
    nullable: true,
    example: '0800 765 4321',
  })
  supportPhone?: string | null;
  @TextField({
    description: 'Text at the foot of pages and mails',
    max: 500,
    optional: true,
    nullable: true,
    example: 'Aurora Telecom Ltda.',
  })
  footerText?: string | null;
  @EnumListField({
    description: 'Languages offered; the default one is among them',
    values: LOCALES,
    minItems: 1,
    maxItems: LOCALES.length,
    example: [...LOCALES],
    optional: true,
  })
  languages?: Locale[];
  @EnumField({
    description: 'Language of visitors without a preference',
    values: LOCALES,
    optional: true,
  })
  defaultLocale?: Locale;
  @BooleanField({
    description: "Whether Balcão's mark stands in the footer",
    optional: true,
  })
  showBalcaoMark?: boolean;
  @TextField({
    description:
      'Stylesheet of the tenant, confined to the page of the portal: no imports, no addresses but data: pictures. ' +
      'Refused as a whole, naming each line that cannot be taken',
    min: 0,
    max: LONGEST_CUSTOM_CSS,
    verbatim: true,
    optional: true,
    nullable: true,
    example: '.card { border-radius: 4px }',
  })
  customCss?: string | null;
}

export class UpdatePortalRequest {
  @IntegerField({
    description: 'Version that was read; another one answers 409',
    min: 1,
    max: 2_147_483_647,
  })
  version: number;
  @NameField({
    description: 'Name',
    optional: true,
    example: 'Aurora Telecom',
  })
  name?: string;
  @ObjectField({ description: 'How it looks', type: () => BrandingRequest, optional: true })
  branding?: BrandingRequest;
  @ObjectField({ description: 'Settings by section', type: () => SettingsRequest, optional: true })
  settings?: SettingsRequest;
  @EmailDomainListField({
    description: 'Domains that may be invited; none allows all',
    maxItems: 100,
    optional: true,
    example: ['padaria.example'],
  })
  allowedInvitationDomains?: string[];
}

class PortalBrandingFacts {
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
  @ApiProperty({ type: String, nullable: true }) customCss: string | null;
}

export class PortalItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'aurora' }) slug: string;
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

export class PortalResponse {
  @ApiProperty() portal: PortalItem;
}

export class PortalListResponse {
  @ApiProperty({ type: [PortalItem] }) data: PortalItem[];
}
