import { Injectable } from '@nestjs/common';
import { LoginLimits } from '@balcao/module-auth';
import { dayAt, type Day } from '@balcao/money';
import { DomainError, found } from '@balcao/platform-errors';
import { Database, anonymousActor, sql, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { InvoiceRepository } from '../persistence/invoice.repository.js';
import type { InvoiceDetailRow } from '../persistence/invoice.rows.js';
import type { VisitorContext } from '../visitor-context.js';
import { PaymentLinkTokens } from './payment-link-tokens.js';

/** A link that was opened: what whoever has it may do, in whose name. */
export interface OpenedLink {
  id: string;
  /** The one invoice that it is of. */
  invoiceId: string;
  /** Of the invoice's billing account, of nobody in particular. */
  context: OrganizationContext;
  /** Of the organization. */
  timeZone: string;
}

/** What somebody sees of an invoice who has its link. */
export interface LinkedInvoice {
  invoice: InvoiceDetailRow;
  /** By the organization's clock, where it is. */
  today: Day;
  timeZone: string;
}

/**
 * Opens an invoice for whoever has its link. Reading it changes nothing, so that two may have it open, and whoever looks through
 * mails for their owner does no harm. It is of one invoice: nothing that stands on it takes the id of one.
 */
@Injectable()
export class PaymentLinkService {
  constructor(
    private readonly database: Database,
    private readonly tokens: PaymentLinkTokens,
    private readonly limits: LoginLimits,
    private readonly invoices: InvoiceRepository,
  ) {}

  /**
   * What a link opens at the organization that was addressed. Those that we never made are counted for the network that presents
   * them, and nobody's right one is refused for them.
   * @throws DomainError payment_link_unknown for one that we did not make, and at another organization's address;
   *   payment_link_revoked, payment_link_expired; rate_limited
   */
  async contextOf(visitor: VisitorContext, token: string): Promise<OpenedLink> {
    const id = this.tokens.idOf(token);
    const organization = systemContext(visitor.organizationId, visitor);
    const link =
      id &&
      (await this.database.read(organization, (db) =>
        db.first<{
          id: string;
          organizationId: string;
          invoiceId: string;
          billingAccountId: string;
          timeZone: string;
          isRevoked: boolean;
          isExpired: boolean;
        }>(sql`
          select l.id, l.organization_id as "organizationId", l.invoice_id as "invoiceId", l.billing_account_id as "billingAccountId",
            o.time_zone as "timeZone", l.revoked_at is not null as "isRevoked", l.expires_at <= now() as "isExpired"
          from payment_links l join organizations o on o.id = l.organization_id
          where ${db.tenant('l')} and l.id = ${id}::uuid`),
      ));
    if (!link || !this.tokens.isGenuine(token, { ...link, subjectId: link.invoiceId })) {
      await this.limits.spend('reset', 'payment link', visitor.client.ip);
      throw new DomainError('payment_link_unknown');
    }
    if (link.isRevoked) throw new DomainError('payment_link_revoked');
    if (link.isExpired) throw new DomainError('payment_link_expired');
    const scope = { kind: 'account', billingAccountId: link.billingAccountId } as const;
    const context: OrganizationContext = { ...visitor, actor: anonymousActor, scope };
    return { id: link.id, invoiceId: link.invoiceId, context, timeZone: link.timeZone };
  }

  /** The invoice of a link. @throws DomainError as `contextOf` */
  async read(visitor: VisitorContext, token: string): Promise<LinkedInvoice> {
    const { context, invoiceId, timeZone } = await this.contextOf(visitor, token);
    const invoice = await this.database.read(context, async (db) => found(await this.invoices.detail(db, invoiceId)));
    return { invoice, today: dayAt(context.clock.now(), timeZone), timeZone };
  }
}
