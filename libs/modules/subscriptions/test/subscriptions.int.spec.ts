import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DomainEvent } from '@balcao/contracts';
import { addDays, addMonths, type Day } from '@balcao/money';
import { Events, unheardEvents } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import { createBillingScene, type BillingScene } from '../../billing/test/factories.js';
import { RunSubscriptionsHandler } from '../src/jobs/run-subscriptions.handler.js';
import type { SubscriptionRunner } from '../src/subscription-runner.service.js';
import type { SubscriptionWish } from '../src/subscription-creation.service.js';
import { addPrice, deskOf, sell, subscriptionServices, type SubscriptionServices } from './factories.js';

const START = '2026-11-10';
let test: TestDatabase;
let services: SubscriptionServices;
let scene: BillingScene;
let fibra300: string;
let fibra600: string;
let giga: string;
let today: Day = START;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = subscriptionServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  today = START;
  await services.billing.settings.update(staff(), { finePercent: '0', interestPercent: '0', version: 1 });
  fibra300 = await sell(services, staff(), 'Fibra 300', 10_000n, { family: 'Fibra' });
  fibra600 = await sell(services, staff(), 'Fibra 600', 15_000n, { family: 'Fibra' });
  giga = await sell(services, staff(), 'Fibra 1 Giga', 25_000n, { family: 'Fibra' });
});

const { staff, customer, system, get, invoicesOf } = deskOf(() => ({ services, scene, today }));
const begin = (more: Partial<SubscriptionWish> = {}) =>
  services.creation.create(staff(), { billingAccountId: scene.padaria, items: [{ priceId: fibra300 }], ...more });

/** It is another day, and what is due up to then was done. */
async function goTo(day: Day): Promise<void> {
  today = day;
  await services.runner.runDue(system());
}

/** What is owed is paid, and its subscriptions hear of it. */
async function pay(amount: bigint, ...ids: string[]): Promise<void> {
  await services.billing.credits.deposit(staff(), { billingAccountId: scene.padaria, amount, method: 'pix' });
  for (const id of ids)
    for (const invoice of await invoicesOf(id))
      await test.database.transaction(system(), (db) => services.pastDue.follow(db, system(), invoice.id));
}

/** Subscriptions hear what was said, as the worker does soon after the commit, on the day that it is. */
async function hear(): Promise<void> {
  const follower = Object.create(services.follower) as SubscriptionServices['follower'];
  follower.hear = (event, _, done) => services.follower.hear(event, system(), done);
  await hearEvents(test.owner, follower);
}

/** The first item at another price. */
async function items(id: string, priceId: string) {
  return (await get(id)).items.map((item, place) => ({ id: item.id, priceId: place === 0 ? priceId : item.priceId }));
}

const change = async (id: string, priceId: string, when: 'now' | 'period_end' = 'now') =>
  services.changes.change(staff(), id, { items: await items(id, priceId), when });

async function allow(rules: Record<string, boolean | number>): Promise<void> {
  await test.owner.query(
    `update portals set settings = settings || jsonb_build_object('subscriptions', $2::jsonb) where id = $1`,
    [scene.portalId, JSON.stringify(rules)],
  );
}

/** Whatever happened: periods tile and are billed once, what recurs is the sum of its movements, and the books are even. */
async function expectSound(): Promise<void> {
  const { rows: overlaps } = await test.owner.query(
    `select from billing_periods a join billing_periods b on b.organization_id = a.organization_id and b.subscription_id = a.subscription_id
       and b.id > a.id and daterange(a.starts_on, coalesce(a.cut_on, a.ends_on)) && daterange(b.starts_on, coalesce(b.cut_on, b.ends_on))
     where a.organization_id = $1`,
    [scene.organizationId],
  );
  expect(overlaps).toEqual([]);
  const { rows: twice } = await test.owner.query(
    'select invoice_id from billing_periods where organization_id = $1 and invoice_id is not null group by 1 having count(*) > 1',
    [scene.organizationId],
  );
  expect(twice).toEqual([]);
  const { rows: moved } = await test.owner.query(
    `select s.id from subscriptions s where s.organization_id = $1
       and s.monthly <> coalesce((select sum(m.amount) from subscription_movements m where m.subscription_id = s.id), 0)`,
    [scene.organizationId],
  );
  expect(moved).toEqual([]);
  const { rows: uneven } = await test.owner.query(
    `select a.currency from ledger_accounts a where a.organization_id = $1 and a.balance <> (select coalesce(sum(
       case when e.side = 'debit' then e.amount else -e.amount end), 0) from ledger_entries e
       where e.organization_id = a.organization_id and e.billing_account_id = a.billing_account_id and e.currency = a.currency)`,
    [scene.organizationId],
  );
  expect(uneven).toEqual([]);
}

