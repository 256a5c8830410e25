export { AuthCoreModule } from './auth.core.module.js';
export { PasswordHasher } from './passwords/password-hasher.js';
export { LoginLimits } from './sign-in/login-limits.js';
export { insertOperator } from './sign-in/insert-operator.js';
export { PortalSignIn, type PortalLogin } from './sign-in/portal-sign-in.js';
export { StaffSignIn, type StaffLogin } from './sign-in/staff-sign-in.js';
export { EmailVerificationService } from './tokens/email-verification.service.js';
export { MailLinks } from './tokens/mail-links.js';
export { OneTimeTokens, TOKEN_HOURS, type PresentedToken, type TokenPurpose } from './tokens/one-time-tokens.js';
