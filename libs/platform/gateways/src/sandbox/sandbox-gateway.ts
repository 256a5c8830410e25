import { newId } from '@balcao/platform-database';
import { insertInto, sql, type Database, type Db } from '@balcao/platform-tenancy';
import { proveEvent } from '../event-signature.js';
import { credentialOf, type GatewayAccount } from '../gateway-account.js';
import {
  UnprovedEvent,
  type FindOrder,
  type Gateway,
  type GatewayCapabilities,
  type GatewayEvent,
  type GatewayMethod,
  type Outcome,
  type PaymentOrder,
  type Presentation,
  type RefundOrder,
  type SetupOrder,
  type SetupSnapshot,
  type Snapshot,
} from '../gateway.js';
import { sandboxCapabilities } from './sandbox-capabilities.js';
import { isSandboxCard, SANDBOX_CARDS } from './sandbox-cards.js';
import { boletoPresentation, pixPresentation } from './sandbox-codes.js';
import {
  cardOf,
  givenBack,
  isGatewayId,
  json,
  paymentsWhere,
  setupOf,
  setupSnapshotOf,
  statusAt,
  type PaymentRow,
  type SandboxPage,
} from './sandbox-rows.js';
import type { SandboxDelivery } from './sandbox-delivery.js';
import { SandboxService, SIGNATURE_HEADER, type EventAbout } from './sandbox-service.js';

const DAY_MS = 86_400_000;
const SETUP_LIFE_MS = DAY_MS;
const PAGE = 100;

const refused = (code: 'other' | 'method_unavailable' | 'refund_refused', detail: string) => ({
  refused: code,
  detail,
});

/** The adapter of a payment service that is only pretended, on tables of its own. */
export class SandboxGateway implements Gateway {
  private readonly service: SandboxService;

  constructor(
    database: Database,
    private readonly account: GatewayAccount,
    delivery: SandboxDelivery,
  ) {
    this.service = new SandboxService(database, account, delivery);
  }

  capabilities(method: GatewayMethod, currency: string): GatewayCapabilities | null {
    return sandboxCapabilities(method, currency);
  }

  check(): Promise<Outcome<'taken'>> {
    return Promise.resolve({ known: 'taken' });
  }

  async create(order: PaymentOrder, key: string): Promise<Outcome> {
    return this.service.call('create', key, order, async (db) => {
      const problem = this.problemOf(order);
      return problem ?? (order.saved ? this.charge(db, order, order.saved) : this.ask(db, order));
    });
  }

  async find({ paymentId, gatewayId }: FindOrder): Promise<Outcome<Snapshot | 'absent'>> {
    if (paymentId === null && gatewayId === null) return { known: 'absent' };
    return this.service.call('find', null, null, async (db) => {
      if (gatewayId !== null && !isGatewayId(gatewayId)) return { known: 'absent' };
      // Whoever asked twice by different keys learns of the one that was paid.
      const condition = gatewayId
        ? sql`p.id = ${gatewayId}`
        : sql`p.payment_id = ${paymentId} order by p.status = 'succeeded' desc, p.created_at desc, p.id desc limit 1`;
      const [row] = await paymentsWhere(db, this.account.id, condition);
      return { known: row ? await this.service.snapshot(db, row) : 'absent' };
    });
  }

  async cancel(gatewayId: string, key: string): Promise<Outcome> {
    return this.service.call('cancel', key, gatewayId, async (db) => {
      const row = await this.held(db, gatewayId);
      if (!row) return refused('other', 'unknown_payment');
      const open = statusAt(row, this.service.now) === 'pending';
      return this.known(
        db,
        open ? await this.service.change(db, row, 'payment.canceled', { status: 'canceled' }) : row,
      );
    });
  }

