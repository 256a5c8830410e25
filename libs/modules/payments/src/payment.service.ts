import { Injectable } from '@nestjs/common';
import { addDays } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField, unknownReference } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import {
  GATEWAY_METHODS,
  capabilitiesOf,
  type GatewayCapabilities,
  type GatewayMethod,
  type GatewayName,
} from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import { RateLimiter } from '@balcao/platform-state';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { InvoiceCost, PaymentOrigin } from './domain/payment.js';
import { costOn, lateDaysOf, partOf, paysTheSame, termsOf, totalOf } from './domain/payment-terms.js';
import { describePayment } from './domain/payment-words.js';
import { placeOf, type PaymentPlace } from './payment-place.js';
import { PaymentRepository, type NewPayment, type PayableInvoice } from './persistence/payment.repository.js';
import type { PaymentRow } from './persistence/payment.rows.js';

/** Invoices that one payment pays at most. */
export const MOST_TARGETS = 50;
/** Payments that an account may ask for: more is a machine, and gateways charge for each. */
const ASKED = { limit: 60, windowSeconds: 3_600, blockSeconds: 0 };

/** A way in which these invoices can be paid now. */
export interface PaymentWay {
  method: GatewayMethod;
  gatewayKind: GatewayName;
  /** Whether no money moves by it. */
  isTest: boolean;
  /** In minor units; of one payment. */
  min: bigint;
  max: bigint;
  /** Whatever is paid so is a multiple of it. */
  step: bigint;
}

/** What paying these invoices takes. Money is in minor units of `currency`. */
export interface PaymentOffer {
  currency: string;
  invoices: (PayableInvoice & InvoiceCost & { lateDays: number; total: bigint; tomorrow: bigint })[];
  total: bigint;
  /** The same tomorrow. */
  tomorrow: bigint;
  /** Whether a part may be paid: of one invoice only, which says so. */
  allowsPartial: boolean;
  /** Whether a card can be kept that pays. */
  savesCards: boolean;
  ways: PaymentWay[];
  /** What can be paid by now, the latest first. */
  open: PaymentRow[];
}

export interface PaymentRequest {
  invoiceIds: readonly string[];
  method: GatewayMethod;
  /** A part of one invoice, in minor units; all that is owed where absent. */
  amount?: bigint;
  /** A new code though one is there that can still be paid, which it replaces. */
  anew?: boolean;
  /** By card: have it kept for the account. */
  savesMethod?: boolean;
}

/** Payments as those see and ask for them who pay. */
@Injectable()
export class PaymentService {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly limiter: RateLimiter,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /**
   * @param origin who asks: what was asked for elsewhere is left out where it leads back to there
   * @throws DomainError validation_failed for an invoice that there is not for them, or in another currency
   */
  async offer(
    context: OrganizationContext,
    origin: PaymentOrigin,
    invoiceIds: readonly string[],
  ): Promise<PaymentOffer> {
    return this.database.read(context, async (db) => {
      const place = await placeOf(db, context);
      const invoices = await this.payable(db, invoiceIds);
      const { currency } = invoices[0]!;
      const tomorrow = addDays(place.today, 1);
      const offered = invoices.map((invoice) => {
        const cost = costOn(invoice, place.today);
        return {
          ...invoice,
          ...cost,
          lateDays: lateDaysOf(invoice, place.today),
          total: totalOf(cost),
          tomorrow: totalOf(costOn(invoice, tomorrow)),
        };
      });
      const total = sum(offered.map((each) => each.total));
      const allowsPartial = offered.length === 1 && offered[0]!.allowsPartial;
      const ways = await this.ways(db, place, currency);
      return {
        currency,
        invoices: offered,
        total,
        tomorrow: sum(offered.map((each) => each.tomorrow)),
        allowsPartial,
        savesCards: place.settings.savesCards,
        ways: ways.filter(({ step }) => allowsPartial || total % step === 0n),
        open: (await this.payments.openOf(db, invoiceIds)).filter(isForSheetOf(origin)),
      };
    });
  }

