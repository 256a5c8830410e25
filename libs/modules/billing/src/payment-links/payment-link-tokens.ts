import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { LinkTokens } from './link-tokens.js';

/** What opens a payment link; what it opens is an invoice. */
@Injectable()
export class PaymentLinkTokens extends LinkTokens {
  constructor(secrets: Secrets) {
    super(secrets, 'payment-link');
  }
}
