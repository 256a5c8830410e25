import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  loginName,
  PORTAL_PERMISSIONS,
  LOCALES,
  SLUG,
  STAFF_ROLES,
  type Locale,
  type StaffRole,
} from '@balcao/contracts';
import { featureSettings } from '@balcao/module-directory';
import {
  Nullable,
  BooleanField,
  EmailField,
  EnumField,
  ListOf,
  NewPasswordField,
  PasswordField,
  Single,
  SuccessResponse,
  Switches,
  TextField,
  UuidField,
  NameField,
} from '@balcao/platform-http';

const [optional, nullable] = [true, true];
const SlugField = (description: string) =>
  TextField({ description, max: 63, pattern: SLUG, optional, example: 'aurora' });

/** How S3, S4 and we name the organization where the address does not. */
export class NamedOrganizationRequest {
  @UuidField({ description: 'Organization, where the address does not name it', optional }) organizationId?: string;
  @UuidField({ description: 'Alias of organizationId', optional }) orgId?: string;
  @SlugField('Slug of the organization') organizationSlug?: string;
  @SlugField('Alias of organizationSlug') tenantSlug?: string;
}

export class PortalLoginRequest extends NamedOrganizationRequest {
  @TextField({
    description: 'E-mail, or username where the organization is known',
    max: 320,
    example: 'ana@padaria.example',
  })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? loginName(value) : value))
  email: string;
  @PasswordField({ description: 'Password' }) password: string;
  @UuidField({ description: 'Billing account, chosen from the list of `multiple_accounts`', optional })
  billingAccountId?: string;
}

export class StaffLoginRequest {
  @EmailField({ description: 'E-mail', example: 'owner@aurora.example' }) email: string;
  @PasswordField({ description: 'Password' }) password: string;
  @SlugField('Organization, chosen from the list of `multiple_accounts`') organizationSlug?: string;
}

export class OperatorLoginRequest {
  @EmailField({ description: 'E-mail', example: 'operator@balcao.example' }) email: string;
  @PasswordField({ description: 'Password' }) password: string;
}

export class ForgotPasswordRequest extends NamedOrganizationRequest {
  @EmailField({ description: 'E-mail' }) email: string;
}

export class StaffForgotPasswordRequest {
  @EmailField({ description: 'E-mail' }) email: string;
  @SlugField('Slug of the organization') organizationSlug?: string;
}

export class VerifyEmailRequest {
  @TextField({ description: 'Token of the link', max: 200, example: 'AZIiIgAAcACAAAAAAAAAAQ.mac' }) token: string;
}

export class ResetPasswordRequest extends VerifyEmailRequest {
  @NewPasswordField({ description: 'New password' }) password: string;
}

export class ResendVerificationRequest extends ForgotPasswordRequest {}

export class ChangePasswordRequest {
  @PasswordField({ description: 'Current password' }) currentPassword: string;
  @NewPasswordField({ description: 'New password' }) newPassword: string;
}

export class UpdateProfileRequest {
  @NameField({ description: 'Name', optional }) name?: string;
  @BooleanField({ description: 'Whether notices are mailed', optional }) receiveNotifications?: boolean;
  @EnumField({ description: 'Language; null follows the organization', values: LOCALES, optional, nullable })
  locale?: Locale | null;
  @TextField({
    description: 'IANA time zone; null follows the organization',
    max: 64,
    optional,
    nullable,
    example: 'America/Sao_Paulo',
  })
  timeZone?: string | null;
  @NewPasswordField({ description: 'New password; needs currentPassword', optional }) password?: string;
  @PasswordField({ description: 'Current password', optional }) currentPassword?: string;
}

export class UpdateStaffProfileRequest {
  @NameField({ description: 'Name', optional, example: 'Rafael Nogueira' }) name?: string;
  @EnumField({ description: 'Language; null follows the browser', values: LOCALES, optional, nullable })
  locale?: Locale | null;
}

export class CreatePortalUserRequest {
  @UuidField({ description: 'Billing account that the user belongs to' }) billingAccountId: string;
  @EmailField({ description: 'E-mail that the user signs in with' }) email: string;
  @NameField({ description: 'Name' }) name: string;
  @TextField({
    description: 'Username, unique in the organization',
    max: 100,
    pattern: /^[a-z0-9._-]+$/,
    optional,
    nullable,
    example: 'ana.ribeiro',
  })
  username?: string | null;
  @UuidField({ description: "Role; the account's or organization's default otherwise", optional }) roleId?: string;
  @NewPasswordField({ description: 'First password' }) password: string;
}

export class MessageResponse extends SuccessResponse {
  @ApiProperty({ description: 'What was done, in words for people' }) message: string;
}

/** What the password of a link opens; told to whoever has the link. */
export class AccessFacts {
  @ApiProperty({ example: 'Aurora Telecom' }) organizationName: string;
  @Nullable(String, 'Billing account of a customer; null of staff', { example: 'Padaria Estrela' })
  billingAccountName: string | null;
  @ApiProperty({
    description: 'Whether the address opens other accounts of the organization, each with its own password',
  })
  hasOthers: boolean;
}