describe('S0.4 a subscription begins', () => {
  it('today, with its first invoice at once, by its own number and terms', async () => {
    const id = await begin({ dueDays: 15 });
    expect(await get(id)).toMatchObject({
      number: 'AS-2026-000001',
      title: 'Fibra 300',
      state: 'active',
      currentStartsOn: START,
      currentEndsOn: '2026-12-10',
      nextRenewalOn: '2026-12-10',
      monthly: 10_000n,
      nextCharge: { on: '2026-12-10', total: 10_000n, dueOn: '2026-12-25', payableUntil: '2026-12-28' },
    });
    expect(await invoicesOf(id)).toMatchObject([{ total: 10_000n, dueOn: '2026-11-25', state: 'open' }]);
    await expectSound();
  });

  it('later, when its day comes, and costs nothing before', async () => {
    const id = await begin({ startsOn: '2026-11-20' });
    expect(await get(id)).toMatchObject({ state: 'pending', monthly: 0n });
    await goTo('2026-11-19');
    expect(await invoicesOf(id)).toEqual([]);
    await goTo('2026-11-20');
    expect(await get(id)).toMatchObject({ state: 'active', currentStartsOn: '2026-11-20' });
    expect(await invoicesOf(id)).toHaveLength(1);
  });

  it('with a trial, whose end is told three days before, once, and then asks for the first period', async () => {
    const id = await begin({ trialDays: 14 });
    expect(await get(id)).toMatchObject({
      state: 'trialing',
      monthly: 0n,
      nextCharge: { on: '2026-11-24', total: 10_000n },
    });
    await goTo('2026-11-20');
    expect((await get(id)).history.map(({ kind }) => kind)).not.toContain('trial_ending');
    await goTo('2026-11-21');
    await goTo('2026-11-22');
    expect((await get(id)).history.filter(({ kind }) => kind === 'trial_ending')).toHaveLength(1);
    await goTo('2026-11-24');
    expect(await get(id)).toMatchObject({ state: 'active', currentStartsOn: '2026-11-24', monthly: 10_000n });
    expect(await invoicesOf(id)).toHaveLength(1);
    await expectSound();
  });

  it('with a reference of its customer, which each invoice carries as it stood on its day', async () => {
    const orders = async (id: string): Promise<(string | null)[]> => {
      const { rows } = await test.owner.query(
        'select purchase_order from invoices where subscription_id = $1 order by opened_at, id',
        [id],
      );
      return rows.map(({ purchase_order }) => purchase_order);
    };
    const refer = async (id: string, reference: string | null) =>
      services.staff.update(staff(), id, { reference, version: (await get(id)).version });
    const longest = 'ç'.repeat(100);
    const id = await begin({ reference: 'PC-1197' });
    await refer(id, longest);
    expect(await get(id)).toMatchObject({ reference: longest, collection: 'send_invoice', dueDays: null });
    expect(await orders(id)).toEqual(['PC-1197']);
    today = '2026-11-20';
    await change(id, fibra600);
    await goTo('2026-12-10');
    expect(await orders(id)).toEqual(['PC-1197', longest, longest]);
    await refer(id, null);
    await goTo('2027-01-10');
    expect(await orders(id)).toEqual(['PC-1197', longest, longest, null]);
    expect((await get(id)).history.filter(({ kind }) => kind === 'updated').map(({ after }) => after)).toEqual([
      'reference',
      'reference',
    ]);
    expect((await get(await begin())).reference).toBeNull();
    await expect(begin({ reference: `${longest}ç` })).rejects.toThrow('subscriptions_reference_check');
  });

  it('is found by its title, whatever that becomes where it is folded', async () => {
    const id = await begin();
    await test.owner.query("update subscriptions set title = 'Fibra – loja nº 2' where id = $1", [id]);
    for (const q of ['Fibra – loja nº 2', 'loja no 2', 'Nº 2'])
      expect((await services.reader.list(staff(), { q, limit: 10, offset: 0 })).rows.map((row) => row.id)).toEqual([
        id,
      ]);
  });

  it('in the transaction of whoever decides it, or not at all', async () => {
    const wish = { billingAccountId: scene.padaria, items: [{ priceId: fibra300 }] };
    const within = (fails: boolean) =>
      test.database.transaction(system(), async (db) => {
        const terms = await services.billing.settings.terms(db, system());
        const id = await services.creation.createWithin(db, system(), terms, wish);
        if (fails) throw new Error('decided otherwise');
        return id;
      });
    await expect(within(true)).rejects.toThrow('decided otherwise');
    expect((await services.reader.list(staff(), { page: 1, limit: 10, offset: 0 } as never)).rows).toEqual([]);
    const id = await within(false);
    expect((await get(id)).number).toBe('AS-2026-000001');
    expect((await invoicesOf(id)).map(({ number }) => number)).toEqual(['F-2026-000001']);
  });

  it.each([
    ['a customer that there is not', () => ({ billingAccountId: scene.organizationId }), { code: 'validation_failed' }],
    ['a day that has passed', () => ({ startsOn: '2026-11-09' }), { code: 'validation_failed' }],
    ['a price that there is not', () => ({ items: [{ priceId: scene.padaria }] }), { code: 'validation_failed' }],
    ['none of something', () => ({ items: [{ priceId: fibra300, quantity: '0' }], startsOn: START }), undefined],
  ])('but not for %s', async (_, wish, refusal) => {
    const began = begin(wish());
    // Of a flat price there is one, whatever is said.
    if (refusal) await expect(began).rejects.toMatchObject(refusal);
    else expect((await get(await began)).items).toMatchObject([{ quantity: '1' }]);
  });
});

describe('renewals', () => {
  it('come once however often and by however many they are done', async () => {
    const ids = [await begin(), await begin(), await begin()];
    today = '2026-12-10';
    await Promise.all([1, 2, 3, 4].map(() => services.runner.runDue(system())));
    await services.runner.runDue(system());
    for (const id of ids) expect(await invoicesOf(id)).toHaveLength(2);
    await expectSound();
  });

  it('of three periods that were missed are made, then staff are asked, who ask for the rest or pass over it', async () => {
    const [billed, skipped] = [await begin(), await begin()];
    await goTo('2027-05-20');
    expect(await get(billed)).toMatchObject({ heldFor: 'missed_periods', currentStartsOn: '2027-02-10' });
    expect(await invoicesOf(billed)).toHaveLength(4);
    await services.staff.release(staff(), billed, 'bill');
    await services.staff.release(staff(), skipped, 'skip');
    expect(await get(billed)).toMatchObject({ heldFor: null, currentStartsOn: '2027-05-10' });
    expect(await invoicesOf(billed)).toHaveLength(7);
    expect(await get(skipped)).toMatchObject({ heldFor: null, currentStartsOn: '2027-05-10' });
    // The period that goes on is asked for.
    expect(await invoicesOf(skipped)).toHaveLength(5);
    await expectSound();
  });

  it('that break half-way hold up none of the others, and are done when it is tried again', async () => {
    const ids = [await begin(), await begin(), await begin()];
    today = '2026-12-10';
    const broken = subscriptionServices(test, new BreakingEvents(ids[1]!));
    await expect(broken.runner.runDue(system())).rejects.toThrow('Not every subscription could be looked after');
    const counts = async () => Promise.all(ids.map(async (id) => (await invoicesOf(id)).length));
    expect(await counts()).toEqual([2, 1, 2]);
    await services.runner.runDue(system());
    expect(await counts()).toEqual([2, 2, 2]);
    await expectSound();
  });

  it('go on where PostgreSQL went away in the middle', async () => {
    const ids: string[] = [];
    for (let each = 0; each < 60; each++) ids.push(await begin());
    today = '2026-12-10';
    // Those that it met in the middle it may have tried again by itself.
    const running = services.runner.runDue(system()).catch(() => undefined);
    await someAreRenewed();
    await test.outage(() => Promise.resolve());
    await running;
    await services.runner.runDue(system());
    const { rows } = await test.owner.query<{ periods: string }>(
      'select distinct count(*)::text as periods from billing_periods where organization_id = $1 group by subscription_id',
      [scene.organizationId],
    );
    expect(rows).toEqual([{ periods: '2' }]);
    await expectSound();
  }, 600_000);

  it('of which there are many are followed by what hears of them once the run is over, though it broke', async () => {
    const subscriptionId = await begin();
    await test.owner.query('delete from outbox');
    const heldSeconds = async () =>
      (
        await test.owner.query<{ seconds: number }>(
          `select greatest(0, round(extract(epoch from due_at - now())))::integer as seconds from outbox
           where organization_id = $1 and event = 'subscription.changed' order by created_at, id`,
          [scene.organizationId],
        )
      ).rows.map(({ seconds }) => seconds);
    const events = new Events(new Outbox(test.database), new PostgresLiveBus(test.database, test.config, test.secrets));
    const seen: number[][] = [];
    // Two turns that are full, and one in which something breaks.
    const run = async (context: OrganizationContext, most: number) => {
      if (context.organizationId !== scene.organizationId) return 0;
      const event = { name: 'subscription.changed', ids: { subscriptionId } } as const;
      const said = { ...event, billingAccountId: scene.padaria, portalUserId: undefined };
      await test.database.transaction(context, (db) => events.publish(db, context, said));
      seen.push(await heldSeconds());
      if (seen.length === 3) throw new Error('broken');
      return most;
    };
    const handler = new RunSubscriptionsHandler(
      test.database,
      { run } as unknown as SubscriptionRunner,
      new Outbox(test.database),
    );
    await expect(handler.handle()).rejects.toThrow('Not every organization could be looked after');
    expect(seen).toEqual([[0], [0, 300], [0, 300, 300]]);
    expect(await heldSeconds()).toEqual([0, 0, 0]);
  });

  it.each([
    ['what broke in the run', true, 'Not every organization could be looked after'],
    ['that alone where nothing broke', false, 'The database is away'],
  ])('say %s, where what was held could not be let go, and let go of the others', async (_, breaks, message) => {
    const others = [await createBillingScene(test, 'Boreal'), await createBillingScene(test, 'Austral')];
    await begin();
    const ids = [scene, ...others].map(({ organizationId }) => organizationId);
    for (const id of ids.slice(1))
      await test.owner.query(
        `insert into subscriptions (organization_id, billing_account_id, id, number, title, currency, period_unit, period_every, starts_on, anchor_on)
         select $1, b.id, gen_random_uuid(), 'AS-1', 'Fibra', 'BRL', 'month', 1, '2026-11-10', '2026-11-10'
         from billing_accounts b where b.organization_id = $1 limit 1`,
        [id],
      );
    // All of them have a second turn, whose events are held.
    const turns = new Map<string, number>();
    const run = ({ organizationId }: OrganizationContext, most: number) => {
      const turn = (turns.get(organizationId) ?? 0) + 1;
      turns.set(organizationId, turn);
      if (breaks && turn === 2 && organizationId === ids[1]) throw new Error('broken');
      return Promise.resolve(turn === 1 && ids.includes(organizationId) ? most : 0);
    };
    const gone: string[] = [];
    const letGo = (id: string) => {
      if (id === ids[0]) return Promise.reject(new Error('The database is away'));
      gone.push(id);
      return Promise.resolve();
    };
    const handler = new RunSubscriptionsHandler(
      test.database,
      { run } as unknown as SubscriptionRunner,
      { letGo } as unknown as Outbox,
    );
    await expect(handler.handle()).rejects.toThrow(message);
    expect(gone.sort()).toEqual(ids.slice(1).sort());
  });

  async function someAreRenewed(): Promise<void> {
    for (;;) {
      const { rowCount } = await test.owner.query(
        'select from billing_periods where organization_id = $1 and starts_on = $2 limit 1',
        [scene.organizationId, today],
      );
      if (rowCount) return;
      await sleep(5);
    }
  }

  it('ask for what was used beyond what is included, once, and not for what comes later', async () => {
    const price = { model: 'usage', kind: 'addition', included: '100', unitName: 'minutos' } as const;
    const minutes = await sell(services, staff(), 'Minutos', 50n, price);
    const id = await begin({ items: [{ priceId: fibra300 }, { priceId: minutes }] });
    const itemId = (await get(id)).items[1]!.id;
    const used = (key: string, usedOn: Day, quantity: string) => ({ key, itemId, usedOn, quantity });
    today = '2026-11-20';
    expect(
      await services.usage.record(staff(), id, [used('a', '2026-11-15', '90'), used('b', '2026-11-20', '30.5')]),
    ).toBe(2);
    expect(await services.usage.record(staff(), id, [used('a', '2026-11-15', '90.0')])).toBe(0);
    await expect(services.usage.record(staff(), id, [used('a', '2026-11-15', '91')])).rejects.toMatchObject({
      code: 'usage_key_taken',
    });
    await goTo('2026-12-10');
    // 10,000 and 20.5 × 0.50.
    expect((await invoicesOf(id))[0]).toMatchObject({ total: 11_025n });
    await expect(services.usage.record(staff(), id, [used('c', '2026-12-09', '1')])).rejects.toMatchObject({
      code: 'usage_period_billed',
    });
    await goTo('2027-01-10');
    expect((await invoicesOf(id))[0]).toMatchObject({ total: 10_000n });
  });
});

