import { Injectable } from '@nestjs/common';
import type { EventName, HeardEvent } from '@balcao/contracts';
import {
  JobHandler,
  Subscriber,
  type EventSubscriber,
  type Finish,
  type HandledJob,
} from '@balcao/platform-outbox/worker';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { CollectionRunner } from '../collection/collection-runner.service.js';
import { CollectionService } from '../collection/collection.service.js';
import { MethodRunner } from '../methods/method-runner.service.js';
import { ofOrganization } from './of-organization.js';

/** Asks gateways for pages on which cards are added. */
@Injectable()
@JobHandler('payments.send-setup')
export class SendSetupHandler implements JobHandler<'payments.send-setup'> {
  constructor(private readonly methods: MethodRunner) {}

  async handle(
    { payload: { methodSetupId }, context }: HandledJob<'payments.send-setup'>,
    finish: Finish,
  ): Promise<void> {
    await this.methods.send(ofOrganization(context), methodSetupId, finish);
  }
}

/** Has gateways forget cards that were removed. */
@Injectable()
@JobHandler('payments.forget')
export class ForgetMethodHandler implements JobHandler<'payments.forget'> {
  constructor(private readonly methods: MethodRunner) {}

  async handle(
    { payload: { paymentMethodId }, context }: HandledJob<'payments.forget'>,
    finish: Finish,
  ): Promise<void> {
    await this.methods.forget(ofOrganization(context), paymentMethodId, finish);
  }
}

/** Brings collections in line with an account's default card and its switch. */
@Injectable()
@JobHandler('payments.reconsider')
export class ReconsiderHandler implements JobHandler<'payments.reconsider'> {
  constructor(private readonly collections: CollectionService) {}

  async handle(
    { payload: { billingAccountId }, context }: HandledJob<'payments.reconsider'>,
    finish: Finish,
  ): Promise<void> {
    await this.collections.reconsider(ofOrganization(context), billingAccountId, finish);
  }
}

/** Begins a try that is due. */
@Injectable()
@JobHandler('payments.try')
export class TryCollectionHandler implements JobHandler<'payments.try'> {
  constructor(private readonly runner: CollectionRunner) {}

  async handle({ payload: { collectionId }, context }: HandledJob<'payments.try'>, finish: Finish): Promise<void> {
    await this.runner.tryDue(ofOrganization(context), collectionId, finish);
  }
}

/** Writes down what became of a try. */
@Injectable()
@JobHandler('payments.conclude')
export class ConcludeAttemptHandler implements JobHandler<'payments.conclude'> {
  constructor(private readonly runner: CollectionRunner) {}

  async handle({ payload: { paymentId }, context }: HandledJob<'payments.conclude'>, finish: Finish): Promise<void> {
    await this.runner.conclude(ofOrganization(context), paymentId, finish);
  }
}

const HEARD = [
  'invoice.opened',
  'invoice.paid',
  'invoice.partially_paid',
  'invoice.written_off',
  'invoice.write_off_taken_back',
  'invoice.credited',
  'invoice.voided',
  'invoice.due_changed',
] as const satisfies EventName[];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

/** Begins, moves and ends what invoices are collected by as they open, move, are paid, and are owed again. */
@Injectable()
@Subscriber('payments.collect', HEARD)
export class CollectInvoicesSubscriber implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly collections: CollectionService,
  ) {}

  async hear({ name, ids: { invoiceId } }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      if (name === 'invoice.opened') await this.collections.collectAutomatically(db, context, invoiceId);
      else if (name === 'invoice.due_changed') await this.collections.move(db, context, invoiceId);
      else if (name === 'invoice.write_off_taken_back') await this.collections.collectAgain(db, context, invoiceId);
      else await this.collections.settle(db, context, invoiceId);
      await finish(db);
    });
  }
}
