import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, eachOrganization, sql } from '@balcao/platform-tenancy';
import { ProposalDueService } from '../proposal-due.service.js';

/** Proposals of one organization before another has its turn. */
const TURN = 500;

/** Started by the clock: reminds of every organization's proposals that are about to expire, and ends those that have. */
@Injectable()
@JobHandler('proposals.due')
export class ProposalsDueHandler implements JobHandler<'proposals.due'> {
  constructor(
    private readonly database: Database,
    private readonly due: ProposalDueService,
  ) {}

  /** @throws AggregateError after all others were done, where an organization's proposals could not be looked after */
  async handle(): Promise<void> {
    await eachOrganization(this.database, {
      reason: 'organizations whose proposals are looked after',
      where: sql`exists (select from proposals p where p.organization_id = s.id and p.state = 'sent')`,
      turn: async (context) => (await this.due.run(context, TURN)) === TURN,
    });
  }
}
