import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import type { SignupEntity } from './persistence/signup.entity.js';

/**
 * Whose a token is: the browser's where the password was typed, or that of a link that was mailed. Whoever reads the mail may
 * go on with the signup, but has not typed its password; once they send the data, theirs is the browser, and the one of before
 * opens nothing more, nor does it once staff have named another mailbox (`handovers`).
 */
export type TokenHolder = 'browser' | 'mailbox';

const TOKEN_SHAPE = /^([bm])\.([A-Za-z0-9_-]{43})$/;

/** A signup, as far as its tokens are made of it. */
export type OfTokens = Pick<SignupEntity, 'id' | 'handovers' | 'administratorEmail'>;

/** What opens a signup. A token is made of its id, and of the handovers before it or of its mailbox; it is stored nowhere. */
@Injectable()
export class SignupTokens {
  constructor(private readonly secrets: Secrets) {}

  ofBrowser({ id, handovers }: Pick<OfTokens, 'id' | 'handovers'>): string {
    return `b.${this.mac('browser', id, handovers).toString('base64url')}`;
  }

  ofMailbox(signupId: string, email: string): string {
    return `m.${this.mac('mailbox', signupId, email).toString('base64url')}`;
  }

  /** Whose the token of a signup is; undefined where it is none of its. */
  holderOf(token: string, { id, handovers, administratorEmail: email }: OfTokens): TokenHolder | undefined {
    const [, kind, mac = ''] = TOKEN_SHAPE.exec(token) ?? [];
    if (!kind || (kind === 'm' && email === null)) return undefined;
    const holder = kind === 'b' ? 'browser' : 'mailbox';
    const genuine = this.mac(holder, id, holder === 'mailbox' ? email : handovers);
    return timingSafeEqual(Buffer.from(mac, 'base64url'), genuine) ? holder : undefined;
  }

  private mac(holder: TokenHolder, signupId: string, of: string | number | null): Buffer {
    const facts = JSON.stringify([holder, signupId, of]);
    return createHmac('sha256', this.secrets.key('signup-token')).update(facts).digest();
  }
}
