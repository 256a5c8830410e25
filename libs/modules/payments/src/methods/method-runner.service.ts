import { Injectable } from '@nestjs/common';
import { found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import type { Outcome, SetupSnapshot } from '@balcao/platform-gateways';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { nextLook } from '../domain/looks.js';
import { OPEN_STATES } from '../domain/payment.js';
import { GatewayDesk } from '../gateway-desk.js';
import { payerOf } from '../payer.js';
import { MethodKeeper } from './method-keeper.service.js';
import { PaymentMethodRepository, type MethodSetup } from './payment-method.repository.js';

/** Calls whose answers were lost, behind which a page is given up that nobody has seen. */
const MOST_CALLS = 5;
/** Days for which a page is asked after. */
const LOOKS_FOR_MS = 3 * 24 * 60 * 60_000;
const OPEN = [...OPEN_STATES];

/** What happens between us and the gateway about cards that are added and removed: commit, call, commit, as payments do. */
@Injectable()
export class MethodRunner {
  constructor(
    private readonly database: Database,
    private readonly methods: PaymentMethodRepository,
    private readonly keeper: MethodKeeper,
    private readonly desk: GatewayDesk,
    private readonly events: Events,
  ) {}

  /**
   * Asks the gateway for a page on which a card is added. Where its answer was lost it is asked again by the same key: a page that
   * nobody has the address of saves nothing, whether or not it is there.
   */
  async send(context: OrganizationContext, setupId: string, finish: (db: Db) => Promise<void>): Promise<void> {
    const prepared = await this.database.transaction(context, async (db) => {
      const setup = found(await this.methods.setup(db, setupId, sql`for no key update of s`));
      if (setup.state !== 'created' && setup.state !== 'sending' && setup.state !== 'unknown') return undefined;
      const { gateway, portalHome } = await this.desk.open(db, context, setup.gatewayAccountId, setup.portalId);
      const isFirst = setup.state === 'created';
      const customerOfId = isFirst
        ? ((await this.methods.withCustomer(db, setup.billingAccountId, setup.gatewayAccountId)) ?? null)
        : setup.customerOfId;
      const calledAt = new Date();
      await this.methods.updateSetup(
        db,
        setupId,
        { state: 'sending', calledAt, customerOfId, askAt: lookAt(setup, 'sending', calledAt) },
        context.clock.now(),
      );
      const customer = customerOfId ? await this.methods.tokenOf(db, customerOfId) : undefined;
      const back = `${portalHome}/payment-methods?setup=${setupId}`;
      const order = {
        setupId,
        customerId: customer?.customerId ?? null,
        payer: await payerOf(db, setup.billingAccountId),
        successUrl: back,
        cancelUrl: back,
      };
      return { gateway, order };
    });
    if (!prepared) return this.database.transaction(context, finish);
    const outcome = await prepared.gateway.setup(prepared.order, `setup:${setupId}`);
    await this.take(context, setupId, outcome, finish);
  }

  /** Asks how adding a card stands, and writes it down. */
  async ask(context: OrganizationContext, setupId: string): Promise<void> {
    const { setup, gateway } = await this.database.read(context, async (db) => {
      const read = found(await this.methods.setup(db, setupId));
      return {
        setup: read,
        gateway: (await this.desk.open(db, context, read.gatewayAccountId, read.portalId)).gateway,
      };
    });
    if (setup.gatewayId === null) return this.send(context, setupId, () => Promise.resolve());
    await this.take(context, setupId, await gateway.findSetup(setup.gatewayId));
  }

  /**
   * Takes an event about a setup as the hint that it is.
   * @returns whether it is of ours
   * @throws Error where the gateway cannot be asked now
   */
  async hear(
    context: OrganizationContext,
    gatewayAccountId: string,
    { gatewayId, ourId }: { gatewayId: string; ourId: string | null },
  ): Promise<boolean> {
    const { setupId, gateway } = await this.database.read(context, async (db) => ({
      setupId: await this.methods.setupIdOf(db, gatewayAccountId, gatewayId, ourId),
      gateway: (await this.desk.open(db, context, gatewayAccountId)).gateway,
    }));
    if (!setupId) return false;
    const outcome = await gateway.findSetup(gatewayId);
    if (outcome === 'unknown' || 'refused' in outcome)
      throw new Error('The gateway does not say how adding the card stands');
    await this.take(context, setupId, outcome);
    return true;
  }

  /** Has the gateway forget a card that was removed, once nothing is on its way that charges it. */
  async forget(context: OrganizationContext, methodId: string, finish?: (db: Db) => Promise<void>): Promise<void> {
    const prepared = await this.database.transaction(context, async (db) => {
      const method = found(await this.methods.find(db, methodId, sql`for no key update`));
      const saved = await this.methods.tokenOf(db, methodId);
      if (!method.removedAt || !saved) return undefined;
      const [charge] = await db.query(sql`
        select from payments p where ${db.tenant('p')} and p.payment_method_id = ${methodId}::uuid and p.state = any(${OPEN}::text[]) limit 1`);
      if (charge) {
        await this.methods.update(db, methodId, { forgetAt: new Date(Date.now() + 10 * 60_000) }, context.clock.now());
        return undefined;
      }
      return { saved, gateway: (await this.desk.open(db, context, method.gatewayAccountId)).gateway };
    });
    const outcome = prepared ? await prepared.gateway.forget(prepared.saved) : undefined;
    await this.database.transaction(context, async (db) => {
      if (outcome !== undefined) {
        const isGone = outcome !== 'unknown' && 'known' in outcome;
        if (isGone) {
          await this.methods.forgetToken(db, methodId);
          const forgottenAt = context.clock.now();
          await this.methods.update(db, methodId, { forgottenAt, forgetAt: null }, forgottenAt);
        } else {
          const [row] = await db.query<{ forgets: number }>(sql`
            select m.forgets from payment_methods m where ${db.tenant('m')} and m.id = ${methodId}::uuid`);
          const forgets = (row?.forgets ?? 0) + 1;
          const pause = Math.min(2 ** forgets, 24 * 60) * 60_000;
          await this.methods.update(
            db,
            methodId,
            { forgets, forgetAt: new Date(Date.now() + pause) },
            context.clock.now(),
          );
        }
      }
      await finish?.(db);
    });
  }

  private async take(
    context: OrganizationContext,
    setupId: string,
    outcome: Outcome<SetupSnapshot | 'absent'>,
    finish?: (db: Db) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const setup = found(await this.methods.setup(db, setupId, sql`for no key update of s`));
      const now = context.clock.now();
      if (outcome !== 'unknown' && 'known' in outcome && outcome.known !== 'absent') {
        await this.merge(db, context, setup, outcome.known);
      } else if (outcome === 'unknown') {
        const asks = setup.asks + 1;
        const isOver = setup.gatewayId === null && asks >= MOST_CALLS;
        const unheard = setup.state === 'sending' ? ('unknown' as const) : setup.state;
        const state = isOver ? ('failed' as const) : unheard;
        const askAt = isOver ? null : lookAt({ ...setup, asks }, state, new Date());
        await this.methods.updateSetup(db, setupId, { state, asks, askAt }, now);
        if (state !== setup.state) await this.changed(db, context, setup);
      } else if (setup.state !== 'succeeded' && setup.state !== 'failed' && setup.state !== 'expired') {
        // It would not, or knows nothing of it.
        await this.methods.updateSetup(db, setupId, { state: 'failed', askAt: null }, now);
        await this.changed(db, context, setup);
      }
      await finish?.(db);
    });
  }

  /** The same word any number of times, in any order, is written down once; a card that was saved wins over all. */
  private async merge(
    db: Db,
    context: OrganizationContext,
    setup: MethodSetup,
    { gatewayId, status, url, saved }: SetupSnapshot,
  ): Promise<void> {
    const now = context.clock.now();
    if (setup.state === 'succeeded') return;
    const isSaved = status === 'succeeded' && saved !== null;
    const isEnded = setup.state === 'failed' || setup.state === 'expired';
    if (isEnded && !isSaved) return;
    // "Succeeded" without a card is a promise.
    const state = isSaved ? 'succeeded' : status === 'succeeded' ? 'pending' : status;
    const asks = setup.asks + (state === setup.state ? 1 : 0);
    await this.methods.updateSetup(
      db,
      setup.id,
      { state, asks, gatewayId, pageUrl: url ?? setup.pageUrl, askAt: lookAt({ ...setup, asks }, state, new Date()) },
      now,
    );
    if (isSaved) await this.keeper.keep(db, context, { ...ownerOf(setup), setupId: setup.id, paymentId: null }, saved);
    if (state !== setup.state) await this.changed(db, context, setup);
  }

  private async changed(db: Db, context: OrganizationContext, setup: MethodSetup): Promise<void> {
    await this.events.publish(db, context, {
      name: 'method_setup.changed',
      ids: { methodSetupId: setup.id },
      billingAccountId: setup.billingAccountId,
      portalUserId: undefined,
    });
  }
}

const ownerOf = ({ billingAccountId, gatewayAccountId, gatewayKind }: MethodSetup) => ({
  billingAccountId,
  gatewayAccountId,
  gatewayKind,
});

/** When a page is asked after next of which nothing is heard, by the real clock; null where nobody asks any more. */
function lookAt(
  { asks, createdAt }: Pick<MethodSetup, 'asks' | 'createdAt'>,
  state: MethodSetup['state'],
  now: Date,
): Date | null {
  if (state === 'succeeded' || state === 'failed' || state === 'expired') return null;
  const expiresAt = new Date(Math.max(createdAt.getTime(), now.getTime()) + LOOKS_FOR_MS);
  return asks > 12 ? null : nextLook({ state, asks, expiresAt }, now);
}
