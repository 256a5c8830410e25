import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PortalPermission } from '@balcao/contracts';
import type { GatewayAccount, SandboxCardName } from '@balcao/platform-gateways';
import type { OrganizationContext, PortalContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import {
  asCustomer,
  asStaff,
  createBillingScene,
  noonOf,
  openInvoice,
  type BillingScene,
} from '../../billing/test/factories.js';
import { PaymentMethodExpiringMail } from '../src/collection/collection.mails.js';
import {
  addCard,
  asSystem,
  connectSandbox,
  deliver,
  paymentServices,
  work,
  type PaymentServices,
} from './factories.js';

const TODAY = '2026-12-01';
const MAY: PortalPermission[] = ['invoices:read', 'payments:create', 'payment_methods:manage'];
let test: TestDatabase;
let services: PaymentServices;
let scene: BillingScene;
let account: GatewayAccount;
let system: OrganizationContext;
let today = TODAY;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = paymentServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  await test.owner.query(
    "update roles set permissions = '{invoices:read,payments:create,payment_methods:manage}' where organization_id = $1",
    [scene.organizationId],
  );
  on(TODAY);
  account = await connectSandbox(services, system);
});

/** It is another day, for everybody. */
function on(day: string): void {
  today = day;
  system = asSystem(scene, noonOf(day));
  if (account) account.clock = system.clock;
}

const ana = (): PortalContext => asCustomer(scene, today, MAY);
const add = (card?: SandboxCardName) => addCard(services, account, ana(), system, card);
const listed = async () => (await services.methods.list(ana(), scene.padaria)).methods;
const setupNow = (id: string) => services.setups.get(ana(), id);
const tokens = async () =>
  (
    await test.owner.query<{ id: string }>('select id from payment_method_secrets where organization_id = $1', [
      scene.organizationId,
    ])
  ).rows.length;

