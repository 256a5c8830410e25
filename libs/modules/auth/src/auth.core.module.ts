import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { AccessTokens } from './access-tokens.js';
import { BalcaoAuthenticator } from './balcao-authenticator.js';
import { EmailVerificationService } from './email-verification.service.js';
import { Lockout } from './lockout.js';
import { LoginLimits } from './login-limits.js';
import { MailLinks } from './mail-links.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { OperatorLoginService } from './operator-login.service.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordService } from './password.service.js';
import { PortalLoginService } from './portal-login.service.js';
import { PortalUserAccessService } from './portal-user-access.service.js';
import { PrincipalReader } from './principal-reader.js';
import { ProfileService } from './profile.service.js';
import { SessionService } from './session.service.js';
import { SigningKeys } from './signing-keys.js';
import { StaffAccessService } from './staff-access.service.js';
import { StaffLoginService } from './staff-login.service.js';
import { StaffPasswordService } from './staff-password.service.js';
import { StaffProfileService } from './staff-profile.service.js';
import { TrustedDevices } from './trusted-devices.js';

const SERVICES = [
  AccessTokens,
  BalcaoAuthenticator,
  EmailVerificationService,
  Lockout,
  LoginLimits,
  MailLinks,
  OneTimeTokens,
  OperatorLoginService,
  PasswordHasher,
  PasswordService,
  PortalLoginService,
  PortalUserAccessService,
  PrincipalReader,
  ProfileService,
  SessionService,
  SigningKeys,
  StaffAccessService,
  StaffLoginService,
  StaffPasswordService,
  StaffProfileService,
  TrustedDevices,
];

@Module({
  imports: [DirectoryCoreModule],
  providers: SERVICES,
  exports: SERVICES,
})
export class AuthCoreModule {}
