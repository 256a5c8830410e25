import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Outbox } from '@balcao/platform-outbox';
import { Database, clockOf, sql, systemContext } from '@balcao/platform-tenancy';

/** Claims of one run; what is left waits for the next, longest due first. */
const MOST_CLAIMS = 500;
/** Until a claim is due again whose look was lost on the way. */
const AGAIN = '30 minutes';

/** Started by the clock: has the name servers asked about every claim that is due. The outbox shares them out fairly. */
@Injectable()
@JobHandler('domains.due')
export class DomainsDueHandler implements JobHandler<'domains.due'> {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async handle(): Promise<void> {
    await this.database.asPlatform('domains that are due', async (db) => {
      const due = await db.query<{ organizationId: string; id: string; now: Date | null }>(sql`
        with due as (
          select c.organization_id, c.id, o.now from domain_claims c
          join organization_standings o on o.id = c.organization_id and o.status = 'active'
          where c.next_check_at <= now() order by c.next_check_at limit ${MOST_CLAIMS} for no key update of c skip locked
        )
        update domain_claims c set next_check_at = now() + ${AGAIN}::interval from due
        where c.organization_id = due.organization_id and c.id = due.id
        returning c.organization_id as "organizationId", c.id, due.now`);
      for (const { organizationId, id, now } of due) {
        const context = systemContext(organizationId, { clock: clockOf({ now }) });
        await this.outbox.add(db, context, 'domains.check', { domainId: id });
      }
    });
  }
}