describe('S0.4 a change', () => {
  it('costs what was shown, to the cent, and no other', async () => {
    const id = await begin();
    today = '2026-11-25';
    const wish = { items: await items(id, fibra600) };
    const { now, ...quote } = await services.changes.quote(staff(), id, wish.items);
    expect(quote).toMatchObject({
      titleBefore: 'Fibra 300',
      titleAfter: 'Fibra 600',
      recurringBefore: 10_000n,
      recurringAfter: 15_000n,
    });
    expect(now).toMatchObject({ daysLeft: 15, daysWhole: 30, due: 2_500n, credit: 0n });
    await services.changes.change(staff(), id, { ...wish, when: 'now', token: now!.token });
    expect((await invoicesOf(id))[0]).toMatchObject({ total: now!.due, title: 'Fibra 600, mudança de plano' });
    await expect(
      services.changes.change(staff(), id, { ...wish, when: 'now', token: now!.token }),
    ).rejects.toMatchObject({
      code: 'subscription_same_plan',
    });
    await expect(
      services.changes.change(staff(), id, { items: await items(id, giga), when: 'now', token: now!.token }),
    ).rejects.toMatchObject({
      code: 'subscription_price_changed',
    });
    await expectSound();
  });

  it('to less gives the difference back as a credit note', async () => {
    const id = await begin({ items: [{ priceId: giga }] });
    today = '2026-11-25';
    await change(id, fibra300);
    // 250.00 and 100.00 for 14 of 30 days: that of the change was had.
    expect(await invoicesOf(id)).toMatchObject([{ total: 25_000n, owed: 18_000n }]);
    expect(await get(id)).toMatchObject({ title: 'Fibra 300', monthly: 10_000n, unpaidChange: null });
  });

  it('and a renewal at once end as one after the other would', async () => {
    const ids: string[] = [];
    for (let each = 0; each < 6; each++) ids.push(await begin());
    const wishes = await Promise.all(ids.map((id) => items(id, fibra600)));
    today = '2026-12-10';
    await Promise.all([
      services.runner.runDue(system()),
      ...ids.map((id, place) => services.changes.change(staff(), id, { items: wishes[place]!, when: 'now' })),
    ]);
    for (const id of ids) {
      // 100.00 of the first period, 100.00 of the second, and the whole difference of it.
      expect((await invoicesOf(id)).map(({ total }) => total).sort()).toEqual([10_000n, 10_000n, 5_000n]);
      expect(await get(id)).toMatchObject({ title: 'Fibra 600', currentStartsOn: '2026-12-10' });
    }
    await expectSound();
  });

  it('of which nothing is paid is swapped for another (B.19): its invoice is void, and the next costs as from before', async () => {
    const id = await begin();
    await pay(10_000n, id);
    today = '2026-11-25';
    await change(id, giga);
    const [first] = await invoicesOf(id);
    expect(await get(id)).toMatchObject({ unpaidChange: { due: 7_500n, invoiceId: first!.id } });
    const quote = await services.changes.quote(staff(), id, await items(id, fibra600));
    expect(quote).toMatchObject({ replaces: { invoiceId: first!.id }, now: { due: 2_500n } });
    await change(id, fibra600);
    expect((await invoicesOf(id)).map(({ total, state }) => [total, state])).toEqual([
      [2_500n, 'open'],
      [7_500n, 'void'],
      [10_000n, 'paid'],
    ]);
    await expectSound();
  });

  it('of which nothing is paid is dropped (B.19), and what is paid is not', async () => {
    const id = await begin();
    await pay(10_000n, id);
    today = '2026-11-25';
    await change(id, giga);
    await services.changes.undo(staff(), id);
    expect(await get(id)).toMatchObject({ title: 'Fibra 300', unpaidChange: null, monthly: 10_000n });
    expect((await invoicesOf(id))[0]).toMatchObject({ state: 'void' });
    await change(id, giga);
    await pay(7_500n, id);
    await expect(services.changes.undo(staff(), id)).rejects.toMatchObject({ code: 'subscription_nothing_planned' });
    await expectSound();
  });

  it('of how many there are tells of them, and leaves the subscription its name', async () => {
    const start = staff();
    const ramal = await sell(services, start, 'Ramal', 1_000n, { kind: 'addition', model: 'per_unit' });
    const id = await begin({ items: [{ priceId: fibra300 }, { priceId: ramal, quantity: '2' }] });
    const [plan, lines] = (await get(id)).items;
    const more = {
      items: [
        { id: plan!.id, priceId: fibra300 },
        { id: lines!.id, priceId: ramal, quantity: '3' },
      ],
      when: 'now' as const,
    };
    await services.changes.change(staff(), id, more);
    const told = { titleBefore: '2 × Ramal', titleAfter: '3 × Ramal' };
    expect(await get(id)).toMatchObject({ title: 'Fibra 300', unpaidChange: told });
    expect((await get(id)).history[0]).toMatchObject({ kind: 'changed', before: '2 × Ramal', after: '3 × Ramal' });
    await services.changes.undo(staff(), id);
    expect(await get(id)).toMatchObject({ title: 'Fibra 300', unpaidChange: null });
    await services.changes.change(staff(), id, { ...more, when: 'period_end' });
    expect(await get(id)).toMatchObject({ scheduled: told });
    await goTo('2026-12-10');
    expect(await get(id)).toMatchObject({ title: 'Fibra 300', scheduled: null, monthly: 13_000n });
  });

  it('for the end of the period waits for it, is undone until then, and costs nothing before', async () => {
    const id = await begin();
    today = '2026-11-25';
    await change(id, fibra600, 'period_end');
    expect(await get(id)).toMatchObject({
      title: 'Fibra 300',
      scheduled: { effectiveOn: '2026-12-10' },
      nextCharge: { total: 15_000n },
    });
    await services.changes.undo(staff(), id);
    expect(await get(id)).toMatchObject({ scheduled: null, nextCharge: { total: 10_000n } });
    await change(id, fibra600, 'period_end');
    await change(id, giga, 'period_end');
    await goTo('2026-12-10');
    expect((await invoicesOf(id)).map(({ total }) => total)).toEqual([25_000n, 10_000n]);
    expect(await get(id)).toMatchObject({ title: 'Fibra 1 Giga', scheduled: null, monthly: 25_000n });
    await expect(services.changes.undo(staff(), id)).rejects.toMatchObject({ code: 'subscription_nothing_planned' });
  });

  it('to another cycle comes with the next period, which is counted from then on', async () => {
    const plan = (await services.plans.list(staff())).find(({ name }) => name === 'Fibra 300')!;
    const yearly = await addPrice(services, staff(), plan.id, 100_000n, { periodUnit: 'year' });
    const id = await begin();
    today = '2026-11-25';
    expect(await services.changes.quote(staff(), id, await items(id, yearly))).toMatchObject({
      now: null,
      periodEnd: { on: '2026-12-10' },
    });
    await change(id, yearly, 'period_end');
    await goTo('2026-12-10');
    expect(await get(id)).toMatchObject({ currentEndsOn: '2027-12-10', periodUnit: 'year', monthly: 8_333n });
    await expectSound();
  });

  it('leaves those who have a price at it though nobody else gets it any more', async () => {
    const plan = (await services.plans.list(staff())).find(({ name }) => name === 'Fibra 300')!;
    const id = await begin();
    await addPrice(services, staff(), plan.id, 12_000n);
    await services.plans.archivePrice(staff(), plan.id, fibra300);
    await goTo('2026-12-10');
    expect((await invoicesOf(id))[0]).toMatchObject({ total: 10_000n });
    await expect(begin()).rejects.toMatchObject({ code: 'plan_archived' });
    await expect(
      test.owner.query('update plan_prices set unit_amount = 1 where organization_id = $1', [scene.organizationId]),
    ).rejects.toMatchObject({ constraint: 'plan_prices_kept_check' });
  });
});