  /**
   * Asks for a payment; the gateway is asked for its code behind the commit. Whoever asks for what can be paid already gets that.
   * @throws DomainError validation_failed, invoice_not_owed, payment_method_unavailable, payment_amount_out_of_range,
   * partial_payment_not_allowed, saving_cards_unavailable, rate_limited
   */
  async create(context: OrganizationContext, origin: PaymentOrigin, request: PaymentRequest): Promise<PaymentRow> {
    // Before the work that it spares; of people only, since what the system asks for it counts itself.
    if (context.scope.kind === 'account') {
      const { billingAccountId } = context.scope;
      // Whoever has got hold of a link takes nothing from those who sign in.
      const asker = origin === 'link' ? `link|${request.invoiceIds.join()}` : billingAccountId;
      const { allowed, retryAfterSeconds } = await this.limiter.consume(`payments|${asker}`, ASKED);
      if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    }
    return this.database.transaction(context, async (db) => {
      const id = await this.createWithin(db, context, origin, request);
      return found((await this.payments.read(db, sql`p.id = ${id}::uuid`, 1))[0]);
    });
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<PaymentRow> {
    const [payment] = await this.database.read(context, (db) => this.payments.read(db, sql`p.id = ${id}::uuid`, 1));
    return found(payment);
  }

  /** One that pays this invoice and no other. @throws DomainError not_found */
  async ofOneInvoice(context: OrganizationContext, id: string, invoiceId: string): Promise<PaymentRow> {
    const payment = await this.get(context, id);
    const isOfIt = payment.targets.every((target) => target.invoiceId === invoiceId);
    return found(isOfIt ? payment : undefined);
  }

  /**
   * Payments of an invoice, the latest first: those that can be paid, and what became of the others.
   * @throws DomainError not_found for an invoice that there is not for them
   */
  async ofInvoice(context: OrganizationContext, invoiceId: string): Promise<PaymentRow[]> {
    return this.database.read(context, async (db) => {
      const [invoices, payments] = await Promise.all([
        this.payments.payable(db, [invoiceId]),
        this.payments.read(
          db,
          sql`exists (select from payment_targets t where t.organization_id = p.organization_id and t.payment_id = p.id
            and t.invoice_id = ${invoiceId}::uuid)`,
        ),
      ]);
      found(invoices[0]);
      return payments;
    });
  }

  private async createWithin(
    db: Db,
    context: OrganizationContext,
    origin: PaymentOrigin,
    { invoiceIds, method, amount, anew = false, savesMethod = false }: PaymentRequest,
  ): Promise<string> {
    const place = await placeOf(db, context);
    const invoices = await this.payable(db, invoiceIds);
    const { billingAccountId, currency } = invoices[0]!;
    // One after the other for an account: two who ask at once get one code.
    await this.payments.lockAsking(db, billingAccountId);
    if (invoices.some(({ isOpen }) => !isOpen)) throw new DomainError('invoice_not_owed');
    const way = (await this.ways(db, place, currency)).find((each) => each.method === method);
    const route = await this.route(db, method, currency);
    const capabilities = route && capabilitiesOf(route.gatewayKind, method, currency);
    if (!way || !capabilities) throw new DomainError('payment_method_unavailable');
    // Whoever has a link saves nothing for those who sign in.
    if (savesMethod && (origin !== 'portal' || method !== 'card' || !place.settings.savesCards))
      throw new DomainError('saving_cards_unavailable');
    const { paidOn, ...terms } = termsOf(method, invoices, place.settings, {
      now: context.clock.now(),
      today: place.today,
      timeZone: place.timeZone,
      capabilities,
    });
    const costs = invoices.map((invoice) => costOn(invoice, paidOn));
    const targets = amount === undefined ? costs : [partOf(invoices, costs, amount)];
    const total = sum(targets.map(totalOf));
    if (total < way.min || total > way.max || total % way.step !== 0n)
      throw new DomainError('payment_amount_out_of_range');
    const open = (await this.payments.openOf(db, invoiceIds)).filter(
      (each) =>
        each.method === method &&
        isForSheetOf(origin)(each) &&
        each.savesMethod === savesMethod &&
        each.paymentMethodId === null,
    );
    if (!anew) {
      const same = open.find((each) => paysTheSame(each, targets, context.clock.now()));
      if (same) return same.id;
    }
    const { id: actorId, type: actorType } = context.actor;
    return this.order(db, context, {
      ...terms,
      ...route,
      billingAccountId,
      method,
      currency,
      origin,
      createdById: actorType === 'user' || actorType === 'staff' ? (actorId ?? null) : null,
      portalId: place.portalId,
      savesMethod,
      paymentMethodId: null,
      description: describePayment(place, invoices),
      targets,
    });
  }

  /** Adds a payment, and has its gateway asked for it behind the commit. @returns its id */
  async order(db: Db, context: OrganizationContext, payment: NewPayment): Promise<string> {
    const { billingAccountId, method, currency, targets } = payment;
    const id = await this.payments.insert(db, context, payment, new Date(Date.now() + FIRST_LOOK_MS));
    await this.audit.record(db, context, {
      action: 'portal.payment.create',
      target: { type: 'payment', id },
      billingAccountId,
      changes: {
        after: {
          method,
          currency,
          amount: sum(targets.map(totalOf)),
          invoiceIds: targets.map((each) => each.invoiceId),
        },
      },
    });
    await this.events.publish(db, context, {
      name: 'payment.changed',
      ids: { paymentId: id },
      billingAccountId,
      portalUserId: undefined,
    });
    await this.outbox.add(db, context, 'payments.send', { paymentId: id });
    return id;
  }

  /** The invoices, each once, of one account and currency. */
  private async payable(db: Db, invoiceIds: readonly string[]): Promise<PayableInvoice[]> {
    if (new Set(invoiceIds).size !== invoiceIds.length) throw refusedField('invoiceIds', 'arrayUnique');
    const invoices = await this.payments.payable(db, invoiceIds);
    const [first] = invoices;
    invoiceIds.forEach((id, place) => {
      const invoice = invoices.find((each) => each.id === id);
      const isAlike = invoice?.currency === first?.currency && invoice?.billingAccountId === first?.billingAccountId;
      if (!invoice || !isAlike) throw unknownReference(`invoiceIds.${place}`);
    });
    return invoices;
  }

  private async ways(db: Db, { settings }: PaymentPlace, currency: string): Promise<PaymentWay[]> {
    const routes = await db.query<{ method: GatewayMethod; gatewayKind: GatewayName; isTest: boolean }>(sql`
      select r.method, r.gateway_kind as "gatewayKind", r.is_test as "isTest" from gateway_routes r where ${db.tenant('r')} and r.currency = ${currency}`);
    return GATEWAY_METHODS.flatMap((method) => {
      const route = routes.find((each) => each.method === method);
      const capabilities = route && capabilitiesOf(route.gatewayKind, method, currency);
      return route && capabilities && settings[method] ? [{ ...route, ...amountsOf(capabilities) }] : [];
    });
  }

  /** Which account takes a way in a currency; undefined where none does. */
  async route(db: Db, method: GatewayMethod, currency: string) {
    return db.first<{ gatewayAccountId: string; gatewayKind: GatewayName; isTest: boolean }>(sql`
      select r.gateway_account_id as "gatewayAccountId", r.gateway_kind as "gatewayKind", r.is_test as "isTest" from gateway_routes r
      where ${db.tenant('r')} and r.method = ${method} and r.currency = ${currency}`);
  }
}

const amountsOf = ({ min, max, step }: GatewayCapabilities) => ({ min, max, step });

/** Behind it somebody looks how a payment stands of which nothing was heard. */
export const FIRST_LOOK_MS = 2 * 60_000;

/**
 * What is open for whoever pays on a page. The PIX code of a document is for whoever has that: here there is one of minutes. A card's
 * page leads back to where it was asked for, a sign-in or a link.
 */
const isForSheetOf =
  (wanted: PaymentOrigin) =>
  ({ origin, method }: PaymentRow): boolean =>
    method === 'card' ? origin === wanted : origin !== 'opening' || method !== 'pix';

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, amount) => total + amount, 0n);
