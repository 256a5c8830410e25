import { createHmac, timingSafeEqual } from 'node:crypto';
import { readTokenText, tokenText } from '@balcao/module-auth';
import type { SecretPurpose, Secrets } from '@balcao/platform-config';

/** A link, as far as its token is made of it. */
export interface LinkOfToken {
  id: string;
  organizationId: string;
  /** What it opens. */
  subjectId: string;
}

/**
 * What opens a link to one thing without a sign-in: its id and an HMAC over id, organization and that thing. Only the id is stored;
 * the HMAC is made when a mail is sent, or staff copy the link, and checked when it comes back.
 */
export abstract class LinkTokens {
  /** @param purpose keeps links of one kind from opening another's */
  protected constructor(
    private readonly secrets: Secrets,
    private readonly purpose: SecretPurpose,
  ) {}

  of(link: LinkOfToken): string {
    return tokenText(link.id, this.mac(link));
  }

  /** The id of the link that a text says it is of; undefined for a text of another shape. */
  idOf(text: string): string | undefined {
    return readTokenText(text)?.id;
  }

  /** Whether we made it, of this link. */
  isGenuine(text: string, link: LinkOfToken): boolean {
    const presented = readTokenText(text);
    return presented?.id === link.id && timingSafeEqual(presented.mac, this.mac(link));
  }

  private mac({ id, organizationId, subjectId }: LinkOfToken): Buffer {
    const facts = JSON.stringify([id, organizationId, subjectId]);
    return createHmac('sha256', this.secrets.key(this.purpose)).update(facts).digest();
  }
}