describe('S0.5 a pause', () => {
  it('from a day to a day gives unused days back, asks for nothing meanwhile, and counts anew', async () => {
    const id = await begin();
    await pay(10_000n, id);
    const days = { startsOn: '2026-11-25', resumesOn: '2027-01-05' };
    expect(await services.pauses.quote(staff(), id, days)).toMatchObject({
      credit: 5_000n,
      skipped: [{ on: '2026-12-10', amount: 10_000n }],
      saved: 15_000n,
    });
    await services.pauses.pause(staff(), id, days);
    await goTo('2026-11-24');
    expect((await get(id)).state).toBe('active');
    await goTo('2026-11-25');
    expect(await get(id)).toMatchObject({ state: 'paused', monthly: 0n, nextCharge: { on: '2027-01-05' } });
    await goTo('2027-01-04');
    expect(await invoicesOf(id)).toHaveLength(1);
    await goTo('2027-01-05');
    expect(await get(id)).toMatchObject({
      state: 'active',
      anchorOn: '2027-01-05',
      currentEndsOn: '2027-02-05',
      monthly: 10_000n,
    });
    // What was given back has paid a half of it.
    expect((await invoicesOf(id))[0]).toMatchObject({ total: 10_000n, owed: 5_000n });
    await expectSound();
  });

  it('is given other days, or taken back, until it begins; and ended by who paused', async () => {
    const id = await begin();
    await services.pauses.pause(staff(), id, { startsOn: '2026-11-20', resumesOn: null });
    await services.pauses.pause(staff(), id, { startsOn: '2026-11-22', resumesOn: '2026-12-22' });
    expect(await get(id)).toMatchObject({ pauseOn: '2026-11-22', resumeOn: '2026-12-22' });
    await services.pauses.undo(staff(), id);
    expect(await get(id)).toMatchObject({ pauseOn: null, resumeOn: null });
    await services.pauses.pause(staff(), id, { startsOn: START, resumesOn: null });
    expect(await get(id)).toMatchObject({ state: 'paused', nextCharge: null });
    await expect(services.pauses.undo(staff(), id)).rejects.toMatchObject({ code: 'subscription_nothing_planned' });
    today = '2026-12-01';
    const { token, total } = await services.pauses.resumeQuote(staff(), id);
    await services.pauses.resume(staff(), id, token);
    expect((await invoicesOf(id))[0]).toMatchObject({ total, openedOn: '2026-12-01' });
    await expectSound();
  });

  it.each([
    ['2026-11-09', '2026-12-10', 'notBeforeToday'],
    ['2026-11-20', '2026-11-20', 'afterStart'],
    ['2026-11-20', '2027-11-20', 'pauseTooLong'],
  ])('by a customer from %s to %s is refused: %s', async (startsOn, resumesOn, code) => {
    await allow({ pause: true, longestPauseDays: 92 });
    const id = await begin();
    await expect(services.portal.pause(customer(), id, { startsOn, resumesOn, token: 'any' })).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [expect.objectContaining({ code })],
    });
  });
});

