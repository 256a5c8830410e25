import { AuthHttpModule } from './http/auth.http.module.js';
import { securitySettings } from './security-settings.js';

export { AuthHttpModule } from './http/auth.http.module.js';
export { PortalFeatureFlags, PortalLoginResponse, StaffMeResponse } from './http/dto/auth.dto.js';
export { presentPortalLogin, presentStaffMe } from './http/auth.presenter.js';
export { FromBrowser, SessionCookies, type Browser } from './http/session-cookies.js';

/** What the API runs of this module. */
export const authApi = { module: AuthHttpModule, settings: [securitySettings] };
