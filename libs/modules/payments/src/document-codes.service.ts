import { Injectable } from '@nestjs/common';
import { capabilitiesOf } from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { isOpen } from './domain/payment.js';
import { documentTermsOf, type DocumentTerms } from './domain/payment-terms.js';
import { describePayment } from './domain/payment-words.js';
import { PaymentRunner } from './payment-runner.service.js';
import { PaymentService } from './payment.service.js';
import { placeOf, type PaymentPlace } from './payment-place.js';
import { PaymentRepository, type PayableInvoice } from './persistence/payment.repository.js';
import type { PaymentRow } from './persistence/payment.rows.js';

/** The ways that stand on paper. */
const METHODS = ['pix', 'boleto'] as const;
type Method = (typeof METHODS)[number];

/** The codes that an invoice's document shows, which are a gateway's, so that money that comes by them reconciles by itself. */
@Injectable()
export class DocumentCodes {
  constructor(
    private readonly payments: PaymentRepository,
    private readonly orders: PaymentService,
    private readonly runner: PaymentRunner,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Sees to it that an invoice's document has the codes that the organization's first portal, whose brand it has, says: asks for those
   * that are not there, and withdraws what asks for another amount, or ends on another day. Any number of times is once. One that was
   * brought in has none: its customer has had its document for long.
   */
  async renew(db: Db, context: OrganizationContext, invoiceId: string): Promise<void> {
    const isOwn = await db.first(sql`
      select 1 from invoices t where ${db.tenant('t')} and t.id = ${invoiceId}::uuid and t.source <> 'import'`);
    const [invoice] = await this.payments.payable(db, [invoiceId]);
    if (!isOwn || !invoice) return;
    await this.payments.lockAsking(db, invoice.billingAccountId);
    const place = await placeOf(db, context);
    const open = (await this.payments.openOf(db, [invoiceId])).filter(({ origin }) => origin === 'opening');
    for (const method of METHODS) {
      const route = await this.orders.route(db, method, invoice.currency);
      const capabilities = route && capabilitiesOf(route.gatewayKind, method, invoice.currency);
      const { today, timeZone, settings } = place;
      const wanted =
        invoice.isOpen && capabilities
          ? documentTermsOf(method, invoice, settings, { now: context.clock.now(), today, timeZone, capabilities })
          : null;
      const old = open.filter((each) => each.method === method);
      const isThere = await this.withdrawOthers(db, context, old, invoice, wanted);
      const isWanted = settings[method] && settings[method === 'pix' ? 'pixOnInvoice' : 'boletoOnInvoice'];
      if (!wanted || isThere || !isWanted || !route || !capabilities) continue;
      if (invoice.owed < capabilities.min || invoice.owed > capabilities.max) continue;
      if ('from' in wanted) {
        const seconds = Math.ceil((wanted.from.getTime() - context.clock.now().getTime()) / 1000);
        await this.outbox.add(db, context, 'payments.renew-document-codes', { invoiceId }, seconds);
      } else await this.ask(db, context, { method, invoice, place, route, wanted });
    }
  }

  /** @returns whether one is left that is as it is wanted */
  private async withdrawOthers(
    db: Db,
    context: OrganizationContext,
    old: readonly PaymentRow[],
    invoice: PayableInvoice,
    wanted: DocumentTerms | null,
  ): Promise<boolean> {
    let isThere = false;
    // In the order of their ids, as everybody who holds several.
    for (const each of [...old].sort((a, b) => (a.id < b.id ? -1 : 1))) {
      const isRight = each.targets[0]?.principal === invoice.owed && (wanted === null || isAs(each, wanted, invoice));
      if (isRight) {
        isThere = true;
        continue;
      }
      const held = await this.payments.lock(db, each.id);
      if (held && isOpen(held) && !held.withdrawnFor)
        await this.runner.withdraw(db, context, held, invoice.owed === 0n ? 'settled' : 'changed');
    }
    return isThere;
  }

  private async ask(
    db: Db,
    context: OrganizationContext,
    {
      method,
      invoice,
      place,
      route,
      wanted,
    }: {
      method: Method;
      invoice: PayableInvoice;
      place: PaymentPlace;
      route: NonNullable<Awaited<ReturnType<PaymentService['route']>>>;
      wanted: Extract<DocumentTerms, { terms: object }>;
    },
  ): Promise<void> {
    const { paidOn: _, ...terms } = wanted.terms;
    const { id: invoiceId, billingAccountId, currency, owed: principal } = invoice;
    await this.orders.order(db, context, {
      ...terms,
      ...route,
      ...{ billingAccountId, method, currency },
      origin: 'opening',
      createdById: null,
      portalId: place.portalId,
      savesMethod: false,
      paymentMethodId: null,
      description: describePayment(place, [invoice]),
      targets: [{ invoiceId, principal, fine: 0n, interest: 0n }],
    });
  }
}

/** Whether a code that is there ends as it is wanted: gateways may hold it for less than was asked for. */
function isAs({ dueOn, expiresAt }: PaymentRow, wanted: DocumentTerms, invoice: PayableInvoice): boolean {
  if (dueOn !== null && dueOn !== invoice.dueOn) return false;
  return 'from' in wanted ? dueOn !== null : expiresAt >= wanted.earliestEnd && expiresAt <= wanted.latestEnd;
}
