import { Injectable } from '@nestjs/common';
import { portalFor, portalOrigin } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { AppConfig } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, type Db, type StaffContext } from '@balcao/platform-tenancy';
import { BillingSettingsService } from '../billing-settings.service.js';
import { PaymentLinksMailer } from '../emails/payment-links-mailer.js';
import { InvoiceRepository } from '../persistence/invoice.repository.js';
import type { InvoiceHeld } from '../persistence/invoice.rows.js';
import { PaymentLinkRepository, type PaymentLinkRow } from './payment-link.repository.js';
import { PaymentLinkTokens } from './payment-link-tokens.js';

/** What staff do with the links of an invoice. */
@Injectable()
export class PaymentLinkDesk {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly links: PaymentLinkRepository,
    private readonly tokens: PaymentLinkTokens,
    private readonly settings: BillingSettingsService,
    private readonly mailer: PaymentLinksMailer,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly config: AppConfig,
  ) {}

  /** An invoice's links, the newest first; fifty at most. @throws DomainError not_found */
  async list(context: StaffContext, invoiceId: string): Promise<PaymentLinkRow[]> {
    return this.database.read(context, async (db) => {
      found(await this.invoices.accountOf(db, invoiceId));
      return this.links.list(db, invoiceId);
    });
  }

  /**
   * The link that opens an invoice; a new one where there is none.
   * @throws DomainError not_found, invoice_not_open for a draft and for one that was voided
   */
  async create(context: StaffContext, invoiceId: string): Promise<PaymentLinkRow> {
    return this.database.transaction(context, async (db) => {
      const held = found(await this.invoices.lock(db, invoiceId));
      return this.usable(db, context, held);
    });
  }

  /**
   * The address of a link's page, which opens the invoice for whoever has it.
   * @throws DomainError not_found, payment_link_revoked, payment_link_expired
   */
  async address(context: StaffContext, invoiceId: string, id: string): Promise<string> {
    return this.database.read(context, async (db) => {
      const [link, portal] = await Promise.all([this.links.find(db, id), portalFor(db, context, {})]);
      if (link?.invoiceId !== invoiceId) throw new DomainError('not_found');
      if (link.state !== 'usable') throw new DomainError(`payment_link_${link.state}`);
      const token = this.tokens.of({ id, organizationId: context.organizationId, subjectId: invoiceId });
      return `${portalOrigin(portal, this.config.publicUrl)}/portal/pay#token=${token}`;
    });
  }

  /** Makes a link worthless; one that was revoked before stays so. @throws DomainError not_found */
  async revoke(context: StaffContext, invoiceId: string, id: string): Promise<PaymentLinkRow> {
    return this.database.transaction(context, async (db) => {
      const link = await this.links.find(db, id);
      if (link?.invoiceId !== invoiceId) throw new DomainError('not_found');
      if (await this.links.revoke(db, id, context.actor.id)) {
        const invoice = { id: invoiceId, billingAccountId: link.billingAccountId };
        await this.say(db, context, invoice, 'staff.payment_link.revoke', id);
      }
      return found(await this.links.find(db, id));
    });
  }

  /**
   * Mails the link of an invoice, a new one where there is none, to those who are to know of its account's invoices.
   * @returns to how many
   * @throws DomainError not_found, invoice_not_open where nothing is owed
   */
  async send(context: StaffContext, invoiceId: string): Promise<number> {
    return this.database.transaction(context, async (db) => {
      const held = found(await this.invoices.lock(db, invoiceId));
      if (held.owed === 0n) throw new DomainError('invoice_not_open');
      const { id } = await this.usable(db, context, held);
      await this.links.markSent(db, [invoiceId]);
      const { billingAccountId } = held;
      const sent = await this.mailer.enqueue(db, context, { billingAccountId, invoiceId, occasion: newId() });
      for (const recipient of sent) await this.invoices.addEvent(db, context, held, { kind: 'sent', recipient });
      await this.say(db, context, held, 'staff.payment_link.send', id);
      return sent.length;
    });
  }

  private async usable(db: Db, context: StaffContext, held: InvoiceHeld): Promise<PaymentLinkRow> {
    if (held.state === 'draft' || held.state === 'void') throw new DomainError('invoice_not_open');
    const before = await this.links.list(db, held.id);
    const { linkDays: days } = await this.settings.terms(db, context);
    await this.links.ensure(db, [held.id], { days, createdById: context.actor.id });
    const link = found((await this.links.list(db, held.id)).find(({ state }) => state === 'usable'));
    if (!before.some(({ id }) => id === link.id))
      await this.say(db, context, held, 'staff.payment_link.create', link.id);
    return link;
  }

  private async say(
    db: Db,
    context: StaffContext,
    { id: invoiceId, billingAccountId }: Pick<InvoiceHeld, 'id' | 'billingAccountId'>,
    action: 'staff.payment_link.create' | 'staff.payment_link.revoke' | 'staff.payment_link.send',
    id: string,
  ): Promise<void> {
    await this.audit.record(db, context, { action, target: { type: 'payment_link', id }, billingAccountId });
    const ids = { invoiceId };
    await this.events.publish(db, context, {
      name: 'invoice.updated',
      ids,
      billingAccountId,
      portalUserId: undefined,
    });
  }
}
