import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import {
  UnprovedEvent,
  type Gateway,
  type GatewayEvent,
  type GatewayName,
  type Snapshot,
} from '@balcao/platform-gateways';
import { Outbox } from '@balcao/platform-outbox';
import {
  Database,
  clockOf,
  insertInto,
  sql,
  systemContext,
  type Db,
  type OrganizationContext,
} from '@balcao/platform-tenancy';
import { GatewayDesk } from './gateway-desk.js';
import { MethodRunner } from './methods/method-runner.service.js';
import { PaymentBooks } from './payment-books.service.js';
import { PaymentRepository } from './persistence/payment.repository.js';
import { StrayBooks } from './stray-books.service.js';

/** Of what is said about a failure, so much is kept. */
const LONGEST_PROBLEM = 500;

interface EventRow {
  id: string;
  gatewayAccountId: string;
  state: 'received' | 'done' | 'ignored' | 'failed';
  refs: GatewayEvent['refs'];
  receivedAt: Date;
}

/** What gateways tell us: kept as it came, answered at once, worked through by a job. */
@Injectable()
export class GatewayEventService {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly books: PaymentBooks,
    private readonly strays: StrayBooks,
    private readonly methods: MethodRunner,
    private readonly desk: GatewayDesk,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Keeps an event that proves to come from the gateway; one that was kept before is answered alike.
   * @param headers by lower-case names
   * @throws DomainError not_found, event_unproved
   */
  async receive(
    gatewayAccountId: string,
    raw: Buffer,
    headers: Readonly<Record<string, string | undefined>>,
  ): Promise<void> {
    const [account] = await this.database.door<{
      organization_id: string;
      kind: GatewayName;
      credentials_sealed: Buffer;
      now: Date | null;
    }>('door_gateway_account', [gatewayAccountId]);
    const { organization_id, kind, credentials_sealed: credentialsSealed, now } = found(account);
    const context = systemContext(organization_id, { clock: clockOf({ now }) });
    const gateway = this.desk.opened(context, gatewayAccountId, { kind, credentialsSealed });
    const receivedAt = new Date();
    const event = proved(gateway, raw, headers, receivedAt);
    await this.database.transaction(context, async (db) => {
      const id = newId();
      const kept = await db.execute(
        sql`${insertInto('gateway_events', {
          gatewayAccountId,
          id,
          eventId: event.eventId,
          type: event.type.slice(0, 100),
          raw,
          refs: JSON.stringify(event.refs),
          receivedAt,
        })} on conflict (organization_id, gateway_account_id, event_id) do nothing`,
      );
      if (kept === 0) return;
      await db.execute(sql`
        update gateway_accounts a set last_event_at = ${receivedAt} where ${db.tenant('a')} and a.id = ${gatewayAccountId}::uuid`);
      await this.outbox.add(db, context, 'payments.event', { gatewayEventId: id });
      await this.changed(db, context, id);
    });
  }

  /**
   * Works an event through: it is a hint, so the payments and setups that it names are asked after, and what they are is written down.
   * @throws Error where the gateway cannot be asked now: it is tried again
   */
  async work(context: OrganizationContext, eventId: string, finish?: (db: Db) => Promise<void>): Promise<void> {
    const { row, gateway } = await this.database.read(context, async (db) => {
      const read = found(await this.read(db, eventId));
      return { row: read, gateway: (await this.desk.open(db, context, read.gatewayAccountId)).gateway };
    });
    let paymentId: string | null = null;
    let isOurs = false;
    try {
      for (const { kind, gatewayId, ourId } of row.refs) {
        if (kind === 'setup') {
          isOurs = (await this.methods.hear(context, row.gatewayAccountId, { gatewayId, ourId })) || isOurs;
          continue;
        }
        const outcome = await gateway.find({
          paymentId: ourId,
          gatewayId,
          since: new Date(row.receivedAt.getTime() - LOOK_BACK_MS),
        });
        if (outcome === 'unknown' || 'refused' in outcome)
          throw new Error('The gateway does not say how the payment stands');
        if (outcome.known === 'absent') continue;
        isOurs = true;
        paymentId = await this.writeDown(context, row.gatewayAccountId, outcome.known);
      }
    } catch (error) {
      await this.conclude(context, eventId, { state: 'failed', problem: String(error).slice(0, LONGEST_PROBLEM) });
      throw error;
    }
    await this.conclude(context, eventId, { state: isOurs ? 'done' : 'ignored', problem: null, paymentId }, finish);
  }

  /**
   * Writes down what a gateway says of a payment, ours or nobody's.
   * @returns our payment's id, or null where nobody here asked for it
   */
  async writeDown(context: OrganizationContext, gatewayAccountId: string, snapshot: Snapshot): Promise<string | null> {
    const paymentId = await this.database.read(context, (db) =>
      this.payments.idOf(db, gatewayAccountId, snapshot.gatewayId, snapshot.paymentId),
    );
    if (paymentId) {
      await this.books.write(context, paymentId, snapshot);
      return paymentId;
    }
    if (snapshot.received > 0n) await this.strays.keep(context, gatewayAccountId, snapshot);
    return null;
  }

  /** Has an event worked through once more, as staff ask. @throws DomainError not_found */
  async replay(context: OrganizationContext, eventId: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const { state } = found(await this.read(db, eventId));
      await this.outbox.add(db, context, 'payments.event', { gatewayEventId: eventId });
      await db.execute(sql`
        update gateway_events e set state = 'received', problem = null where ${db.tenant('e')} and e.id = ${eventId}::uuid`);
      await this.audit.record(db, context, {
        action: 'staff.gateway_event.replay',
        target: { type: 'gateway_event', id: eventId },
        changes: { before: { state } },
      });
      await this.changed(db, context, eventId);
    });
  }

  private async read(db: Db, id: string): Promise<EventRow | undefined> {
    return db.first<EventRow>(sql`
      select e.id, e.gateway_account_id as "gatewayAccountId", e.state, e.refs, e.received_at as "receivedAt"
      from gateway_events e where ${db.tenant('e')} and e.id = ${id}::uuid`);
  }

  private async conclude(
    context: OrganizationContext,
    id: string,
    {
      state,
      problem,
      paymentId = null,
    }: { state: EventRow['state']; problem: string | null; paymentId?: string | null },
    finish?: (db: Db) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      await db.execute(sql`
        update gateway_events e set state = ${state}, problem = ${problem}, payment_id = coalesce(${paymentId}::uuid, e.payment_id),
          done_at = ${state === 'failed' ? null : new Date()}
        where ${db.tenant('e')} and e.id = ${id}::uuid`);
      await this.changed(db, context, id);
      await finish?.(db);
    });
  }

  private async changed(db: Db, context: OrganizationContext, gatewayEventId: string): Promise<void> {
    await this.events.publish(db, context, { name: 'gateway_event.changed', ids: { gatewayEventId } });
  }
}

/** An event may tell of what was asked for long before it. */
const LOOK_BACK_MS = 90 * 24 * 60 * 60_000;

/** @throws DomainError event_unproved */
function proved(
  gateway: Gateway,
  raw: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
  receivedAt: Date,
): GatewayEvent {
  try {
    return gateway.verify(raw, headers, receivedAt);
  } catch (error) {
    if (error instanceof UnprovedEvent) throw new DomainError('event_unproved', { cause: error });
    throw error;
  }
}