describe('S0.6 an end', () => {
  it('is planned for what is billed, undone until it takes effect, and then stays', async () => {
    const id = await begin();
    const quote = await services.ends.quote(staff(), id, { when: 'period_end' }, { pause: true, change: true });
    expect(quote).toMatchObject({ endsOn: '2026-12-10', credit: 0n, recurring: 10_000n });
    await services.ends.cancel(staff(), id, { when: 'period_end', reason: 'moving', token: quote.token });
    await goTo('2026-12-09');
    await services.ends.undo(staff(), id);
    expect(await get(id)).toMatchObject({ cancelOn: null, cancelReason: null, nextCharge: { on: '2026-12-10' } });
    await services.ends.cancel(staff(), id, { when: 'period_end', reason: 'moving', comment: 'Outra cidade' });
    await goTo('2026-12-10');
    expect(await get(id)).toMatchObject({
      state: 'canceled',
      endedOn: '2026-12-10',
      cancelReason: 'moving',
      monthly: 0n,
    });
    expect(await invoicesOf(id)).toHaveLength(1);
    await expect(services.ends.undo(staff(), id)).rejects.toMatchObject({ code: 'subscription_nothing_planned' });
    await expect(
      test.owner.query("update subscriptions set title = 'x' where organization_id = $1", [scene.organizationId]),
    ).rejects.toMatchObject({ constraint: 'subscriptions_step_check' });
    await expectSound();
  });

  it.each([
    [undefined, 5_333n],
    [false, 10_000n],
  ])('at once with credits %s leaves %s of its invoice', async (credits, owed) => {
    const id = await begin();
    today = '2026-11-25';
    await services.ends.cancel(staff(), id, { when: 'now', credits });
    expect(await get(id)).toMatchObject({ state: 'canceled', endedOn: '2026-11-25' });
    expect(await invoicesOf(id)).toMatchObject([{ owed }]);
    await expectSound();
  });

  it('keeps who takes the discount that fits, for as many periods, once a year', async () => {
    await services.settings.update(staff(), { offerPercent: '20', offerPeriods: 2, version: 1 });
    const id = await begin();
    const quote = () => services.portal.cancelQuote(customer(), id, { when: 'period_end', reason: 'too_expensive' });
    expect((await quote()).offer).toEqual({ kind: 'discount', percent: '20', periods: 2 });
    await services.portal.takeDiscount(customer(), id, 'too_expensive');
    await expect(services.portal.takeDiscount(customer(), id, 'too_expensive')).rejects.toMatchObject({
      code: 'subscription_offer_gone',
    });
    await goTo('2026-12-10');
    expect(await get(id)).toMatchObject({ monthly: 8_000n });
    await goTo('2027-01-10');
    await goTo('2027-02-10');
    expect((await invoicesOf(id)).map(({ total }) => total)).toEqual([10_000n, 8_000n, 8_000n, 10_000n]);
    await expectSound();
  });

  it('is no end for good (B.19): it is taken up again at the prices of today, which are shown', async () => {
    const plan = (await services.plans.list(staff())).find(({ name }) => name === 'Fibra 300')!;
    const arranged = { collection: 'automatic', dueDays: 7, reference: 'PC-1197' } as const;
    const id = await begin(arranged);
    await services.ends.cancel(staff(), id, { when: 'now' });
    await pay(333n);
    await addPrice(services, staff(), plan.id, 12_000n);
    today = '2027-02-01';
    const quote = await services.portal.restartQuote(customer(), id);
    const first = { firstTotal: 12_000n, firstDueOn: '2027-02-08' };
    expect(quote).toMatchObject({ ...first, recurring: 12_000n, startsOn: '2027-02-01' });
    const again = await services.portal.restart(customer(), id, quote.token);
    expect(await get(again)).toMatchObject({ ...arranged, state: 'active', followsId: id, number: 'AS-2027-000001' });
    const { rows } = await test.owner.query('select kind from subscription_movements where subscription_id = $1', [
      again,
    ]);
    expect(rows).toEqual([{ kind: 'reactivation' }]);
    await expect(services.portal.restart(customer(), again, quote.token)).rejects.toMatchObject({
      code: 'subscription_state',
    });
    expect((await get(id)).state).toBe('canceled');
  });
});

describe('one that is not paid', () => {
  it('is past due behind the last day in time, and no more once all is paid', async () => {
    const id = await begin({ dueDays: 14 });
    await goTo('2026-11-24');
    expect((await get(id)).state).toBe('active');
    await goTo('2026-11-25');
    expect(await get(id)).toMatchObject({ state: 'past_due', owed: 10_000n, monthly: 10_000n });
    await pay(10_000n, id);
    expect((await get(id)).state).toBe('active');
    await expectSound();
  });

  it('is paused where the organization wants that, and back when it is paid', async () => {
    await services.settings.update(staff(), { pastDueAction: 'pause', pastDueDays: 5, version: 1 });
    const id = await begin({ dueDays: 14 });
    await goTo('2026-11-25');
    await goTo('2026-11-29');
    expect((await get(id)).state).toBe('past_due');
    await goTo('2026-11-30');
    expect(await get(id)).toMatchObject({ state: 'paused', pausedFor: 'unpaid', monthly: 0n });
    await allow({ pause: true });
    await expect(services.portal.resumeQuote(customer(), id)).rejects.toMatchObject({
      code: 'subscription_action_not_allowed',
    });
    await goTo('2027-01-10');
    expect(await invoicesOf(id)).toHaveLength(1);
    await pay((await get(id)).owed, id);
    expect(await get(id)).toMatchObject({ state: 'active', anchorOn: '2027-01-10', monthly: 10_000n });
    expect(await invoicesOf(id)).toHaveLength(2);
    await expectSound();
  });

  it('stays paused where what it owes is written off, until staff resume it', async () => {
    await services.settings.update(staff(), { pastDueAction: 'pause', pastDueDays: 5, version: 1 });
    const id = await begin({ dueDays: 14 });
    await goTo('2026-11-25');
    await goTo('2026-11-30');
    const [invoice] = await invoicesOf(id);
    await hear();
    await services.billing.credits.writeOff(staff(), invoice!.id, { reason: 'Não paga' });
    await hear();
    expect(await get(id)).toMatchObject({
      ...{ state: 'paused', pausedFor: 'unpaid', pastDueOn: null, owed: 0n, monthly: 0n },
    });
    expect(await invoicesOf(id)).toHaveLength(1);
    const { token } = await services.pauses.resumeQuote(staff(), id);
    await services.pauses.resume(staff(), id, token);
    expect(await get(id)).toMatchObject({ state: 'active', monthly: 10_000n });
    await expectSound();
  });

  it('is behind again where the write-off is taken back, and comes back once it is paid', async () => {
    await services.settings.update(staff(), { pastDueAction: 'pause', pastDueDays: 5, version: 1 });
    const id = await begin({ dueDays: 14 });
    await goTo('2026-11-25');
    await goTo('2026-11-30');
    const { credits, invoices } = services.billing;
    const { owed } = await get(id);
    const [invoice] = await invoicesOf(id);
    await credits.writeOff(staff(), invoice!.id, { reason: 'Não paga' });
    await hear();
    const settled = (await invoices.get(staff(), invoice!.id)).settlements;
    const writeOff = settled.find(({ kind }) => kind === 'write_off');
    await credits.takeBackWriteOff(staff(), invoice!.id, { writeOffId: writeOff!.id, reason: 'Vai pagar' });
    await hear();
    await goTo('2026-12-01');
    expect(await get(id)).toMatchObject({ state: 'paused', pausedFor: 'unpaid', pastDueOn: '2026-12-01', owed });
    await pay(owed);
    await hear();
    expect(await get(id)).toMatchObject({ state: 'active', pastDueOn: null, monthly: 10_000n });
    await expectSound();
  });

  it('ends where the organization wants that, and stays in view with its invoices', async () => {
    await services.settings.update(staff(), { pastDueAction: 'cancel', pastDueDays: 5, version: 1 });
    const id = await begin({ dueDays: 14 });
    await goTo('2026-11-25');
    await goTo('2026-11-30');
    expect(await services.reader.get(customer(), id)).toMatchObject({ state: 'canceled', cancelReason: 'unpaid' });
    expect((await services.reader.invoices(customer(), id)).rows).toHaveLength(1);
  });

  it.each(['nothing', 'pause', 'cancel'] as const)('whose card was given up does as is said: %s', async (action) => {
    const id = await begin();
    const [invoice] = await invoicesOf(id);
    const giveUp = () =>
      test.database.transaction(system(), (db) => services.pastDue.giveUpInvoice(db, system(), invoice!.id, action));
    await giveUp();
    await giveUp();
    expect((await get(id)).state).toBe({ nothing: 'past_due', pause: 'paused', cancel: 'canceled' }[action]);
    await expectSound();
  });
});

