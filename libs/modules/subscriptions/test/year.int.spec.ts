import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { OrganizationClockService } from '@balcao/module-directory';
import type { Day } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { Events } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import { clockOf, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { insertSandbox, staffMemberContext, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import { sell, subscriptionServices, type SubscriptionServices } from './factories.js';

/**
 * A year of a subscription on the clock of a sandbox organization, day by day, from the last day of 2027 over the leap day of 2028.
 * The table was reckoned by hand; each amount says how.
 */
const YEAR: readonly [day: Day, what: string, amount: string][] = [
  // 100.00 + 4 × 44.90 + 50.00 once.
  ['2027-12-31', 'invoice Fibra 300, 31/12/2027 a 30/01/2028', '329.60'],
  // Counted from 12-31, clamped: 01-31, 02-29, 03-31, 04-30, 05-31.
  ['2028-01-31', 'invoice Fibra 300, 31/01/2028 a 28/02/2028', '279.60'],
  // 19 of 29 days: 149.90 × 19/29 = 98.21 less 100.00 × 19/29 = 65.52.
  ['2028-02-10', 'invoice Fibra 600, mudança de plano', '32.69'],
  // 149.90 + 179.60.
  ['2028-02-29', 'invoice Fibra 600, 29/02/2028 a 30/03/2028', '329.50'],
  ['2028-03-31', 'invoice Fibra 600, 31/03/2028 a 29/04/2028', '329.50'],
  // 149.90 + 6 × 44.90, as was planned on 04-15.
  ['2028-04-30', 'invoice Fibra 600, 30/04/2028 a 30/05/2028', '419.30'],
  ['2028-05-31', 'invoice Fibra 600, 31/05/2028 a 29/06/2028', '419.30'],
  // Paused: 10 of 30 days of 149.90 (49.97) and of 269.40 (89.80).
  ['2028-06-20', 'credit note', '139.77'],
  // Back: counted from 08-05.
  ['2028-08-05', 'invoice Fibra 600, 05/08/2028 a 04/09/2028', '419.30'],
  // 20 % off for two periods: 119.92 + 215.52.
  ['2028-09-05', 'invoice Fibra 600, 05/09/2028 a 04/10/2028', '335.44'],
  ['2028-10-05', 'invoice Fibra 600, 05/10/2028 a 04/11/2028', '335.44'],
  ['2028-11-05', 'invoice Fibra 600, 05/11/2028 a 04/12/2028', '419.30'],
  // 14 of 30 days, as the day of the change was had: 100.00 × 14/30 = 46.67 less 149.90 × 14/30 = 69.95.
  ['2028-11-20', 'credit note', '23.28'],
  // 100.00 + 269.40.
  ['2028-12-05', 'invoice Fibra 300, 05/12/2028 a 04/01/2029', '369.40'],
];

/** What it brings in a month: the changes, each with what it comes to then. */
const MOVEMENTS: readonly [day: Day, kind: string, amount: string, monthly: string][] = [
  ['2027-12-31', 'new', '279.60', '279.60'],
  ['2028-02-10', 'expansion', '49.90', '329.50'],
  ['2028-04-30', 'expansion', '89.80', '419.30'],
  ['2028-06-20', 'churn', '-419.30', '0.00'],
  ['2028-08-05', 'reactivation', '419.30', '419.30'],
  ['2028-09-05', 'contraction', '-83.86', '335.44'],
  ['2028-11-05', 'expansion', '83.86', '419.30'],
  ['2028-11-20', 'contraction', '-49.90', '369.40'],
  ['2029-01-05', 'churn', '-369.40', '0.00'],
];

const reais = (minor: bigint | string): string => (Number(minor) / 100).toFixed(2);

let test: TestDatabase;
let services: SubscriptionServices;
let clocks: OrganizationClockService;
let organizationId: string;
const account = newId();
/** Bills that open between these days wait until the last one to be paid. */
let waits: { from: Day; until: Day } | undefined;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  const outbox = new Outbox(test.database);
  const events = new Events(outbox, new PostgresLiveBus(test.database, test.config, test.secrets));
  services = subscriptionServices(test, events);
  clocks = new OrganizationClockService(test.database, outbox, events, new Audit());
  organizationId = await insertSandbox(test.owner, new Date('2027-12-31T15:00:00Z'));
  await test.owner.query(
    "insert into portals (organization_id, id, slug, name, is_default) values ($1, $2, $3, 'Portal', true)",
    [organizationId, newId(), `p-${organizationId}`],
  );
  await test.owner.query(
    "insert into billing_accounts (organization_id, id, name) values ($1, $2, 'Padaria Estrela')",
    [organizationId, account],
  );
});
afterAll(() => test.close());

