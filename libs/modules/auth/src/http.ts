import { Global, Module } from '@nestjs/common';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { Authenticator } from '@balcao/platform-http';
import { AuthCoreModule } from './auth.core.module.js';
import { CredentialAuthenticator } from './http/credential-authenticator.js';
import { JwksController } from './http/jwks.controller.js';
import { OperatorAuthController } from './http/operator-auth.controller.js';
import { PortalAuthController } from './http/portal-auth.controller.js';
import { ProfileController } from './http/profile.controller.js';
import { SessionCookies } from './http/session-cookies.js';
import { JwtStrategy } from './http/strategies/jwt.strategy.js';
import { SessionStrategy } from './http/strategies/session.strategy.js';
import { PortalUserAccessController, StaffAccessController } from './http/access.controllers.js';
import { StaffAuthController } from './http/staff-auth.controller.js';
import { StaffProfileController } from './http/staff-profile.controller.js';
import { securitySettings } from './security-settings.js';

export { AccessFacts, PortalFeatureFlags, PortalLoginResponse, StaffMeResponse } from './http/dto/auth.dto.js';
export { presentPortalLogin, presentStaffMe } from './http/auth.presenter.js';
export { FromBrowser, SessionCookies, type Browser } from './http/session-cookies.js';

/** Tells platform/http who acts. */
@Global()
@Module({
  imports: [AuthCoreModule, DirectoryCoreModule],
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

/** What the API runs of this module. */
export const authApi = { module: AuthHttpModule, settings: [securitySettings] };