describe('customers', () => {
  it.each<[string, Record<string, boolean>, (id: string) => Promise<unknown>]>([
    ['change', { change: false }, (id) => services.portal.changeQuote(customer(), id, { priceId: fibra600 })],
    ['pause', {}, (id) => services.portal.pauseQuote(customer(), id, { startsOn: START, resumesOn: '2026-12-01' })],
    ['cancel at once', {}, (id) => services.portal.cancel(customer(), id, { when: 'now' })],
    ['cancel', { cancelAtPeriodEnd: false }, (id) => services.portal.cancel(customer(), id, { when: 'period_end' })],
    ['take up again', { change: false }, (id) => services.portal.restartQuote(customer(), id)],
  ])('cannot %s where their portal does not let them', async (_, rules, act) => {
    await allow(rules);
    await expect(act(await begin())).rejects.toMatchObject({ code: 'subscription_action_not_allowed' });
  });

  it('see and touch none but their own', async () => {
    const other = await begin({ billingAccountId: scene.oficina });
    for (const act of [
      () => services.reader.get(customer(), other),
      () => services.portal.changeQuote(customer(), other, { priceId: fibra600 }),
      () => services.portal.cancel(customer(), other, { when: 'period_end' }),
      () => services.portal.restart(customer(), other, 'x'),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'not_found' });
  });

  it('do not undo what staff have planned, nor put something else in its place', async () => {
    await allow({ pause: true, cancelNow: true });
    await services.settings.update(staff(), { offerPercent: '10', version: 1 });
    const refused = { code: 'subscription_action_not_allowed' };
    const [moved, paused, ended] = [await begin(), await begin(), await begin()];
    await change(moved, giga, 'period_end');
    await services.pauses.pause(staff(), paused, { startsOn: addDays(today, 5), resumesOn: addDays(today, 9) });
    await services.ends.cancel(staff(), ended, { when: 'period_end' });
    const { portal } = services;
    for (const act of [
      () => portal.undo(customer(), moved, 'change'),
      () => portal.changeQuote(customer(), moved, { priceId: fibra600 }),
      () => portal.change(customer(), moved, { priceId: fibra600, when: 'now', token: 'x' }),
      () => portal.undo(customer(), paused, 'pause'),
      () =>
        portal.pause(customer(), paused, { startsOn: addDays(today, 20), resumesOn: addDays(today, 21), token: 'any' }),
      () => portal.undo(customer(), ended, 'cancel'),
      () => portal.takeDiscount(customer(), ended, 'too_expensive'),
    ])
      await expect(act()).rejects.toMatchObject(refused);
    // What they plan themselves they undo, also behind what staff had planned and undone.
    await services.ends.undo(staff(), ended);
    await portal.cancel(customer(), ended, { when: 'period_end' });
    await portal.undo(customer(), ended, 'cancel');
    expect(await get(moved)).toMatchObject({ scheduled: { effectiveOn: '2026-12-10' }, staffPlan: { change: true } });
  });

  it('choose among what is offered of their family, and nothing else', async () => {
    const hidden = await sell(services, staff(), 'Fibra interna', 100n, { family: 'Fibra', isOffered: false });
    const strange = await sell(services, staff(), 'Telefone', 100n, { family: 'Voz' });
    const id = await begin();
    const { choices } = await services.portal.choices(customer(), id);
    expect(choices.map(({ name }) => name)).toEqual(['Fibra 300', 'Fibra 600', 'Fibra 1 Giga']);
    for (const priceId of [hidden, strange])
      await expect(services.portal.changeQuote(customer(), id, { priceId })).rejects.toMatchObject({
        code: 'validation_failed',
      });
    const { now } = await services.portal.changeQuote(customer(), id, { priceId: fibra600 });
    await services.portal.change(customer(), id, { priceId: fibra600, when: 'now', token: now!.token });
    expect((await get(id)).history[0]).toMatchObject({ kind: 'changed', actorName: 'Ana Ribeiro', amount: 5_000n });
  });
});

