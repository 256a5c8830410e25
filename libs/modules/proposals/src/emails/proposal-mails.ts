import { Injectable } from '@nestjs/common';
import type { EventName, HeardEvent } from '@balcao/contracts';
import { found } from '@balcao/platform-errors';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { ProposalRepository } from '../persistence/proposal.repository.js';
import { ProposalMailer } from './proposal-mailer.js';

const HEARD = [
  'proposal.sent',
  'proposal.accepted',
  'proposal.rejected',
  'proposal.withdrawn',
  'proposal.expired',
] as const satisfies EventName[];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

/**
 * Writes what becomes of proposals: to those who may decide that one was sent or is withdrawn, to both sides that it was accepted, to
 * staff that it was not, or that nobody decided.
 */
@Injectable()
@Subscriber('proposals.mails', HEARD)
export class ProposalMails implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly mailer: ProposalMailer,
  ) {}

  async hear(event: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const proposal = found(await this.proposals.find(db, event.ids.proposalId));
      const version = found(await this.proposals.sent(db, proposal.id));
      const about = {
        proposal: { ...proposal, validUntil: version.validUntil },
        versionId: version.id,
        occasion: event.id,
      };
      switch (event.name) {
        case 'proposal.sent':
          // Of several versions that went out one after the other the last is told.
          if (event.ids.proposalVersionId === version.id)
            await this.mailer.toCustomer(db, context, { ...about, template: 'proposal-sent', said: 'mailed' });
          break;
        case 'proposal.accepted':
          await this.mailer.toCustomer(db, context, { ...about, template: 'proposal-accepted' });
          await this.mailer.toStaff(db, context, { ...about, template: 'proposal-customer-accepted' });
          break;
        case 'proposal.rejected':
          await this.mailer.toStaff(db, context, { ...about, template: 'proposal-customer-rejected' });
          break;
        case 'proposal.withdrawn':
          await this.mailer.toCustomer(db, context, { ...about, template: 'proposal-withdrawn' });
          break;
        case 'proposal.expired':
          await this.mailer.toStaff(db, context, { ...about, template: 'proposal-customer-silent' });
      }
      await finish(db);
    });
  }
}
