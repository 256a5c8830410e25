import { Injectable } from '@nestjs/common';
import { LinkTokens } from '@balcao/module-billing';
import { Secrets } from '@balcao/platform-config';

/** What opens a link to a proposal. */
@Injectable()
export class ProposalLinkTokens extends LinkTokens {
  constructor(secrets: Secrets) {
    super(secrets, 'proposal-link');
  }
}
