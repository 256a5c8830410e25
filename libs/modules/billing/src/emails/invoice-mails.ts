import { Injectable } from '@nestjs/common';
import type { EventName, HeardEvent, MailTemplateName } from '@balcao/contracts';
import { found } from '@balcao/platform-errors';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, columnsOf, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { EntryKind, InvoiceEntity } from '../persistence/billing.entities.js';
import { InvoiceMailer } from './invoice-mailer.js';

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

type Heading = Pick<InvoiceEntity, 'id' | 'billingAccountId' | 'source' | 'createdAt'>;

/** Writes to customers what becomes of their invoices: of each event one mail for each reader, in the transaction that heard it. */
@Injectable()
@Subscriber('billing.mails', HEARD)
export class InvoiceMails implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly mailer: InvoiceMailer,
  ) {}

  async hear(event: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const invoice = found(
        await db.first<Heading>(sql`
          select ${columnsOf('t', ['id', 'billingAccountId', 'source', 'createdAt'])}
          from invoices t where ${db.tenant('t')} and t.id = ${event.ids.invoiceId}::uuid`),
      );
      const template = await this.templateOf(db, event, invoice);
      if (template) {
        const none = { ledgerEntryId: undefined, creditNoteId: undefined, fiscalNoteId: undefined };
        const { ledgerEntryId, creditNoteId, fiscalNoteId } = { ...none, ...event.ids };
        await this.mailer.enqueue(db, context, [
          { invoice, template, occasion: event.id, ids: { ledgerEntryId, creditNoteId, fiscalNoteId } },
        ]);
      }
      await finish(db);
    });
  }

  private async templateOf(db: Db, event: Heard, invoice: Heading): Promise<MailTemplateName | undefined> {
    switch (event.name) {
      case 'invoice.opened':
        // Its customer has known it for long.
        return invoice.source === 'import' ? undefined : 'invoice-opened';
      case 'invoice.voided':
        return 'invoice-voided';
      case 'invoice.credited':
        return 'credit-note-issued';
      case 'invoice.fiscal_note_added':
        return invoice.source === 'import' ? undefined : 'fiscal-note-added';
      case 'invoice.fiscal_note_cancelled':
        return invoice.source === 'import' ? undefined : 'fiscal-note-cancelled';
      default:
        return (await this.isMoney(db, event, invoice)) ? 'invoice-paid' : undefined;
    }
  }

  /** Money that came since it is here has a receipt, and credit that has paid all of it; a credit note has a mail of its own. */
  private async isMoney(
    db: Db,
    { name, ids }: Extract<Heard, { name: 'invoice.paid' | 'invoice.partially_paid' }>,
    { source, createdAt }: Heading,
  ): Promise<boolean> {
    if (!ids.ledgerEntryId) return name === 'invoice.paid' && source !== 'import';
    const entry = await db.first<{ kind: EntryKind; isEarlier: boolean }>(sql`
      select e.kind, e.posted_on < (${createdAt}::timestamptz at time zone o.time_zone)::date as "isEarlier"
      from ledger_entries e join organizations o on o.id = e.organization_id
      where ${db.tenant('e')} and e.id = ${ids.ledgerEntryId}::uuid`);
    if (source === 'import' && entry?.isEarlier) return false;
    return entry?.kind === 'payment' || entry?.kind === 'deposit';
  }
}