  async refund(order: RefundOrder, key: string): Promise<Outcome> {
    return this.service.call('refund', key, order, async (db, faults) => {
      const row = await this.held(db, order.gatewayId);
      if (!row || row.status !== 'succeeded') return refused('refund_refused', 'not_paid');
      if (row.currency !== order.currency) return refused('refund_refused', 'other_currency');
      if (sandboxCapabilities(row.method, row.currency)?.refund === 'none')
        return refused('refund_refused', 'method_without_refunds');
      if (faults.refusesRefunds) return refused('refund_refused', 'on_purpose');
      if (row.disputes.some(({ status }) => status !== 'won')) return refused('refund_refused', 'disputed');
      if (order.amount <= 0n || order.amount > row.received - givenBack(row)) {
        return refused('refund_refused', 'more_than_is_left');
      }
      const refund = {
        gatewayId: newId(),
        refundId: order.refundId,
        amount: order.amount,
        status: faults.slowRefunds ? ('pending' as const) : ('succeeded' as const),
      };
      return this.known(
        db,
        await this.service.change(db, row, 'payment.refunded', { refunds: [...row.refunds, refund] }),
      );
    });
  }

  async setup(order: SetupOrder, key: string): Promise<Outcome<SetupSnapshot>> {
    return this.service.call<SetupSnapshot>('setup', key, order, async (db) => {
      if (!this.account.pageBase) return { refused: 'misconfigured', detail: 'no_page' };
      const id = newId();
      const { successUrl, cancelUrl } = order;
      const page: SandboxPage = { successUrl, cancelUrl, savesMethod: true, customerId: order.customerId };
      const row = {
        id,
        setupId: order.setupId,
        customerId: order.customerId && isGatewayId(order.customerId) ? order.customerId : newId(),
        payerName: order.payer.name,
        status: 'pending' as const,
        expiresAt: new Date(this.service.now.getTime() + SETUP_LIFE_MS),
      };
      await db.execute(insertInto('sandbox_setups', { ...row, gatewayId: this.account.id, page: json(page) }));
      const whole = { ...row, page, cardId: null };
      return { known: await setupSnapshotOf(db, this.account.id, whole, this.cardPageOf(id), this.service.now) };
    });
  }

  async findSetup(gatewayId: string): Promise<Outcome<SetupSnapshot | 'absent'>> {
    return this.service.call<SetupSnapshot | 'absent'>('find', null, null, async (db) => {
      const row = isGatewayId(gatewayId) ? await setupOf(db, this.account.id, gatewayId) : undefined;
      if (!row) return { known: 'absent' };
      return { known: await setupSnapshotOf(db, this.account.id, row, this.cardPageOf(row.id), this.service.now) };
    });
  }

  async forget({ customerId, token }: { customerId: string; token: string }): Promise<Outcome<'gone'>> {
    if (!isGatewayId(token) || !isGatewayId(customerId)) return { known: 'gone' };
    return this.service.call<'gone'>('forget', null, null, async (db) => {
      await db.execute(sql`
        delete from sandbox_cards c where ${db.tenant('c')} and c.gateway_id = ${this.account.id} and c.id = ${token}
          and c.customer_id = ${customerId}`);
      return { known: 'gone' };
    });
  }

  verify(raw: Buffer, headers: Readonly<Record<string, string | undefined>>, receivedAt: Date): GatewayEvent {
    proveEvent(raw, headers[SIGNATURE_HEADER], credentialOf(this.account, 'webhookSecret'), receivedAt);
    try {
      const { id, type, about } = JSON.parse(raw.toString('utf8')) as { id: string; type: string; about: EventAbout };
      if (typeof id !== 'string' || typeof type !== 'string') throw new TypeError('No event');
      return { eventId: id, type, refs: [{ kind: about.kind, gatewayId: about.gatewayId, ourId: about.ourId }] };
    } catch (error) {
      throw new UnprovedEvent('malformed', { cause: error });
    }
  }

  async *list(since: Date): AsyncGenerator<Snapshot> {
    let after = { changedAt: since, id: '00000000-0000-0000-0000-000000000000' };
    // Nobody writes down that a validity has ended.
    const moved = sql`case when p.status = 'pending' and p.expires_at <= ${this.service.now}
      then greatest(p.changed_at, p.expires_at) else p.changed_at end`;
    for (;;) {
      const outcome = await this.service.call('list', null, null, async (db) => {
        const rows = await paymentsWhere(
          db,
          this.account.id,
          sql`(${moved}, p.id) > (${after.changedAt}::timestamptz, ${after.id}::uuid) order by ${moved}, p.id limit ${PAGE}`,
        );
        const last = rows.at(-1);
        return { known: { last, snapshots: await Promise.all(rows.map((row) => this.service.snapshot(db, row))) } };
      });
      if (outcome === 'unknown' || 'refused' in outcome) throw new Error('The sandbox did not answer');
      yield* outcome.known.snapshots;
      const { last, snapshots } = outcome.known;
      if (!last || snapshots.length < PAGE) return;
      after = last;
    }
  }

