import { createHash, randomBytes } from 'node:crypto';

const TOKEN = /^[A-Za-z0-9_-]{48}$/;

/** A new session token: 36 random bytes in 48 characters of base64url (RFC 4648 §5). */
export function newSessionToken(): string {
  return randomBytes(36).toString('base64url');
}

/** Whether a string could be a session token at all: what cannot is not looked up. */
export function isSessionToken(value: string): boolean {
  return TOKEN.test(value);
}

/** SHA-256 of a token: the only form in which it is stored and looked up. */
export function sessionTokenHash(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
