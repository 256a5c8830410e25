import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemContext, type Sql } from '@balcao/platform-tenancy';
import { CollectionDueWork } from '../collection/collection-due-work.js';
import { ExpiryNoticeService } from '../methods/expiry-notice.service.js';

/** Organizations that are asked for at a time. */
const PAGE = 200;
/** Of one organization in one run; what is left waits for the next, so that nobody's thousands hold up others. */
const MOST = 500;
/** Nobody is told of a card before that hour. */
const MORNING = 8;
/** Days before a first try on which its payer may be told, at most; see the settings of billing. */
const LONGEST_NOTICE = 31;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** Started by the clock: begins what is to be charged by now in every organization, and tells of what will be. */
@Injectable()
@JobHandler('payments.collect-due')
export class CollectDueHandler implements JobHandler<'payments.collect-due'> {
  constructor(
    private readonly database: Database,
    private readonly work: CollectionDueWork,
  ) {}

  /** @throws AggregateError after all others were done, where an organization's could not be collected */
  async handle(): Promise<void> {
    await eachOrganization(
      this.database,
      sql`exists (select from collections c where c.organization_id = s.id and c.state = 'waiting'
        and (c.next_at <= coalesce(s.now, now()) or c.next_at is null and c.ends_at <= coalesce(s.now, now())
          or c.attempts = 0 and c.noticed_at is null and c.next_at < coalesce(s.now, now()) + ${LONGEST_NOTICE} * interval '1 day'))`,
      (id, now) => this.work.collect(systemContext(id, { clock: clockOf({ now }) }), MOST),
    );
  }
}

/** Started by the clock: tells, where it is morning, of cards that will soon be charged no more. */
@Injectable()
@JobHandler('payments.notice-expiring')
export class NoticeExpiringHandler implements JobHandler<'payments.notice-expiring'> {
  constructor(
    private readonly database: Database,
    private readonly notices: ExpiryNoticeService,
  ) {}

  /** @throws AggregateError after all others were done, where an organization's accounts could not be told */
  async handle(): Promise<void> {
    await eachOrganization(
      this.database,
      sql`extract(hour from coalesce(s.now, now()) at time zone o.time_zone) >= ${MORNING}
        and exists (select from payment_methods m where m.organization_id = s.id and m.removed_at is null and m.expires_on is not null)`,
      (id, now) => this.notices.notice(systemContext(id, { clock: clockOf({ now }) }), MOST),
    );
  }
}

/** Active organizations of which something is so, by id; what of it is due is asked within each, by its own clock. */
async function eachOrganization(
  database: Database,
  condition: Sql,
  deed: (id: string, now: Date | null) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  let last = NIL_ID;
  for (;;) {
    const page: { id: string; now: Date | null }[] = await database.asPlatform(
      'organizations with saved cards to charge or to tell of',
      (db) =>
        db.query<{ id: string; now: Date | null }>(sql`
          select s.id, s.now from organization_standings s join organizations o on o.id = s.id
          where s.id > ${last}::uuid and s.status = 'active' and ${condition} order by s.id limit ${PAGE}`),
    );
    for (const { id, now } of page) await deed(id, now).catch((error: unknown) => failures.push(error));
    if (page.length < PAGE) break;
    last = page.at(-1)!.id;
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not every organization could be looked after');
}