describe('nobody gains by', () => {
  it('undoing a change of one that has ended', async () => {
    const id = await begin();
    await pay(10_000n, id);
    await change(id, giga);
    await services.ends.cancel(staff(), id, { when: 'now', credits: false });
    await expect(services.portal.undo(customer(), id, 'change')).rejects.toMatchObject({
      code: 'subscription_nothing_planned',
    });
    expect((await get(id)).unpaidChange).toBeNull();
    expect((await invoicesOf(id))[0]).toMatchObject({ state: 'open', total: 15_000n });
  });

  it('ending what was paused as nothing was paid, and taking it up again', async () => {
    await services.settings.update(staff(), { pastDueAction: 'pause', pastDueDays: 5, version: 1 });
    const id = await begin({ dueDays: 14 });
    await goTo('2026-11-25');
    await goTo('2026-11-30');
    expect(await get(id)).toMatchObject({ state: 'paused', pausedFor: 'unpaid' });
    await services.portal.cancel(customer(), id, { when: 'period_end' });
    const refusal = { code: 'subscription_unpaid' };
    await expect(services.portal.restartQuote(customer(), id)).rejects.toMatchObject(refusal);
    await expect(services.portal.restart(customer(), id, 'x')).rejects.toMatchObject(refusal);
    // Who decides otherwise are staff.
    expect(await services.creation.restartQuote(staff(), id)).toMatchObject({ firstTotal: 10_000n });
    await pay((await get(id)).owed);
    const { token } = await services.portal.restartQuote(customer(), id);
    await services.portal.restart(customer(), id, token);
  });

  it('ending what was paused as its card was given up, before its invoice is late', async () => {
    const id = await begin({ dueDays: 30 });
    const [invoice] = await invoicesOf(id);
    today = '2026-11-25';
    await test.database.transaction(system(), (db) =>
      services.pastDue.giveUpInvoice(db, system(), invoice!.id, 'pause'),
    );
    await services.portal.cancel(customer(), id, { when: 'period_end' });
    // Sixteen days of thirty: the last had begun.
    expect(await get(id)).toMatchObject({ state: 'canceled', owed: 5_333n });
    await expect(services.portal.restartQuote(customer(), id)).rejects.toMatchObject({ code: 'subscription_unpaid' });
  });

  it('taking one up again twice', async () => {
    const id = await begin();
    await services.ends.cancel(staff(), id, { when: 'now' });
    const { token } = await services.portal.restartQuote(customer(), id);
    const tries = await Promise.allSettled([1, 2, 3, 4].map(() => services.portal.restart(customer(), id, token)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(services.portal.restartQuote(customer(), id)).rejects.toMatchObject({ code: 'subscription_state' });
  });

  it('leaving for the discount of who wants to leave, and coming back for another', async () => {
    await allow({ cancelNow: true });
    await services.settings.update(staff(), { offerPercent: '50', offerPeriods: 1, version: 1 });
    const id = await begin();
    await services.portal.takeDiscount(customer(), id, 'too_expensive');
    await services.portal.cancel(customer(), id, { when: 'now' });
    const { token } = await services.portal.restartQuote(customer(), id);
    const again = await services.portal.restart(customer(), id, token);
    const { offer } = await services.portal.cancelQuote(customer(), again, { when: 'now', reason: 'too_expensive' });
    expect(offer).toBeNull();
    await expect(services.portal.takeDiscount(customer(), again, 'too_expensive')).rejects.toMatchObject({
      code: 'subscription_offer_gone',
    });
  });

  /** What all invoices of one ask for, less what was given back. */
  async function asked(id: string): Promise<bigint> {
    const { rows } = await test.owner.query<{ asked: string }>(
      "select coalesce(sum(total - credited), 0)::text as asked from invoices where subscription_id = $1 and state not in ('draft', 'void')",
      [id],
    );
    return BigInt(rows[0]!.asked);
  }

  it('pausing every evening and coming back every morning', async () => {
    await allow({ pause: true });
    const id = await begin();
    for (let day = 0; day < 10; day++) {
      const wish = { startsOn: today, resumesOn: addDays(today, 1) };
      const before = await asked(id);
      const { credit, token } = await services.portal.pauseQuote(customer(), id, wish);
      await services.portal.pause(customer(), id, { ...wish, token });
      expect(before - (await asked(id))).toBe(credit);
      await goTo(wish.resumesOn);
    }
    // Ten days of a thirtieth each, and the period that goes on.
    expect(await asked(id)).toBe(13_330n);
    await expectSound();
  });

  it.each<[string, (id: string) => Promise<string>]>([
    [
      'pausing and coming back on one day',
      async (id) => {
        await services.pauses.pause(staff(), id, { startsOn: today, resumesOn: null });
        const { period, token } = await services.pauses.resumeQuote(staff(), id);
        expect(period.startsOn).toBe(addDays(today, 1));
        await services.pauses.resume(staff(), id, token);
        expect(await get(id)).toMatchObject({ state: 'active', nextCharge: { on: addDays(today, 1) } });
        return id;
      },
    ],
    [
      'ending and taking up again on one day',
      async (id) => {
        await services.ends.cancel(staff(), id, { when: 'now' });
        const { startsOn } = await services.creation.restartQuote(staff(), id);
        expect(startsOn).toBe(addDays(today, 1));
        return services.creation.restart(staff(), id);
      },
    ],
  ])('%s pays no day twice', async (_, leaveAndComeBack) => {
    const id = await begin();
    const again = await leaveAndComeBack(id);
    const askedOfBoth = async () => (await asked(id)) + (again === id ? 0n : await asked(again));
    // One day of thirty.
    expect(await asked(id)).toBe(333n);
    await goTo(addDays(today, 1));
    expect(await askedOfBoth()).toBe(10_333n);
    await expectSound();
  });

  it('ending every evening and coming back every morning', async () => {
    await allow({ cancelNow: true });
    const id = await begin();
    const { credit, token } = await services.portal.cancelQuote(customer(), id, { when: 'now' });
    expect(credit).toBe(9_667n);
    await services.portal.cancel(customer(), id, { when: 'now', token });
    expect(await asked(id)).toBe(333n);
  });

  it('having more every day and less every night', async () => {
    const id = await begin();
    await pay(100_000n);
    for (let day = 0; day < 10; day++) {
      await change(id, giga);
      await change(id, fibra300);
      await goTo(addDays(today, 1));
    }
    // Ten days of a thirtieth of what the larger one costs more.
    expect(await asked(id)).toBe(15_000n);
    await expectSound();
  });

  it('having more without paying for it, and taking it back', async () => {
    const id = await begin();
    await pay(10_000n);
    await change(id, giga);
    await services.portal.undo(customer(), id, 'change');
    await goTo('2026-11-11');
    await change(id, giga);
    const refusal = { code: 'subscription_nothing_planned' };
    // Once a period it is taken back whole, on its own day.
    await expect(services.portal.undo(customer(), id, 'change')).rejects.toMatchObject(refusal);
    const other = await begin();
    await change(other, giga);
    await goTo('2026-11-20');
    await expect(services.portal.undo(customer(), other, 'change')).rejects.toMatchObject(refusal);
    expect((await get(other)).unpaidChange).toBeNull();
    // Ten days were had, with the day on which it is dropped.
    await change(other, fibra300);
    expect(await asked(other)).toBe(10_000n + 10n * 500n);
  });

  describe('using what is included', () => {
    const counted = { model: 'usage', family: 'Minutos', included: '300' } as const;
    let id: string;
    let itemId: string;
    let other: string;
    beforeEach(async () => {
      other = await sell(services, staff(), 'Minutos B', 50n, counted);
      id = await begin({ items: [{ priceId: await sell(services, staff(), 'Minutos A', 50n, counted) }] });
      itemId = (await get(id)).items[0]!.id;
    });
    const use = (quantity: string) =>
      services.usage.record(staff(), id, [{ key: `${today} ${quantity}`, itemId, usedOn: today, quantity }]);

    it('again by another plan of usage, which comes with the next period', async () => {
      await use('300');
      await expect(services.portal.changeQuote(customer(), id, { priceId: other })).rejects.toMatchObject({
        code: 'validation_failed',
      });
      expect(await services.changes.quote(staff(), id, await items(id, other))).toMatchObject({
        now: null,
        periodEnd: { on: '2026-12-10' },
      });
      await use('10');
      await goTo('2026-12-10');
      expect(await invoicesOf(id)).toMatchObject([{ total: 500n }]);
    });

    it('whole by ending within the period, and the last day is asked for', async () => {
      await goTo('2026-11-19');
      await use('110');
      const quote = await services.ends.quote(staff(), id, { when: 'now' }, { pause: false, change: false });
      // 100 of 300 for ten of thirty days.
      expect(quote.usage).toBe(500n);
      await services.ends.cancel(staff(), id, { when: 'now', token: quote.token });
      expect(await invoicesOf(id)).toMatchObject([{ total: 500n }]);
    });
  });

  it('having more of what was asked for once, or another in its place', async () => {
    const once = { model: 'once', kind: 'addition', family: 'Roteador' } as const;
    const router = await sell(services, staff(), 'Roteador', 10_000n, once);
    const mesh = await sell(services, staff(), 'Roteador mesh', 150_000n, once);
    const id = await begin({ items: [{ priceId: fibra300 }, { priceId: router }] });
    const [plan, had] = (await get(id)).items;
    for (const wish of [{ priceId: router, quantity: '1000' }, { priceId: mesh }]) {
      await expect(services.portal.changeQuote(customer(), id, { itemId: had!.id, ...wish })).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [expect.objectContaining({ path: 'itemId' })],
      });
      const wishes = [
        { id: plan!.id, priceId: fibra300 },
        { id: had!.id, ...wish },
      ];
      await expect(services.changes.quote(staff(), id, wishes)).rejects.toMatchObject({
        code: 'validation_failed',
        fields: [expect.objectContaining({ path: 'items.1.priceId', code: 'askedForAlready' })],
      });
    }
    expect((await services.portal.choices(customer(), id, had!.id)).choices).toEqual([]);
    // Another one beside it is asked for.
    const both = [...(await items(id, fibra300)), { priceId: mesh }];
    expect((await services.changes.quote(staff(), id, both)).now).toMatchObject({ due: 150_000n });
  });

  it('asking for more than any invoice bears', async () => {
    const line = await sell(services, staff(), 'Ramal', 900_719_925_474_099n, { model: 'per_unit', family: 'Voz' });
    const id = await begin({ items: [{ priceId: line }] });
    const tooLarge = {
      code: 'validation_failed',
      fields: [expect.objectContaining({ path: 'items.0.quantity', code: 'moneyTooLarge' })],
    };
    await expect(
      services.portal.changeQuote(customer(), id, { priceId: line, quantity: '999999' }),
    ).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [expect.objectContaining({ path: 'quantity', code: 'moneyTooLarge' })],
    });
    await expect(begin({ items: [{ priceId: line, quantity: '11' }] })).rejects.toMatchObject(tooLarge);
  });

  it('using more than any invoice bears', async () => {
    const minutes = await sell(services, staff(), 'Minutos', 50n, { model: 'usage', kind: 'addition' });
    const id = await begin({ items: [{ priceId: fibra300 }, { priceId: minutes }] });
    const itemId = (await get(id)).items[1]!.id;
    const records = Array.from({ length: 20 }, (_, place) => ({
      key: `k${place}`,
      itemId,
      usedOn: today,
      quantity: '999999999999',
    }));
    await expect(services.usage.record(staff(), id, records)).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [expect.objectContaining({ code: 'moneyTooLarge' })],
    });
    await goTo('2026-12-10');
    expect(await get(id)).toMatchObject({ currentStartsOn: '2026-12-10', heldFor: null });
  });
});

