import { Injectable } from '@nestjs/common';
import type { EventName, HeardEvent } from '@balcao/contracts';
import { Outbox } from '@balcao/platform-outbox';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';

const HEARD = [
  'invoice.opened',
  'invoice.paid',
  'invoice.partially_paid',
  'invoice.credited',
  'invoice.voided',
  'invoice.fiscal_note_added',
  'invoice.fiscal_note_cancelled',
] as const satisfies EventName[];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

/** Has an invoice's document drawn whenever it says something else. Those that were brought in have theirs when somebody asks. */
@Injectable()
@Subscriber('billing.documents', HEARD)
export class InvoiceDocumentsSubscriber implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  async hear({ ids: { invoiceId } }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const drawn = await db.first(sql`
        select 1 from invoices t where ${db.tenant('t')} and t.id = ${invoiceId}::uuid and t.source <> 'import'`);
      if (drawn) await this.outbox.add(db, context, 'billing.render-document', { invoiceId });
      await finish(db);
    });
  }
}
