import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { readTokenText, tokenText } from '@balcao/module-auth';
import { Secrets } from '@balcao/platform-config';

/** A link, as far as its token is made of it. */
export interface OfToken {
  id: string;
  organizationId: string;
  invoiceId: string;
}

/**
 * What opens a payment link: its id and an HMAC over id, organization and invoice. Only the id is stored; the HMAC is made when
 * a mail is sent, or staff copy the link, and checked when it comes back.
 */
@Injectable()
export class PaymentLinkTokens {
  constructor(private readonly secrets: Secrets) {}

  of(link: OfToken): string {
    return tokenText(link.id, this.mac(link));
  }

  /** The id of the link that a text says it is of; undefined for a text of another shape. */
  idOf(text: string): string | undefined {
    return readTokenText(text)?.id;
  }

  /** Whether we made it, of this link. */
  isGenuine(text: string, link: OfToken): boolean {
    const presented = readTokenText(text);
    return presented?.id === link.id && timingSafeEqual(presented.mac, this.mac(link));
  }

  private mac({ id, organizationId, invoiceId }: OfToken): Buffer {
    const facts = JSON.stringify([id, organizationId, invoiceId]);
    return createHmac('sha256', this.secrets.key('payment-link')).update(facts).digest();
  }
}
