import { Injectable } from '@nestjs/common';
import type { MailTemplateName } from '@balcao/contracts';
import { Mailer } from '@balcao/platform-mail';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { BillingSettingsService } from '../billing-settings.service.js';
import { PaymentLinkRepository } from '../payment-links/payment-link.repository.js';
import type { InvoiceEventKind } from '../persistence/billing.entities.js';
import { InvoiceRepository } from '../persistence/invoice.repository.js';
import { invoiceReaders } from './invoice-readers.js';

export interface InvoiceMailRequest {
  invoice: { id: string; billingAccountId: string };
  template: MailTemplateName;
  /** What it is about besides the invoice: asked for twice, each reader has it once. */
  occasion: string;
  ids?: Record<string, string | undefined>;
}

/** What is said in the invoice's history of a mail that was asked for; of others its own events tell. */
const HISTORY: Partial<Record<MailTemplateName, InvoiceEventKind>> = {
  'invoice-opened': 'sent',
  'invoice-due-soon': 'reminded',
  'invoice-overdue': 'overdue',
};

/** Mails by whose button an invoice is seen and paid: by then it has a link, for readers without an account too. */
const LINKED: readonly MailTemplateName[] = ['invoice-opened', 'invoice-due-soon', 'invoice-overdue'];

/** Asks for mails about invoices, for each of their readers. */
@Injectable()
export class InvoiceMailer {
  constructor(
    private readonly mailer: Mailer,
    private readonly invoices: InvoiceRepository,
    private readonly links: PaymentLinkRepository,
    private readonly settings: BillingSettingsService,
  ) {}

  async enqueue(db: Db, context: OrganizationContext, requests: readonly InvoiceMailRequest[]): Promise<void> {
    await this.link(db, context, requests);
    const accountIds = new Set(requests.map(({ invoice }) => invoice.billingAccountId));
    const readers = await invoiceReaders(db, [...accountIds]);
    // One packet.
    await Promise.all(
      requests.flatMap((request) =>
        readers
          .filter(({ billingAccountId }) => billingAccountId === request.invoice.billingAccountId)
          .map(async (reader) => {
            const { invoice, template, occasion, ids } = request;
            const { portalUserId, email } = reader;
            const mailId = await this.mailer.enqueue(db, context, {
              template,
              businessKey: `${template}:${invoice.id}:${occasion}:${portalUserId ?? 'account'}`,
              recipient: reader,
              ids: { ...ids, invoiceId: invoice.id, portalUserId },
            });
            const kind = HISTORY[template];
            if (mailId && kind) await this.invoices.addEvent(db, context, invoice, { kind, recipient: email });
          }),
      ),
    );
  }

  private async link(db: Db, context: OrganizationContext, requests: readonly InvoiceMailRequest[]): Promise<void> {
    const ids = requests.flatMap(({ template, invoice }) => (LINKED.includes(template) ? [invoice.id] : []));
    if (ids.length === 0) return;
    const { linkDays: days } = await this.settings.terms(db, context);
    await this.links.ensure(db, ids, { days });
    await this.links.markSent(db, ids);
  }
}
