const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Passwords have at least this many characters. */
export const PASSWORD_MIN = 8;
/** bcrypt reads no more than this many bytes; longer ones are refused, never cut. */
export const PASSWORD_MAX_BYTES = 72;

/** Whether it could be an address; only a mail that arrives proves one. */
export const looksLikeEmail = (text: string): boolean => EMAIL.test(text.trim());

/** Why a new password does not fit, or `undefined`. The API looks at common passwords too. */
export function passwordProblem(password: string): 'short' | 'long' | undefined {
  if ([...password].length < PASSWORD_MIN) return 'short';
  if (new TextEncoder().encode(password).length > PASSWORD_MAX_BYTES) return 'long';
  return undefined;
}
