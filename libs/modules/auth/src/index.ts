export { AuthCoreModule } from './auth.core.module.js';
export { BalcaoAuthenticator } from './balcao-authenticator.js';
export { LoginLimits } from './login-limits.js';
export { MailLinks } from './mail-links.js';
export { OneTimeTokens, TOKEN_HOURS, type PresentedToken, type TokenPurpose } from './one-time-tokens.js';
export { PasswordHasher } from './password-hasher.js';
export { PortalLoginService, type PortalLogin } from './portal-login.service.js';
export { StaffLoginService, type StaffLogin } from './staff-login.service.js';
export { insertOperator } from './insert-operator.js';
