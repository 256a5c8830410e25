export { SignupTokens } from './signup-tokens.js';