  private held(db: Db, gatewayId: string): Promise<PaymentRow | undefined> {
    return isGatewayId(gatewayId) ? this.service.held(db, gatewayId) : Promise.resolve(undefined);
  }

  private async known(db: Db, row: PaymentRow): Promise<Outcome> {
    return { known: await this.service.snapshot(db, row) };
  }

  private pageOf(id: string): string {
    return `${this.account.pageBase ?? ''}/${id}`;
  }

  private cardPageOf(id: string): string {
    return `${this.account.pageBase ?? ''}/cards/${id}`;
  }

  private problemOf(order: PaymentOrder): Exclude<Outcome, 'unknown'> | null {
    const capabilities = this.capabilities(order.method, order.currency);
    if (!capabilities) return refused('method_unavailable', 'currency');
    if (order.amount < capabilities.min || order.amount > capabilities.max) {
      return { refused: 'amount_out_of_range', detail: null };
    }
    if (order.saved) return null;
    const validity = order.expiresAt.getTime() - this.service.now.getTime();
    if (validity < capabilities.minValidityMs || validity > capabilities.maxValidityMs)
      return refused('other', 'validity');
    if (order.method === 'card') {
      if (!order.page) return refused('other', 'no_page');
      return this.account.pageBase ? null : { refused: 'misconfigured', detail: 'no_page' };
    }
    if (order.method === 'boleto') {
      const { taxId, address } = order.payer;
      if (!order.boleto) return refused('other', 'no_due_date');
      if (!taxId || !address?.street || !address.city || !address.state || !address.postalCode) {
        return { refused: 'payer_incomplete', detail: null };
      }
    }
    return null;
  }

  private async ask(db: Db, order: PaymentOrder): Promise<Outcome> {
    const id = newId();
    const page: SandboxPage | null = order.page ? { ...order.page, customerId: order.page.customerId ?? null } : null;
    return this.known(
      db,
      await this.add(db, order, {
        id,
        status: 'pending',
        presentation: this.presentationOf(id, order),
        expiresAt: order.expiresAt,
        page,
      }),
    );
  }

  private presentationOf(id: string, order: PaymentOrder): Presentation {
    if (order.method === 'pix') return pixPresentation(id);
    if (order.method === 'card') return { kind: 'page', url: this.pageOf(id) };
    return boletoPresentation(id, order.boleto!.dueOn, order.amount);
  }

  /** Charges a saved card while nobody is there. */
  private async charge(db: Db, order: PaymentOrder, saved: { customerId: string; token: string }): Promise<Outcome> {
    const card = isGatewayId(saved.token) ? await cardOf(db, this.account.id, saved.token) : undefined;
    if (card?.customerId !== saved.customerId) return { refused: 'method_gone', detail: null };
    const failure = isSandboxCard(card.outcome) ? SANDBOX_CARDS[card.outcome].later : null;
    const row = await this.add(db, order, { id: newId(), status: 'pending', cardId: card.id });
    const charged = failure
      ? await this.service.change(db, row, 'payment.failed', { status: 'failed', failure })
      : await this.service.change(db, row, 'payment.succeeded', {
          status: 'succeeded',
          received: order.amount,
          receivedAt: this.service.now,
        });
    return this.known(db, charged);
  }

  private async add(
    db: Db,
    { paymentId, method, currency, amount, description, payer, boleto }: PaymentOrder,
    own: Pick<PaymentRow, 'id' | 'status'> & Partial<PaymentRow>,
  ): Promise<PaymentRow> {
    const row = {
      paymentId,
      method,
      currency,
      amount,
      description,
      payerName: payer.name,
      ...own,
    };
    await db.execute(
      insertInto('sandbox_payments', {
        ...row,
        gatewayId: this.account.id,
        presentation: json(row.presentation ?? null),
        page: json(row.page ?? null),
        boleto: json(boleto ?? null),
        changedAt: this.service.changedAt,
      }),
    );
    return (await this.service.held(db, own.id))!;
  }
}
