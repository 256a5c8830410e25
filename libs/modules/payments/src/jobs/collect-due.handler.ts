import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, eachOrganization, sql } from '@balcao/platform-tenancy';
import { CollectionDueWork } from '../collection/collection-due-work.js';
import { ExpiryNoticeService } from '../methods/expiry-notice.service.js';

/** Of one organization in one run; what is left waits for the next, so that nobody's thousands hold up others. */
const MOST = 500;
/** Nobody is told of a card before that hour. */
const MORNING = 8;
/** Days before a first try on which its payer may be told, at most; see the settings of billing. */
const LONGEST_NOTICE = 31;

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
    await eachOrganization(this.database, {
      reason: 'organizations with saved cards to charge',
      where: sql`exists (select from collections c where c.organization_id = s.id and c.state = 'waiting'
        and (c.next_at <= coalesce(s.now, now()) or c.next_at is null and c.ends_at <= coalesce(s.now, now())
          or c.attempts = 0 and c.noticed_at is null and c.next_at < coalesce(s.now, now()) + ${LONGEST_NOTICE} * interval '1 day'))`,
      turn: (context) => this.work.collect(context, MOST),
    });
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
    await eachOrganization(this.database, {
      reason: 'organizations whose saved cards are about to expire',
      where: sql`extract(hour from coalesce(s.now, now()) at time zone s.time_zone) >= ${MORNING}
        and exists (select from payment_methods m where m.organization_id = s.id and m.removed_at is null and m.expires_on is not null)`,
      turn: (context) => this.notices.notice(context, MOST),
    });
  }
}
