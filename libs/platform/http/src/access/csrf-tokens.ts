import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';

/**
 * Double-submit tokens bound to a session: a nonce and its HMAC with the session's id, so that a token
 * planted by a neighbouring subdomain is worth nothing.
 */
@Injectable()
export class CsrfTokens {
  constructor(private readonly secrets: Secrets) {}

  issue(sessionId: string): string {
    const nonce = randomBytes(16).toString('base64url');
    return `${nonce}.${this.mac(sessionId, nonce)}`;
  }

  /** Whether cookie and header hold the same token and it was issued for this session. */
  verify(sessionId: string, cookie: string | undefined, header: string | undefined): boolean {
    if (!cookie || !header || !equal(cookie, header)) return false;
    const [nonce = '', mac = ''] = header.split('.', 2);
    return equal(mac, this.mac(sessionId, nonce));
  }

  private mac(sessionId: string, nonce: string): string {
    return createHmac('sha256', this.secrets.key('csrf')).update(`${sessionId}.${nonce}`).digest('base64url');
  }
}

function equal(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}
