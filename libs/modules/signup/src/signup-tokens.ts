import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';

/**
 * Whose a token is: the browser's that began the signup, where the password was typed, or that of a link that was mailed.
 * Whoever reads the mail may go on with the signup, but has not typed its password.
 */
export type TokenHolder = 'browser' | 'mailbox';

const TOKEN_SHAPE = /^([bm])\.([A-Za-z0-9_-]{43})$/;

/** What opens a signup. A token is made of its id, and for a mailbox of its address, and is stored nowhere. */
@Injectable()
export class SignupTokens {
  constructor(private readonly secrets: Secrets) {}

  ofBrowser(signupId: string): string {
    return `b.${this.mac('browser', signupId, null).toString('base64url')}`;
  }

  ofMailbox(signupId: string, email: string): string {
    return `m.${this.mac('mailbox', signupId, email).toString('base64url')}`;
  }

  /** Whose the token of a signup is; undefined where it is none of its. */
  holderOf(token: string, signupId: string, email: string | null): TokenHolder | undefined {
    const [, kind, mac = ''] = TOKEN_SHAPE.exec(token) ?? [];
    if (!kind || (kind === 'm' && email === null)) return undefined;
    const holder = kind === 'b' ? 'browser' : 'mailbox';
    const genuine = this.mac(holder, signupId, holder === 'mailbox' ? email : null);
    return timingSafeEqual(Buffer.from(mac, 'base64url'), genuine) ? holder : undefined;
  }

  private mac(holder: TokenHolder, signupId: string, email: string | null): Buffer {
    const facts = JSON.stringify([holder, signupId, email]);
    return createHmac('sha256', this.secrets.key('signup-token')).update(facts).digest();
  }
}