describe('a card that is added (S0.7)', () => {
  it('on the page of the gateway is saved, and the first of an account is its default', async () => {
    const { id } = await services.setups.create(ana());
    expect(await setupNow(id)).toMatchObject({ state: 'created', pageUrl: null });
    await work(services, system);
    const open = await setupNow(id);
    expect(open).toMatchObject({ state: 'pending' });
    expect(open.pageUrl).toContain(open.gatewayId!);
    await deliver(services, account, await services.bank.saveCard(account, open.gatewayId!));
    await work(services, system);
    const [card] = await listed();
    expect(card).toMatchObject({
      brand: 'visa',
      lastFour: '4242',
      isDefault: true,
      expiresMonth: 12,
      expiresYear: 2029,
    });
    expect(await setupNow(id)).toMatchObject({ state: 'succeeded', paymentMethodId: card!.id });
    await add('declined_later');
    expect((await listed()).map(({ lastFour, isDefault }) => [lastFour, isDefault])).toEqual([
      ['4242', true],
      ['0341', false],
    ]);
  });

  it('is saved once, however often its event comes, at once and later', async () => {
    const { id } = await services.setups.create(ana());
    await work(services, system);
    const { gatewayId } = await setupNow(id);
    const [event] = await services.bank.saveCard(account, gatewayId!);
    await Promise.all(Array.from({ length: 100 }, () => deliver(services, account, [event!])));
    await work(services, system);
    await Promise.all(Array.from({ length: 10 }, () => services.methodRunner.ask(system, id)));
    expect(await listed()).toHaveLength(1);
    expect(await tokens()).toBe(1);
  });

  it.each(['lost_before', 'lost_after', 'error_after'] as const)(
    'whose page was asked for with an answer %s is asked for again, and saved',
    async (answers) => {
      await services.bank.setFaults(account, { call: 'setup', answers, times: 1 });
      const { id } = await services.setups.create(ana());
      await work(services, system);
      expect(await setupNow(id)).toMatchObject({ state: 'unknown', pageUrl: null });
      // A failure is told again by its key, until the gateway has forgotten it: nobody has seen that page.
      await services.methodRunner.ask(system, id);
      const asked = await setupNow(id);
      if (answers === 'error_after') return expect(asked.state).toBe('unknown');
      expect(asked).toMatchObject({ state: 'pending' });
      await services.bank.saveCard(account, asked.gatewayId!);
      await services.methodRunner.ask(system, id);
      expect(await listed()).toHaveLength(1);
    },
  );

  it('that the gateway never answers is given up', async () => {
    await services.bank.setFaults(account, { call: 'setup', answers: 'lost_before' });
    const { id } = await services.setups.create(ana());
    await work(services, system);
    for (let time = 0; time < 6; time++) await services.methodRunner.ask(system, id);
    expect(await setupNow(id)).toMatchObject({ state: 'failed' });
  });

  it('and refused, or not added in time, leaves nothing', async () => {
    const [refused, late] = [await services.setups.create(ana()), await services.setups.create(ana())];
    await work(services, system);
    await deliver(services, account, await services.bank.refuseCard(account, (await setupNow(refused.id)).gatewayId!));
    await work(services, system);
    on('2026-12-03');
    await services.methodRunner.ask(system, late.id);
    expect([(await setupNow(refused.id)).state, (await setupNow(late.id)).state]).toEqual(['failed', 'expired']);
    expect(await listed()).toEqual([]);
  });

  it('while paying is saved where the payer wants that, and only there', async () => {
    for (const savesMethod of [false, true]) {
      const { id } = await openInvoice(services, asStaff(scene, today), scene.padaria, 10_000n, {
        dueOn: '2026-12-10',
      });
      const { id: paymentId } = await services.payments.create(ana(), 'portal', {
        invoiceIds: [id],
        method: 'card',
        savesMethod,
      });
      await work(services, system);
      const { gatewayId } = await services.payments.get(ana(), paymentId);
      const events = await services.bank.pay(account, gatewayId!, { at: noonOf(today) });
      for (let time = 0; time < 3; time++) await deliver(services, account, events);
      await work(services, system);
      await services.runner.ask(system, paymentId);
      expect(await listed()).toHaveLength(savesMethod ? 1 : 0);
    }
  });

  it('is not where the portal saves none, or nothing takes cards', async () => {
    await test.owner.query(
      `update portals set settings = '{"payments":{"savesCards":false}}' where organization_id = $1`,
      [scene.organizationId],
    );
    expect((await services.methods.list(ana(), scene.padaria)).canAdd).toBe(false);
    await expect(services.setups.create(ana())).rejects.toMatchObject({ code: 'saving_cards_unavailable' });
  });
});

