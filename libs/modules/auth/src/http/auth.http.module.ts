import { Global, Module } from '@nestjs/common';
import { Authenticator } from '@balcao/platform-http';
import { AuthCoreModule } from '../auth.core.module.js';
import { CredentialAuthenticator } from './credential-authenticator.js';
import { JwksController } from './jwks.controller.js';
import { OperatorAuthController } from './operator-auth.controller.js';
import { PortalAuthController } from './portal-auth.controller.js';
import { ProfileController } from './profile.controller.js';
import { SessionCookies } from './session-cookies.js';
import { JwtStrategy } from './strategies/jwt.strategy.js';
import { SessionStrategy } from './strategies/session.strategy.js';
import { PortalUserAccessController, StaffAccessController } from './access.controllers.js';
import { StaffAuthController } from './staff-auth.controller.js';
import { StaffProfileController } from './staff-profile.controller.js';

/** Tells platform/http who acts. */
@Global()
@Module({
  imports: [AuthCoreModule],
  controllers: [
    JwksController,
    OperatorAuthController,
    PortalAuthController,
    PortalUserAccessController,
    ProfileController,
    StaffAccessController,
    StaffAuthController,
    StaffProfileController,
  ],
  providers: [
    { provide: Authenticator, useExisting: CredentialAuthenticator },
    CredentialAuthenticator,
    JwtStrategy,
    SessionCookies,
    SessionStrategy,
  ],
  exports: [Authenticator, SessionCookies],
})
export class AuthHttpModule {}
