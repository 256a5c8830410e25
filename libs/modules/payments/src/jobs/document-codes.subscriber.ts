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
import { DocumentCodes } from '../document-codes.service.js';

const HEARD = [
  'invoice.opened',
  'invoice.partially_paid',
  'invoice.written_off',
  'invoice.write_off_taken_back',
  'invoice.credited',
  'invoice.due_changed',
] as const satisfies EventName[];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

/** Gives the documents of invoices their codes when they open, and others when they are owed otherwise. */
@Injectable()
@Subscriber('payments.document-codes', HEARD)
export class DocumentCodesSubscriber implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly codes: DocumentCodes,
  ) {}

  async hear({ ids: { invoiceId } }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      await this.codes.renew(db, context, invoiceId);
      await finish(db);
    });
  }
}

/** The same when the time has come at which a gateway can hold a code long enough. */
@Injectable()
@JobHandler('payments.renew-document-codes')
export class RenewDocumentCodesHandler implements JobHandler<'payments.renew-document-codes'> {
  constructor(
    private readonly database: Database,
    private readonly codes: DocumentCodes,
  ) {}

  async handle(
    { payload: { invoiceId }, context }: HandledJob<'payments.renew-document-codes'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('An invoice belongs to an organization');
    await this.database.transaction(context, async (db) => {
      await this.codes.renew(db, context, invoiceId);
      await finish(db);
    });
  }
}