describe('what charges a card (S0.7)', () => {
  it('is sealed, and is no row of a customer', async () => {
    await add();
    const { rows } = await test.owner.query<{ saved: Buffer }>(
      'select saved_sealed as saved from payment_method_secrets where organization_id = $1',
      [scene.organizationId],
    );
    expect(rows[0]!.saved.toString('latin1')).not.toContain('token');
    const [card] = await listed();
    const opened = await test.database.read(system, (db) => services.methodRows.tokenOf(db, card!.id));
    expect(opened).toMatchObject({
      token: expect.any(String) as unknown as string,
      customerId: expect.any(String) as unknown as string,
    });
    expect(await test.database.read(ana(), (db) => services.methodRows.tokenOf(db, card!.id))).toBeUndefined();
  });

  it('is no one else’s to see, to choose or to take away', async () => {
    const { id } = await add();
    const other: PortalContext = { ...ana(), scope: { kind: 'account', billingAccountId: scene.oficina } };
    expect((await services.methods.list(other, scene.oficina)).methods).toEqual([]);
    expect((await services.methods.list(other, scene.padaria)).methods).toEqual([]);
    await expect(services.methods.makeDefault(other, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(services.methods.remove(other, id)).rejects.toMatchObject({ code: 'not_found' });
    const { id: setupId } = await services.setups.create(ana());
    await expect(services.setups.get(other, setupId)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the default card (S0.7)', () => {
  it('is one, also where several are chosen at once', async () => {
    const cards = [await add(), await add(), await add()];
    await Promise.all([...cards, ...cards].map(({ id }) => services.methods.makeDefault(ana(), id)));
    expect((await listed()).filter(({ isDefault }) => isDefault)).toHaveLength(1);
    await expect(
      test.owner.query('update payment_methods set is_default = true where organization_id = $1', [
        scene.organizationId,
      ]),
    ).rejects.toMatchObject({ code: '23505' });
  });

  it('is another once it is removed, and the gateway forgets the one that was', async () => {
    const [first, second] = [await add(), await add('declined_later')];
    await services.methods.remove(ana(), first.id);
    await services.methods.remove(ana(), first.id);
    expect((await listed()).map(({ id, isDefault }) => [id, isDefault])).toEqual([[second.id, true]]);
    expect(await tokens()).toBe(2);
    await work(services, system);
    expect(await tokens()).toBe(1);
    await expect(services.methods.makeDefault(ana(), first.id)).rejects.toMatchObject({
      code: 'payment_method_removed',
    });
  });

  it('is asked to be forgotten again where the gateway did not answer', async () => {
    const { id } = await add();
    await services.bank.setFaults(account, { call: 'forget', answers: 'lost_before', times: 1 });
    await services.methods.remove(ana(), id);
    await work(services, system);
    expect(await tokens()).toBe(1);
    await services.methodRunner.forget(system, id);
    expect(await tokens()).toBe(0);
  });

  it('is not taken away from what it pays, unless another is named', async () => {
    const first = await add();
    await services.methods.setAutomatic(ana(), true);
    await expect(services.methods.remove(ana(), first.id)).rejects.toMatchObject({ code: 'payment_method_in_use' });
    const second = await add();
    await expect(services.methods.remove(ana(), first.id, first.id)).rejects.toMatchObject({
      code: 'validation_failed',
    });
    await services.methods.remove(ana(), first.id, second.id);
    expect((await listed()).map(({ id, isDefault }) => [id, isDefault])).toEqual([[second.id, true]]);
    await services.methods.setAutomatic(ana(), false);
    await services.methods.remove(ana(), second.id);
    expect(await listed()).toEqual([]);
    await expect(services.methods.setAutomatic(ana(), true)).rejects.toMatchObject({ code: 'payment_method_missing' });
  });
});

describe('a card that is about to expire (S0.7)', () => {
  it('is told of 30 and 7 days before, once each, on the clock of its organization', async () => {
    await add('ends_soon');
    const mails = async () =>
      (
        await test.owner.query<{ key: string }>(
          "select business_key as key from mails where organization_id = $1 and template = 'payment-method-expiring' order by created_at, id",
          [scene.organizationId],
        )
      ).rows.map(({ key }) => key.split(':')[2]);
    const told: Record<string, string[]> = {};
    for (const day of [
      '2026-12-01',
      '2026-12-02',
      '2026-12-23',
      '2026-12-24',
      '2026-12-25',
      '2026-12-31',
      '2027-01-02',
    ]) {
      on(day);
      await services.due.runDue(system);
      await services.due.runDue(system);
      told[day] = (await mails()) as string[];
    }
    expect(told).toEqual({
      '2026-12-01': ['30'],
      '2026-12-02': ['30'],
      '2026-12-23': ['30'],
      '2026-12-24': ['30', '7'],
      '2026-12-25': ['30', '7'],
      '2026-12-31': ['30', '7'],
      '2027-01-02': ['30', '7'],
    });
  });

  it('is told of in plain words, and no more once it is gone', async () => {
    const { id } = await add('ends_soon');
    const mail = new PaymentMethodExpiringMail(services.mailReader);
    const facts = {
      mailId: id,
      ids: { paymentMethodId: id, portalUserId: scene.ana.id },
      locale: 'en-US' as const,
      recipient: { email: scene.ana.email, name: null },
    };
    expect(await mail.compose(system, facts)).toMatchObject({ subject: 'Visa •••• 1881 expires in 12/2026' });
    await services.methods.remove(ana(), id);
    expect(await mail.compose(system, facts)).toBe('drop');
  });
});
