import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { newId } from '@balcao/platform-database';
import { assignments, insertInto, sql, systemContext, type Database, type Db } from '@balcao/platform-tenancy';
import { credentialOf, type GatewayAccount } from '../gateway-account.js';
import { signEvent } from '../event-signature.js';
import type { Outcome, Snapshot } from '../gateway.js';
import { pack, unpack } from '../packing.js';
import type { SandboxDelivery, SandboxEvent } from './sandbox-delivery.js';
import { isAbout, NO_FAULTS, type SandboxCall, type SandboxFaults } from './sandbox-faults.js';
import { json, paymentsWhere, snapshotOf, type PaymentRow } from './sandbox-rows.js';

/** What an event is about. */
export interface EventAbout {
  kind: 'payment' | 'setup';
  gatewayId: string;
  ourId: string | null;
}

export const SIGNATURE_HEADER = 'balcao-sandbox-signature';
export const KEY_LIFE_MS = 24 * 3_600_000;

/** What the adapter and whoever plays the bank have in common: one account's rows, keys, faults and events. */
export class SandboxService {
  constructor(
    private readonly database: Database,
    readonly account: GatewayAccount,
    private readonly delivery: SandboxDelivery,
  ) {}

  get now(): Date {
    return this.account.clock.now();
  }

  /** By the later of the two times, so that nothing is missed by whoever asks what has changed since then. */
  get changedAt() {
    return sql`greatest(now(), ${this.now}::timestamptz)`;
  }

