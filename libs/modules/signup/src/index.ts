export { SignupEntity } from './persistence/signup.entity.js';
export type { SignupSettings } from './signup-settings.js';
export { SignupTokens } from './signup-tokens.js';