/** The organization at the time that its clock shows. */
async function now(): Promise<OrganizationContext> {
  const context = systemContext(organizationId, { clock: clockOf({ now: null }) });
  return { ...context, clock: clockOf((await clocks.find(context))!) };
}

/** Moves the clock to noon of a day: of each day on the way everything is done before the next one begins. */
async function goTo(day: Day): Promise<void> {
  await clocks.advance(await now(), `${day}T12:00`);
  for (;;) {
    const context = await now();
    const clock = (await clocks.find(context))!;
    await services.runner.runDue(context);
    await pay(context, clock.localTime.slice(0, 10));
    await hearEvents(test.owner, services.follower);
    if (!clock.advancingTo) return;
    await test.database.transaction(context, (db) => clocks.step(db, context, clock, false));
  }
}

/** The customer pays what is owed on the day on which it opens. */
async function pay(context: OrganizationContext, today: Day): Promise<void> {
  if (waits && today >= waits.from && today < waits.until) return;
  const { rows } = await test.owner.query<{ owed: string }>(
    'select sum(owed)::text as owed from invoices where organization_id = $1 and owed > 0 having sum(owed) > 0',
    [organizationId],
  );
  for (const { owed } of rows)
    await services.billing.credits.deposit(context, { billingAccountId: account, amount: BigInt(owed), method: 'pix' });
}