it('whatever is done to subscriptions day after day, in any order, periods tile, movements add up and the books are even', async () => {
  await services.settings.update(staff(), { pastDueAction: 'pause', pastDueDays: 20, offerPercent: '10', version: 1 });
  const ids = [await begin(), await begin({ trialDays: 10 }), await begin({ items: [{ priceId: giga }] })];
  const prices = [fibra300, fibra600, giga];
  // The same run each time: a small generator of numbers (MINSTD).
  let seed = 20_261_110;
  const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  const deeds: ((id: string) => Promise<unknown>)[] = [
    (id) => change(id, prices[random(3)]!),
    (id) => change(id, prices[random(3)]!, 'period_end'),
    (id) => services.changes.undo(staff(), id),
    (id) =>
      services.pauses.pause(staff(), id, {
        startsOn: addDays(today, random(5)),
        resumesOn: addDays(today, 6 + random(40)),
      }),
    (id) => services.pauses.undo(staff(), id),
    (id) => services.pauses.resume(staff(), id),
    (id) => services.ends.cancel(staff(), id, { when: 'period_end' }),
    (id) => services.ends.undo(staff(), id),
    (id) => services.ends.takeDiscount(staff(), id, 'too_expensive'),
    async (id) => ((await get(id)).owed > 0n ? pay((await get(id)).owed, id) : undefined),
  ];
  let done = 0;
  for (let day: Day = START; day < addMonths(START, 5); day = addDays(day, 1 + random(4))) {
    await goTo(day);
    for (const id of ids) {
      if (random(2) === 0) continue;
      const refused = await deeds[random(deeds.length)]!(id).then(
        () => false,
        (error: { code?: string }) => {
          // Refused as it does not fit, which is no failure.
          expect(error.code).toMatch(/^(subscription_|validation_failed)/);
          return true;
        },
      );
      if (!refused) done += 1;
    }
    await expectSound();
  }
  expect(done).toBeGreaterThan(20);
}, 600_000);

it('whatever is done to a subscription by many at once is done one after the other, or refused', async () => {
  await allow({ pause: true, cancelNow: true });
  await services.settings.update(staff(), { pastDueAction: 'pause', offerPercent: '10', offerPeriods: 2, version: 1 });
  const first = await begin();
  let live = first;
  for (const day of ['2026-11-10', '2026-11-24', '2026-12-10', '2026-12-28', '2027-01-10']) {
    today = day;
    const { portal, runner } = services;
    const tokens = await Promise.all([
      portal.changeQuote(customer(), live, { priceId: giga }).then(
        ({ now }) => now!.token,
        () => 'x',
      ),
      portal.changeQuote(customer(), live, { priceId: fibra600 }).then(
        ({ now }) => now!.token,
        () => 'x',
      ),
      portal.cancelQuote(customer(), live, { when: 'now' }).then(
        ({ token }) => token,
        () => 'x',
      ),
      portal.resumeQuote(customer(), live).then(
        ({ token }) => token,
        () => 'x',
      ),
      portal.restartQuote(customer(), live).then(
        ({ token }) => token,
        () => 'x',
      ),
    ]);
    const pauseAsShown = async (wish: { startsOn: string; resumesOn: string }) => {
      const { token } = await portal.pauseQuote(customer(), live, wish);
      await portal.pause(customer(), live, { ...wish, token });
    };
    const deeds: (() => Promise<unknown>)[] = [
      () => runner.runDue(system()),
      () => portal.change(customer(), live, { priceId: giga, when: 'now', token: tokens[0] }),
      () => portal.change(customer(), live, { priceId: fibra600, when: 'now', token: tokens[1] }),
      () => portal.undo(customer(), live, 'change'),
      () => portal.undo(customer(), live, 'pause'),
      () => portal.undo(customer(), live, 'cancel'),
      () => pauseAsShown({ startsOn: today, resumesOn: addDays(today, 3) }),
      () => pauseAsShown({ startsOn: addDays(today, 1), resumesOn: addDays(today, 9) }),
      () => portal.resume(customer(), live, tokens[3]),
      () => portal.takeDiscount(customer(), live, 'too_expensive'),
      () => portal.cancel(customer(), live, { when: 'now', token: tokens[2] }),
      () => portal.cancel(customer(), live, { when: 'period_end' }),
      () => portal.restart(customer(), live, tokens[4]),
      () => pay(10_000n, live),
    ];
    const done = await Promise.allSettled([...deeds, ...deeds].map((deed) => deed()));
    for (const each of done)
      if (each.status === 'rejected')
        expect((each.reason as { code?: string }).code).toMatch(/^(subscription_|validation_failed)/);
    const { rows } = await test.owner.query<{ id: string }>(
      'select id from subscriptions where organization_id = $1 order by created_at desc, id desc limit 1',
      [scene.organizationId],
    );
    live = rows[0]!.id;
    await expectSound();
  }
}, 120_000);

/** Fails whatever is said of one subscription. */
class BreakingEvents extends Events {
  constructor(private readonly id: string) {
    super(undefined as never, undefined as never);
  }

  override publish(db: Db, context: OrganizationContext, ...events: readonly DomainEvent[]): Promise<void> {
    if (events.some(({ ids }) => (ids as Record<string, string>)['subscriptionId'] === this.id))
      throw new Error('The power went away');
    return unheardEvents.publish(db, context, ...events);
  }
}
