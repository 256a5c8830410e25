import { Injectable } from '@nestjs/common';
import { BillingReader, InvoiceService, type InvoiceDetail } from '@balcao/module-billing';
import { DomainError, found, unknownReference } from '@balcao/platform-errors';
import { Database, sql, type PortalContext, type StaffContext } from '@balcao/platform-tenancy';
import { disputeTicket, isOpenDispute, type Dispute, type DisputedLine } from './domain/dispute.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import type { DisputeRow } from './persistence/ticket.rows.js';
import { PortalTicketService } from './portal-ticket.service.js';

/** Charges that customers say are wrong: a ticket that names its invoice, one open at a time. */
@Injectable()
export class DisputeService {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly portalTickets: PortalTicketService,
    private readonly billing: BillingReader,
    private readonly invoices: InvoiceService,
  ) {}

  /** Tickets in which an invoice is disputed, the latest first. @throws DomainError not_found for an invoice that the reader does not see */
  async ofInvoice(context: PortalContext | StaffContext, invoiceId: string): Promise<DisputeRow[]> {
    return this.database.read(context, async (db) => {
      const [invoice, disputes] = await Promise.all([
        db.first(sql`select 1 from invoices i where ${db.account('i')} and i.id = ${invoiceId}::uuid`),
        this.tickets.disputesOf(db, invoiceId),
      ]);
      found(invoice);
      return disputes;
    });
  }

  /**
   * Opens a ticket about an invoice, or leads to the one that is open.
   * @returns the dispute, and whether it is a new one
   * @throws DomainError permission_denied for who may not read invoices, not_found, invoice_not_open for a voided one,
   *   validation_failed for lines of another
   */
  async open(
    context: PortalContext,
    invoiceId: string,
    dispute: Dispute,
  ): Promise<{ dispute: DisputeRow; isNew: boolean }> {
    if (!context.can('invoices:read')) throw new DomainError('permission_denied');
    const invoice = await this.billing.get(context, invoiceId);
    if (invoice.state === 'void') throw new DomainError('invoice_not_open');
    const { reason, expectedAmount } = dispute;
    const { currency } = invoice;
    const expected = expectedAmount ? { amount: expectedAmount, currency } : undefined;
    const words = { number: invoice.number!, lines: disputedLines(invoice, dispute.lineIds), expected, reason };
    return this.database.transaction(context, async (db) => {
      await this.tickets.holdDisputes(db, invoiceId);
      const [latest] = (await this.tickets.disputesOf(db, invoiceId)).filter(isOpenDispute);
      if (latest) return { dispute: latest, isNew: false };
      await this.invoices.disputed(db, context, invoice);
      const ticket = await this.portalTickets.createWithin(
        db,
        context,
        disputeTicket(words, context.locale),
        invoiceId,
      );
      return { dispute: ticket, isNew: true };
    });
  }
}

/** The lines of an invoice that are named. @throws DomainError validation_failed for one that it does not have */
function disputedLines({ lines, currency }: InvoiceDetail, lineIds: readonly string[]): DisputedLine[] {
  return lineIds.map((id, place) => {
    const line = lines.find((each) => each.id === id.toLowerCase());
    if (!line) throw unknownReference(`lineIds.${place}`);
    return {
      description: line.description,
      detail: line.detail,
      amount: { amount: line.gross - line.discount, currency },
    };
  });
}
