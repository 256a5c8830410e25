import { Injectable } from '@nestjs/common';
import type { EventName, HeardEvent, MailTemplateName } from '@balcao/contracts';
import { accountReaders } from '@balcao/module-billing';
import { Mailer } from '@balcao/platform-mail';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { found } from '@balcao/platform-errors';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';

const HEARD = [
  'subscription.trial_ending',
  'subscription.plan_changed',
  'subscription.paused',
  'subscription.resumed',
  'subscription.cancel_planned',
  'subscription.ended',
  'subscription.past_due',
] as const satisfies EventName[];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

const TEMPLATES: Record<Heard['name'], MailTemplateName> = {
  'subscription.trial_ending': 'subscription-trial-ending',
  'subscription.plan_changed': 'subscription-changed',
  'subscription.paused': 'subscription-paused',
  'subscription.resumed': 'subscription-resumed',
  'subscription.cancel_planned': 'subscription-cancel-planned',
  'subscription.ended': 'subscription-ended',
  'subscription.past_due': 'subscription-past-due',
};

/**
 * Writes to customers what becomes of their subscriptions: of each event one mail for each reader, in the transaction that heard it.
 * What a renewal asks for is told by its invoice.
 */
@Injectable()
@Subscriber('subscriptions.mails', HEARD)
export class SubscriptionMails implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
  ) {}

  async hear({ name, ids }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const { billingAccountId } = found(
        await db.first<{ billingAccountId: string }>(sql`
          select t.billing_account_id as "billingAccountId" from subscriptions t
          where ${db.tenant('t')} and t.id = ${ids.subscriptionId}::uuid`),
      );
      const template = TEMPLATES[name];
      const readers = await accountReaders(db, [billingAccountId], 'subscriptions:read');
      // One packet.
      await Promise.all(
        readers.map((reader) =>
          this.mailer.enqueue(db, context, {
            template,
            businessKey: `${template}:${ids.subscriptionEventId}:${reader.portalUserId ?? 'account'}`,
            recipient: reader,
            ids: { ...ids, portalUserId: reader.portalUserId },
          }),
        ),
      );
      await finish(db);
    });
  }
}
