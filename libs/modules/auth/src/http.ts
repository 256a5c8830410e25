export { AuthHttpModule } from './http/auth.http.module.js';
export { CredentialAuthenticator } from './http/credential-authenticator.js';
export { PortalFeatureFlags, PortalLoginResponse, StaffMeResponse } from './http/dto/auth.dto.js';
export { presentPortalLogin, presentStaffMe } from './http/auth.presenter.js';
export { SessionCookies } from './http/session-cookies.js';
