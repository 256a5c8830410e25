import { Injectable } from '@nestjs/common';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database, sql } from '@balcao/platform-tenancy';
import { BillingSettingsService } from '../billing-settings.service.js';
import { MOST_LINKED } from '../emails/payment-links-facts.js';
import { PaymentLinksMailer } from '../emails/payment-links-mailer.js';
import { PaymentLinkRepository } from '../payment-links/payment-link.repository.js';

/** Mails the links of what an account owes, due first, to those on file; nothing where it owes nothing. */
@Injectable()
@JobHandler('billing.second-copy')
export class SecondCopyHandler implements JobHandler<'billing.second-copy'> {
  constructor(
    private readonly database: Database,
    private readonly settings: BillingSettingsService,
    private readonly links: PaymentLinkRepository,
    private readonly mailer: PaymentLinksMailer,
  ) {}

  async handle(
    { payload: { billingAccountId, portalId, requestId: occasion }, context }: HandledJob<'billing.second-copy'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('An account belongs to an organization');
    await this.database.transaction(context, async (db) => {
      const owed = await db.query<{ id: string }>(sql`
        select t.id from invoices t
        where ${db.tenant('t')} and t.billing_account_id = ${billingAccountId}::uuid and t.owed > 0
        order by t.due_on, t.id limit ${MOST_LINKED}`);
      if (owed.length > 0) {
        const ids = owed.map(({ id }) => id);
        const { linkDays: days } = await this.settings.terms(db, context);
        await this.links.ensure(db, ids, { days });
        await this.links.markSent(db, ids);
        await this.mailer.enqueue(db, context, { billingAccountId, portalId, occasion });
      }
      await finish(db);
    });
  }
}