export class ResetLinkResponse extends IntersectionType(SuccessResponse, AccessFacts) {}

export class PortalUserFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid', description: 'Same as organizationId' }) orgId: string;
  @ApiProperty({ description: 'Same as organizationName', example: 'Aurora Telecom' }) orgName: string;
  @ApiProperty({ format: 'uuid' }) organizationId: string;
  @ApiProperty({ example: 'Aurora Telecom' }) organizationName: string;
  @ApiProperty({ example: 'aurora', description: 'How addresses name the organization' }) organizationSlug: string;
  @ApiProperty({ format: 'uuid' }) billingAccountId: string;
  @ApiProperty({ example: 'ana@padaria.example' }) email: string;
  @ApiProperty({ example: 'Ana Ribeiro' }) name: string;
  @ApiProperty({ example: 'Ana Ribeiro', description: 'Same as name' }) displayName: string;
  @ApiProperty() receiveNotifications: boolean;
  @ApiProperty({ example: 'active' }) status: string;
  @ApiProperty({
    enum: LOCALES,
    nullable: true,
    description: 'Language that was chosen; null follows the organization',
  })
  locale: Locale | null;
  @Nullable(String, 'IANA time zone that was chosen; null follows the organization') timeZone: string | null;
}

class AccessTokenResponse {
  @ApiProperty({ description: 'Same as accessToken above' }) accessToken: string;
  @ApiProperty({ type: 'integer', example: 86_400, description: 'How long it is good for, in seconds' })
  expiresInSeconds: number;
}

export class PortalLoginResponse {
  @ApiProperty() user: PortalUserFacts;
  @ApiProperty({ description: 'Session token of 48 characters, for `Authorization: Bearer`' }) accessToken: string;
  @ApiProperty() expiresAt: Date;
  @ApiProperty({ description: 'The same once more, as some clients look for it' }) tokens: AccessTokenResponse;
  @ApiProperty({ description: 'JWT of the same session' }) token: string;
}

class CustomerFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Padaria Estrela' }) name: string;
  @Nullable(String, undefined, { example: 'padaria-estrela' }) externalId: string | null;
}

export class OrganizationFactsResponse {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'aurora' }) slug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty({ enum: LOCALES, description: 'Language of those who have not chosen' }) locale: Locale;
  @ApiProperty({ example: 'America/Sao_Paulo', description: 'IANA time zone that days are counted in' })
  timeZone: string;
  @ApiProperty({ example: 'BRL', description: 'ISO 4217 code of the money that the organization counts in' })
  currency: string;
  @Nullable(Date, 'What time it is in a sandbox organization, where it stands still; null where the real time passes')
  now: Date | null;
}

class OpenPortal {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Aurora Empresas' }) name: string;
  @ApiProperty({ example: 'https://empresas.aurora.example/portal/', description: 'Where its visitors find it' })
  address: string;
  @ApiProperty({ description: 'Whether it is the portal of this session' }) isThis: boolean;
}

export class OpenPortalsResponse extends ListOf(OpenPortal) {}

class PortalFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'aurora' }) slug: string;
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @ApiProperty({ enum: LOCALES, isArray: true }) languages: readonly Locale[];
  @ApiProperty({ enum: LOCALES }) defaultLocale: Locale;
}

export class PortalFeatureFlags extends Switches(featureSettings.settings) {}

export class PortalMeResponse {
  @ApiProperty() user: PortalUserFacts;
  @ApiProperty({ description: 'Billing account that the user belongs to' }) customer: CustomerFacts;
  @ApiProperty() organization: OrganizationFactsResponse;
  @ApiProperty({ description: 'Where customers come in' }) portal: PortalFacts;
  @ApiProperty({ enum: PORTAL_PERMISSIONS, isArray: true }) permissions: string[];
  @ApiProperty() features: PortalFeatureFlags;
  @ApiProperty() sessionExpiresAt: Date;
}

export class ProfileResponse extends Single('user', PortalUserFacts, 'The person as they stand now') {}

export class StaffFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'owner@aurora.example' }) email: string;
  @ApiProperty({ example: 'Helena Prado' }) name: string;
  @ApiProperty({ enum: STAFF_ROLES }) role: StaffRole;
  @ApiProperty({ enum: LOCALES, nullable: true, description: 'Null follows the browser' })
  locale: Locale | null;
}

export class StaffMeResponse {
  @ApiProperty() user: StaffFacts;
  @ApiProperty() organization: OrganizationFactsResponse;
  @ApiProperty({ type: [String], example: ['tickets:read'] }) permissions: string[];
  @ApiProperty() sessionExpiresAt: Date;
}

class OperatorFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'operator@balcao.example' }) email: string;
  @ApiProperty() name: string;
}

export class OperatorMeResponse {
  @ApiProperty() user: OperatorFacts;
  @ApiProperty() sessionExpiresAt: Date;
}

/** A JWK set (RFC 7517). */
export class JwksResponse {
  @ApiProperty({
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    description: 'Public keys by which JWTs of this installation are verified',
  })
  keys: object[];
}
