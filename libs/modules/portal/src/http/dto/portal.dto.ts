import { ApiProperty } from '@nestjs/swagger';
import { LOCALES, type Locale } from '@balcao/contracts';
import { PortalFeatureFlags } from '@balcao/module-auth/http';
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
import { LONGEST_CUSTOM_CSS } from '../../domain/custom-css.js';
import { ThemeResponse } from './branding.dto.js';

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
      'Stylesheet of the tenant (S3.45), confined to the page of the portal: no imports, no addresses but data: pictures. ' +
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

class FeaturesRequest {
  @BooleanField({ description: 'Tickets (S3.5)', optional: true })
  tickets?: boolean;
  @BooleanField({ description: 'Borrowing equipment (S3.6)', optional: true })
  assetCheckout?: boolean;
  @BooleanField({ description: 'Devices (S3.7)', optional: true })
  selfService?: boolean;
  @BooleanField({ description: 'Password reset (S3.8)', optional: true })
  passwordReset?: boolean;
  @BooleanField({ description: 'Invitations (S0.53)', optional: true })
  invitations?: boolean;
  @BooleanField({ description: 'Knowledge base', optional: true })
  knowledgeBase?: boolean;
  @BooleanField({ description: 'Articles marked public are read without signing in', optional: true })
  publicArticles?: boolean;
}

class SecurityRequest {
  @IntegerField({
    description: 'Days after which a session ends',
    min: 1,
    max: 365,
    optional: true,
    example: 30,
  })
  sessionAbsoluteDays?: number;
  @IntegerField({
    description: 'Consecutive wrong passwords that lock',
    min: 3,
    max: 100,
    optional: true,
    example: 10,
  })
  lockThreshold?: number;
  @IntegerField({
    description: 'Minutes of a lock; 0 until somebody ends it',
    min: 0,
    max: 10_080,
    optional: true,
    example: 30,
  })
  lockMinutes?: number;
}

class TicketSettingsRequest {
  @IntegerField({
    description:
      'Days after which a resolved ticket closes by itself; 0 leaves that to people. Counts for tickets resolved from now on',
    min: 0,
    max: 365,
    optional: true,
    example: 7,
  })
  autoCloseDays?: number;
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
  @ObjectField({ description: 'Switches', type: () => FeaturesRequest, optional: true })
  features?: FeaturesRequest;
  @ObjectField({ description: 'Sessions and locks', type: () => SecurityRequest, optional: true })
  security?: SecurityRequest;
  @ObjectField({ description: 'Tickets', type: () => TicketSettingsRequest, optional: true })
  tickets?: TicketSettingsRequest;
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

class PortalSecurityFacts {
  @ApiProperty({ type: 'integer' }) sessionAbsoluteDays: number;
  @ApiProperty({ type: 'integer' }) lockThreshold: number;
  @ApiProperty({ type: 'integer' }) lockMinutes: number;
}

class PortalTicketsFacts {
  @ApiProperty({
    type: 'integer',
    description: 'Days until a resolved ticket closes by itself; 0 for never',
    example: 7,
  })
  autoCloseDays: number;
}

export class PortalItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'aurora' }) slug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty() isDefault: boolean;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ type: String, nullable: true }) customDomain: string | null;
  @ApiProperty() domainVerified: boolean;
  @ApiProperty() branding: PortalBrandingFacts;
  @ApiProperty() features: PortalFeatureFlags;
  @ApiProperty() security: PortalSecurityFacts;
  @ApiProperty() tickets: PortalTicketsFacts;
  @ApiProperty({ type: [String] }) allowedInvitationDomains: string[];
  @ApiProperty() updatedAt: Date;
}

export class PortalResponse {
  @ApiProperty() portal: PortalItem;
}

export class PortalListResponse {
  @ApiProperty({ type: [PortalItem] }) data: PortalItem[];
}
