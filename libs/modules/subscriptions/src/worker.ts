import { Module } from '@nestjs/common';
import { SubscriptionMailReader } from './emails/subscription-mail-facts.js';
import { SUBSCRIPTION_MAILS } from './emails/subscription.mails.js';
import { SubscriptionMails } from './emails/subscription-mails.js';
import { FollowSubscriptionsSubscriber } from './jobs/follow-subscriptions.subscriber.js';
import { GiveUpInvoicesSubscriber } from './jobs/give-up-invoices.subscriber.js';
import { RunSubscriptionsHandler } from './jobs/run-subscriptions.handler.js';
import { SubscriptionRunner } from './subscription-runner.service.js';
import { SubscriptionsCoreModule } from './subscriptions.core.module.js';

export { FollowSubscriptionsSubscriber } from './jobs/follow-subscriptions.subscriber.js';
export { GiveUpInvoicesSubscriber } from './jobs/give-up-invoices.subscriber.js';
export { SubscriptionMails } from './emails/subscription-mails.js';

/** Who renews subscriptions day by day, follows their invoices, and writes to their customers. */
@Module({
  imports: [SubscriptionsCoreModule],
  providers: [
    FollowSubscriptionsSubscriber,
    GiveUpInvoicesSubscriber,
    RunSubscriptionsHandler,
    SubscriptionMailReader,
    SubscriptionMails,
    ...SUBSCRIPTION_MAILS,
  ],
})
export class SubscriptionsWorkerModule {}

/** What the worker runs of this module. */
export const subscriptionsWorker = { module: SubscriptionsWorkerModule, dueWork: [SubscriptionRunner] };
