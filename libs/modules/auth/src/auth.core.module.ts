import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { AccessService } from './passwords/access.service.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { PasswordService } from './passwords/password.service.js';
import { ProfileService } from './profile/profile.service.js';
import { AccessTokens } from './sessions/access-tokens.js';
import { OwnSessions } from './sessions/own-sessions.service.js';
import { PrincipalReader } from './sessions/principal-reader.js';
import { SessionService } from './sessions/session.service.js';
import { SigningKeys } from './sessions/signing-keys.js';
import { KnownDevices } from './sign-in/known-devices.js';
import { Lockout } from './sign-in/lockout.js';
import { LoginLimits } from './sign-in/login-limits.js';
import { OperatorSignIn } from './sign-in/operator-sign-in.js';
import { PasswordGuard, PasswordStrategy } from './sign-in/password.strategy.js';
import { PortalSignIn } from './sign-in/portal-sign-in.js';
import { SignIn } from './sign-in/sign-in.service.js';
import { StaffSignIn } from './sign-in/staff-sign-in.js';
import { StrategyNames } from './sign-in/strategy-names.js';
import { EmailVerificationService } from './tokens/email-verification.service.js';
import { MailLinks } from './tokens/mail-links.js';
import { OneTimeTokens } from './tokens/one-time-tokens.js';
import { PasswordLinks } from './tokens/password-links.js';

const SERVICES = [
  AccessService,
  AccessTokens,
  EmailVerificationService,
  KnownDevices,
  Lockout,
  LoginLimits,
  MailLinks,
  OneTimeTokens,
  OwnSessions,
  OperatorSignIn,
  PasswordGuard,
  PasswordHasher,
  PasswordLinks,
  PasswordService,
  PasswordStrategy,
  PortalSignIn,
  PrincipalReader,
  ProfileService,
  SessionService,
  SignIn,
  SigningKeys,
  StaffSignIn,
  StrategyNames,
];

@Module({
  imports: [DirectoryCoreModule],
  providers: SERVICES,
  exports: SERVICES,
})
export class AuthCoreModule {}