it('B.10 a year of a subscription is what the hand-made table says, line by line, and so is what it brings in a month', async () => {
  const start = await now();
  await services.billing.settings.update(start, { finePercent: '0', interestPercent: '0', version: 1 });
  await services.settings.update(start, { offerPercent: '20', offerPeriods: 2, version: 1 });
  const fibra = { family: 'Fibra' };
  const fibra300 = await sell(services, start, 'Fibra 300', 10_000n, { ...fibra, setupAmount: 5_000n });
  const fibra600 = await sell(services, start, 'Fibra 600', 14_990n, fibra);
  const phone = { kind: 'addition', model: 'per_unit', unitName: 'ramal' } as const;
  const ramal = await sell(services, start, 'Ramal', 4_490n, phone);
  const id = await services.creation.create(start, {
    billingAccountId: account,
    items: [{ priceId: fibra300 }, { priceId: ramal, quantity: '4' }],
  });
  const detail = async () => services.reader.get(await now(), id);
  const [plan, lines] = (await detail()).items;
  const items = (priceId: string, quantity: string) => [
    { id: plan!.id, priceId },
    { id: lines!.id, priceId: ramal, quantity },
  ];
  await goTo('2028-02-10');
  const quote = await services.changes.quote(await now(), id, items(fibra600, '4'));
  expect(reais(quote.now!.due)).toBe('32.69');
  await services.changes.change(await now(), id, { items: items(fibra600, '4'), when: 'now', token: quote.now!.token });

  waits = { from: '2028-03-31', until: '2028-04-20' };
  await goTo('2028-04-10');
  expect((await detail()).state).toBe('active');
  await goTo('2028-04-15');
  expect(await detail()).toMatchObject({ state: 'past_due', pastDueOn: '2028-04-11', owed: 32_950n });
  await services.changes.change(await now(), id, { items: items(fibra600, '6'), when: 'period_end' });
  await goTo('2028-04-21');
  expect(await detail()).toMatchObject({ state: 'active', pastDueOn: null, owed: 0n });

  await goTo('2028-06-10');
  const pause = { startsOn: '2028-06-20', resumesOn: '2028-08-05' };
  expect(await services.pauses.quote(await now(), id, pause)).toMatchObject({
    credit: 13_977n,
    skipped: [{ on: '2028-06-30' }, { on: '2028-07-31' }],
    saved: 13_977n + 2n * 41_930n,
    resumeTotal: 41_930n,
  });
  await services.pauses.pause(await now(), id, pause);
  await goTo('2028-07-15');
  expect(await detail()).toMatchObject({ state: 'paused', nextCharge: { on: '2028-08-05', total: 41_930n } });
  await goTo('2028-08-10');
  await services.ends.takeDiscount(await now(), id, 'too_expensive');
  await goTo('2028-11-20');
  await services.changes.change(await now(), id, { items: items(fibra300, '6'), when: 'now' });
  await goTo('2028-12-10');
  await services.ends.cancel(await now(), id, { when: 'period_end', reason: 'moving' });
  expect(await detail()).toMatchObject({ state: 'active', cancelOn: '2029-01-05', nextCharge: null });
  await goTo('2029-01-10');
  expect(await detail()).toMatchObject({ state: 'canceled', endedOn: '2029-01-05', cancelReason: 'moving' });

  const { rows } = await test.owner.query<{ day: Day; what: string; amount: string }>(
    `select to_char(opened_on, 'YYYY-MM-DD') as day, 'invoice ' || title as what, total::text as amount, opened_at as at
       from invoices where organization_id = $1 and state <> 'draft'
     union all
     select to_char(n.issued_on, 'YYYY-MM-DD'), 'credit note', n.amount::text, n.issued_at from credit_notes n where n.organization_id = $1
     order by day, at`,
    [organizationId],
  );
  expect(rows.map(({ day, what, amount }) => [day, what, reais(amount)])).toEqual(YEAR);

  const { rows: moved } = await test.owner.query<{ day: Day; kind: string; amount: string; monthly: string }>(
    `select to_char(on_day, 'YYYY-MM-DD') as day, kind, amount::text, (sum(amount) over (order by on_day, id))::text as monthly
     from subscription_movements where organization_id = $1 order by on_day, id`,
    [organizationId],
  );
  expect(moved.map(({ day, kind, amount, monthly }) => [day, kind, reais(amount), reais(monthly)])).toEqual(MOVEMENTS);

  // Periods tile: none is missing but for the pause, none overlaps.
  const { rows: periods } = await test.owner.query<{ from: Day; to: Day }>(
    `select to_char(starts_on, 'YYYY-MM-DD') as from, to_char(coalesce(cut_on, ends_on), 'YYYY-MM-DD') as to
     from billing_periods where organization_id = $1 order by starts_on`,
    [organizationId],
  );
  const breaks = periods
    .slice(1)
    .flatMap(({ from }, place) => (periods[place]!.to === from ? [] : [[periods[place]!.to, from]]));
  expect(breaks).toEqual([['2028-06-20', '2028-08-05']]);
  expect([periods[0]!.from, periods.at(-1)!.to]).toEqual(['2027-12-31', '2029-01-05']);

  // Credit of the pause and of the smaller plan paid what came next: nothing is owed and nothing is left over.
  const { rows: books } = await test.owner.query<{ balance: string }>(
    'select balance::text from ledger_accounts where organization_id = $1',
    [organizationId],
  );
  expect(books).toEqual([{ balance: '0' }]);
  const lia = { id: newId(), name: 'Lívia', email: 'livia@aurora.example' };
  const staff = staffMemberContext({ organizationId, person: lia, now: (await now()).clock.now() });
  const { currency, months } = await services.revenue.months(staff, { months: 12 });
  expect(currency).toBe('BRL');
  expect(
    months
      .filter(({ month }) => month >= '2028-06-01' && month <= '2028-08-01')
      .map(({ month, opening, churn, reactivation, closing }) => [month, opening, churn, reactivation, closing]),
  ).toEqual([
    ['2028-06-01', 41_930n, -41_930n, 0n, 0n],
    ['2028-07-01', 0n, 0n, 0n, 0n],
    ['2028-08-01', 0n, 0n, 41_930n, 41_930n],
  ]);
}, 600_000);