  async read<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
    return this.database.read(this.context, work);
  }

  async transaction<Result>(work: (db: Db) => Promise<Result>): Promise<Result> {
    return this.database.transaction(this.context, async (db) => {
      await db.execute(
        sql`${insertInto('sandbox_gateways', { id: this.account.id })} on conflict (organization_id, id) do nothing`,
      );
      return work(db);
    });
  }

  /** A payment that nobody else changes until the transaction ends. */
  async held(db: Db, id: string): Promise<PaymentRow | undefined> {
    return (await paymentsWhere(db, this.account.id, sql`p.id = ${id} for no key update`))[0];
  }

  /** Writes what became of a payment, and leaves an event of it. */
  async change(db: Db, row: PaymentRow, type: string, changes: Partial<PaymentRow>): Promise<PaymentRow> {
    const { refunds, disputes, presentation, page, ...plain } = changes;
    const set = {
      ...plain,
      ...(refunds && { refunds: json(refunds) }),
      ...(disputes && { disputes: json(disputes) }),
      ...(presentation !== undefined && { presentation: json(presentation) }),
      ...(page !== undefined && { page: json(page) }),
      changedAt: this.changedAt,
    };
    await db.execute(sql`
      update sandbox_payments p set ${assignments(set)}
      where ${db.tenant('p')} and p.gateway_id = ${this.account.id} and p.id = ${row.id}`);
    await this.leave(db, type, { kind: 'payment', gatewayId: row.id, ourId: row.paymentId });
    return { ...row, ...changes };
  }

  snapshot(db: Db, row: PaymentRow): Promise<Snapshot> {
    return snapshotOf(db, this.account.id, row, this.now);
  }

  async faults(db: Db, lock = false): Promise<SandboxFaults> {
    const row = await db.first<{ faults: Partial<SandboxFaults> }>(sql`
      select g.faults from sandbox_gateways g where ${db.tenant('g')} and g.id = ${this.account.id}
      ${lock ? sql`for no key update` : sql``}`);
    return { ...NO_FAULTS, ...row?.faults };
  }

  /** Leaves an event to be delivered, unless none comes. */
  async leave(db: Db, type: string, about: EventAbout): Promise<void> {
    if ((await this.faults(db)).events === 'never') return;
    await db.execute(
      insertInto('sandbox_events', { id: newId(), gatewayId: this.account.id, type, about: json(about) }),
    );
  }

  /** The events that are to be delivered now. Who takes them delivers them: they are not given a second time. */
  async takeEvents(): Promise<SandboxEvent[]> {
    const rows = await this.transaction(async (db) => {
      const { events } = await this.faults(db, true);
      const waiting = await db.query<{ id: string; type: string; about: EventAbout }>(sql`
        select e.id, e.type, e.about from sandbox_events e where ${db.tenant('e')} and e.gateway_id = ${this.account.id}
        order by e.created_at, e.id`);
      if (events === 'reversed' && waiting.length < 2) return [];
      await db.execute(sql`
        delete from sandbox_events e where ${db.tenant('e')} and e.gateway_id = ${this.account.id}
          and e.id = any(${waiting.map(({ id }) => id)}::uuid[])`);
      if (events === 'never') return [];
      if (events === 'twice') return [...waiting, ...waiting];
      return events === 'reversed' ? waiting.reverse() : waiting;
    });
    const secret = credentialOf(this.account, 'webhookSecret');
    return rows.map(({ id, type, about }) => {
      const raw = Buffer.from(JSON.stringify({ id, type, about }));
      const signature = signEvent(raw, secret, new Date());
      return { raw, headers: { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature } };
    });
  }

  /**
   * One call as a service takes it: by its key once, with the faults that are set. `work` is the effect; all of it and the key
   * are committed together.
   * @param asked what the call asks for: the same key with something else is refused
   */
  async call<Known>(
    call: SandboxCall,
    key: string | null,
    asked: unknown,
    work: (db: Db, faults: SandboxFaults) => Promise<Outcome<Known>>,
  ): Promise<Outcome<Known>> {
    const faults = await this.meetFaults(call);
    const answers = isAbout(faults, call) ? faults.answers : 'given';
    if (faults.delayMs > 0) await sleep(faults.delayMs);
    if (answers === 'lost_before' || answers === 'conflict') return 'unknown';
    const outcome = await this.transaction((db) =>
      key === null
        ? work(db, faults)
        : this.once(db, key, [call, asked], async () => {
            const done = await work(db, faults);
            return answers === 'error_after' ? 'unknown' : done;
          }),
    );
    await this.tell(faults);
    return answers === 'given' ? outcome : 'unknown';
  }

  private get context() {
    return systemContext(this.account.organizationId, {
      clock: this.account.clock,
      commitMark: this.account.commitMark,
    });
  }

  /** The faults of this call; one that is there for a number of calls is one less. */
  private async meetFaults(call: SandboxCall): Promise<SandboxFaults> {
    const faults = await this.read((db) => this.faults(db));
    if (!isAbout(faults, call) || faults.times === null) return faults;
    return this.transaction(async (db) => {
      const held = await this.faults(db, true);
      if (held.times !== null && isAbout(held, call)) await this.setFaults(db, { ...held, times: held.times - 1 });
      return held;
    });
  }

  async setFaults(db: Db, faults: SandboxFaults): Promise<void> {
    await db.execute(sql`
      update sandbox_gateways g set faults = ${json(faults)} where ${db.tenant('g')} and g.id = ${this.account.id}`);
  }

  private async once<Known>(
    db: Db,
    key: string,
    asked: unknown,
    work: () => Promise<Outcome<Known>>,
  ): Promise<Outcome<Known>> {
    const hash = createHash('sha256').update(pack(asked)).digest('base64url');
    const old = sql`${db.tenant('k')} and k.gateway_id = ${this.account.id}`;
    await db.execute(sql`
      delete from sandbox_keys k where ${old} and k.created_at < now() - ${KEY_LIFE_MS} * interval '1 millisecond'`);
    // Who comes second waits here until the first has an answer.
    const added = await db.execute(sql`
      ${insertInto('sandbox_keys', { gatewayId: this.account.id, key, asked: hash })}
      on conflict (organization_id, gateway_id, key) do nothing`);
    if (added === 0) {
      const used = await db.first<{ asked: string; answer: unknown }>(
        sql`select k.asked, k.answer from sandbox_keys k where ${old} and k.key = ${key}`,
      );
      if (used?.asked !== hash) return { refused: 'other', detail: 'key_used_for_another_request' };
      return unpack(used.answer) as Outcome<Known>;
    }
    const answer = await work();
    await db.execute(sql`update sandbox_keys k set answer = ${json(answer)} where ${old} and k.key = ${key}`);
    return answer;
  }

  /** Hands what a call has left to the courier: before it is answered, or a moment later as usual. */
  private async tell({ eventFirst }: SandboxFaults): Promise<void> {
    const { courier } = this.delivery;
    if (!courier) return;
    const deliver = async () => {
      const events = await this.takeEvents();
      if (events.length > 0) await courier(this.account, events);
    };
    // One that is lost is no more than what happens to a real service's.
    if (eventFirst) await deliver().catch(() => {});
    else setImmediate(() => void deliver().catch(() => {}));
  }
}
