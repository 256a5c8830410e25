import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemContext } from '@balcao/platform-tenancy';
import { ProposalDueService } from '../proposal-due.service.js';

/** Organizations that are asked for at a time. */
const PAGE = 200;
/** Proposals of one organization in one run; what is left waits for the next, so that nobody's thousands hold up others. */
const MOST_PROPOSALS = 500;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

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
    const failures: unknown[] = [];
    for (
      let page = await this.organizationsAfter(NIL_ID);
      page.length > 0;
      page = await this.organizationsAfter(page.at(-1)!.id)
    ) {
      for (const { id, now } of page) {
        try {
          await this.due.run(systemContext(id, { clock: clockOf({ now }) }), MOST_PROPOSALS);
        } catch (error) {
          failures.push(error);
        }
      }
      if (page.length < PAGE) break;
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not every organization could be looked after');
  }

  /** Active organizations of which a proposal waits for its customer, by id. */
  private async organizationsAfter(id: string): Promise<{ id: string; now: Date | null }[]> {
    return this.database.asPlatform('organizations whose proposals are looked after', (db) =>
      db.query<{ id: string; now: Date | null }>(sql`
        select s.id, s.now from organization_standings s
        where s.id > ${id}::uuid and s.status = 'active'
          and exists (select from proposals p where p.organization_id = s.id and p.state = 'sent')
        order by s.id limit ${PAGE}`),
    );
  }
}
