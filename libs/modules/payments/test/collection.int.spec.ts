import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { PortalPermission } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import type { GatewayAccount, SandboxCardName } from '@balcao/platform-gateways';
import type { OrganizationContext, PortalContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import {
  asCustomer,
  asStaff,
  balanceOf,
  createBillingScene,
  noonOf,
  openInvoice,
  type BillingScene,
} from '../../billing/test/factories.js';
import {
  CollectionFailedMail,
  CollectionGivenUpMail,
  CollectionUpcomingMail,
} from '../src/collection/collection.mails.js';
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

/** Days go by one after the other, each with what is due and what follows from it, until it is that day. */
async function until(day: string): Promise<void> {
  for (let next = today; next < day;) {
    next = new Date(noonOf(next).getTime() + 24 * 3_600_000).toISOString().slice(0, 10);
    on(next);
    await runDay();
  }
}
async function runDay(): Promise<void> {
  await services.due.runDue(system);
  await work(services, system);
}

const ana = (): PortalContext => asCustomer(scene, today, MAY);
const add = (card?: SandboxCardName) => addCard(services, account, ana(), system, card);
const invoice = (dueOn = '2026-12-10', amount = 10_000n) =>
  openInvoice(services, asStaff(scene, today), scene.padaria, amount, { dueOn });
const invoiceNow = (id: string) => services.invoices.get(asStaff(scene, today), id);
const collectionsOf = (id: string) => services.collectionReader.ofInvoice(ana(), id);
const latest = async (id: string) => (await collectionsOf(id))[0]!;
const settings = async (patch: object) => {
  const { version } = await services.settings.get(asStaff(scene, today));
  await services.settings.update(asStaff(scene, today), { ...patch, version });
};
const mails = async () =>
  (
    await test.owner.query<{ template: string; ids: Record<string, string> }>(
      "select template, subject_ids as ids from mails where organization_id = $1 and template like 'collection-%' order by created_at, id",
      [scene.organizationId],
    )
  ).rows;
const templates = async () => (await mails()).map(({ template }) => template.replace('collection-', ''));
const balance = () => balanceOf(test, scene);
/** Makes an invoice one of a subscription, which has ended or goes on. */
const subscribed = async (invoiceId: string, is: 'ended' | 'active') => {
  const id = newId();
  const over = is === 'ended' ? "now(), '2026-11-30'" : 'null, null';
  await test.owner.query(
    `insert into subscriptions (organization_id, billing_account_id, id, number, title, currency, period_unit, period_every, starts_on, anchor_on,
       started_at, ended_at, ended_on)
     values ($1, $2, $3, $4, 'Fibra', 'BRL', 'month', 1, '2026-11-01', '2026-11-01', now(), ${over})`,
    [scene.organizationId, scene.padaria, id, `A-${id.slice(-6)}`],
  );
  await test.owner.query(
    "update invoices set subscription_id = $3, subscription_number = 'A-1' where organization_id = $1 and id = $2",
    [scene.organizationId, invoiceId, id],
  );
};
const atTheGateway = async () =>
  (
    await test.owner.query<{ status: string }>(
      'select status from sandbox_payments where organization_id = $1 and card_id is not null order by created_at',
      [scene.organizationId],
    )
  ).rows.map(({ status }) => status);

describe('invoices that are paid by themselves (S0.7)', () => {
  it.each([
    ['once it is owed again', '2026-12-05', undefined, 'waiting'],
    ['not where it is late by then: a card is not charged out of the blue', '2026-12-12', undefined, 'stopped'],
    ['not where staff had stopped it', '2026-12-05', 'staff', 'stopped'],
  ] as const)('are not collected while written off, and %s', async (_, day, stoppedFor, state) => {
    await add();
    await services.methods.setAutomatic(ana(), true);
    const { id } = await invoice('2026-12-10');
    await work(services, system);
    if (stoppedFor) await services.collections.stopByStaff(asStaff(scene, today), id);
    await services.credits.writeOff(asStaff(scene, today), id, { reason: 'Incobrável' });
    await work(services, system);
    expect(await latest(id)).toMatchObject({ state: 'stopped', stoppedFor: stoppedFor ?? 'settled' });
    await until(day);
    expect(await atTheGateway()).toEqual([]);
    const [writeOff] = (await invoiceNow(id)).settlements;
    const back = { writeOffId: writeOff!.id, reason: 'Engano' };
    await services.credits.takeBackWriteOff(asStaff(scene, today), id, back);
    await work(services, system);
    expect(await latest(id)).toMatchObject({ state, ...(state === 'waiting' && { nextOn: '2026-12-10' }) });
    expect(await atTheGateway()).toEqual([]);
  });

  it('are told of some days before, charged on their due date, and paid', async () => {
    await add();
    const before = await invoice('2026-12-10');
    await services.methods.setAutomatic(ana(), true);
    await work(services, system);
    const after = await invoice('2026-12-11');
    await work(services, system);
    expect(await latest(before.id)).toMatchObject({
      state: 'waiting',
      nextOn: '2026-12-10',
      method: { lastFour: '4242' },
    });
    expect(await latest(after.id)).toMatchObject({ state: 'waiting', nextOn: '2026-12-11' });
    await until('2026-12-06');
    expect(await templates()).toEqual([]);
    await until('2026-12-07');
    expect(await templates()).toEqual(['upcoming']);
    const upcoming = new CollectionUpcomingMail(services.mailReader);
    const [mail] = await mails();
    expect(
      await upcoming.compose(system, {
        mailId: mail!.ids['collectionId']!,
        ids: mail!.ids,
        locale: 'pt-BR',
        recipient: { email: scene.ana.email, name: null },
      }),
    ).toMatchObject({
      subject: expect.stringMatching(/vamos cobrar R\$\s100,00 no seu cartão em 10\/12\/2026/) as unknown as string,
    });
    await until('2026-12-09');
    expect(await invoiceNow(before.id)).toMatchObject({ state: 'open' });
    await until('2026-12-10');
    expect(await invoiceNow(before.id)).toMatchObject({ state: 'paid', owed: 0n });
    expect(await latest(before.id)).toMatchObject({ state: 'paid', attempts: 1, nextAt: null });
    expect(await invoiceNow(after.id)).toMatchObject({ state: 'open' });
    await until('2026-12-12');
    expect(await invoiceNow(after.id)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(0n);
  });

  it('are not those that are late already, and none once it is switched off', async () => {
    await add();
    const late = await openInvoice(services, asStaff(scene, '2026-11-10'), scene.padaria, 10_000n, {
      dueOn: '2026-11-20',
    });
    // That it was opened was heard long before.
    await work(services, system);
    const open = await invoice('2026-12-10');
    await services.methods.setAutomatic(ana(), true);
    await work(services, system);
    expect(await collectionsOf(late.id)).toEqual([]);
    await services.methods.setAutomatic(ana(), false);
    await work(services, system);
    expect(await latest(open.id)).toMatchObject({ state: 'stopped', stoppedFor: 'switched_off' });
    await until('2026-12-12');
    expect(await atTheGateway()).toEqual([]);
  });

  it('move with their due date', async () => {
    await add();
    await services.methods.setAutomatic(ana(), true);
    await work(services, system);
    const { id, version } = await invoice('2026-12-10');
    await work(services, system);
    await services.invoices.changeDueDate(asStaff(scene, today), id, '2026-12-20', version);
    await work(services, system);
    expect(await latest(id)).toMatchObject({ state: 'waiting', nextOn: '2026-12-20' });
    await until('2026-12-19');
    expect(await atTheGateway()).toEqual([]);
    await until('2026-12-20');
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });

  it('are reminded of by no other mails meanwhile', async () => {
    await add('declined_later');
    await services.methods.setAutomatic(ana(), true);
    await work(services, system);
    await invoice('2026-12-10');
    await work(services, system);
    for (const day of ['2026-12-07', '2026-12-08', '2026-12-12']) {
      await until(day);
      expect(await services.reminders.remindDue(system, 10)).toBe(0);
    }
  });

  it('wait while somebody says that they are paid', async () => {
    await add();
    await services.methods.setAutomatic(ana(), true);
    await work(services, system);
    const { id } = await invoice('2026-12-10');
    await work(services, system);
    await test.owner.query(
      `insert into payment_proofs (organization_id, billing_account_id, invoice_id, id, portal_user_id, status, file_name, media_type, bytes, paid_on, paused_until, sent_at)
       values ($1, $2, $3, gen_random_uuid(), $4, 'open', 'a.pdf', 'application/pdf', 10, '2026-12-09', '2026-12-14', $5)`,
      [scene.organizationId, scene.padaria, id, scene.ana.id, noonOf('2026-12-09')],
    );
    await until('2026-12-14');
    expect(await latest(id)).toMatchObject({ state: 'waiting', attempts: 0, isInReview: true });
    await until('2026-12-15');
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });
});

describe('a card that does not pay (S0.7)', () => {
  it('is tried again by the schedule, day by day, and then given up', async () => {
    await settings({ collectionRetryDays: [3, 5, 7], collectionEnd: 'pause' });
    await add('no_funds_later');
    const { id } = await invoice('2026-12-30');
    await services.collections.collect(system, id);
    const seen: Record<string, [string, number, string | null]> = {};
    await work(services, system);
    for (let day = today; day <= '2026-12-17';) {
      const { state, attempts, nextOn } = await latest(id);
      const [, last] = Object.entries(seen).at(-1) ?? [];
      if (JSON.stringify(last) !== JSON.stringify([state, attempts, nextOn])) seen[day] = [state, attempts, nextOn];
      const next = new Date(noonOf(day).getTime() + 24 * 3_600_000).toISOString().slice(0, 10);
      await until(next);
      day = next;
    }
    expect(seen).toEqual({
      '2026-12-01': ['waiting', 1, '2026-12-04'],
      '2026-12-04': ['waiting', 2, '2026-12-09'],
      '2026-12-09': ['waiting', 3, '2026-12-16'],
      '2026-12-16': ['given_up', 4, null],
    });
    expect(await latest(id)).toMatchObject({ endAction: 'pause' });
    expect((await latest(id)).attemptsMade.map(({ number, failure }) => [number, failure])).toEqual([
      [1, 'insufficient_funds'],
      [2, 'insufficient_funds'],
      [3, 'insufficient_funds'],
      [4, 'insufficient_funds'],
    ]);
    expect(await templates()).toEqual(['failed', 'failed', 'failed', 'given-up']);
    const { rows } = await test.owner.query(
      "select from outbox where organization_id = $1 and event = 'collection.given_up'",
      [scene.organizationId],
    );
    expect(rows).toHaveLength(1);
    expect(await atTheGateway()).toEqual(['failed', 'failed', 'failed', 'failed']);
  });

  it('says nothing of a subscription that had ended before', async () => {
    await settings({ collectionEnd: 'cancel' });
    await add('no_funds_later');
    const [of, goesOn] = [await invoice('2026-12-30'), await invoice('2026-12-30')];
    for (const { id } of [of, goesOn]) await services.collections.collect(system, id);
    await subscribed(of.id, 'ended');
    await subscribed(goesOn.id, 'active');
    await work(services, system);
    expect([(await latest(of.id)).then, (await latest(goesOn.id)).then]).toEqual(['nothing', 'cancel']);
    await until('2026-12-17');
    expect(await latest(of.id)).toMatchObject({ state: 'given_up', endAction: 'nothing' });
    expect(await latest(goesOn.id)).toMatchObject({ state: 'given_up', endAction: 'cancel' });
    const told = (await mails()).filter(({ template }) => template === 'collection-given-up');
    const words = await Promise.all(
      told.map(async ({ ids }) => {
        const facts = {
          mailId: of.id,
          ids,
          locale: 'pt-BR',
          recipient: { email: scene.ana.email, name: null },
        } as const;
        return JSON.stringify(await new CollectionGivenUpMail(services.mailReader).compose(system, facts));
      }),
    );
    expect(words.map((text) => text.includes('a assinatura a que ela se refere é cancelada')).sort()).toEqual([
      false,
      true,
    ]);
  });

  it('says why, when it is tried again and what to do, in both languages', async () => {
    await add('no_funds_later');
    const { id } = await invoice('2026-12-30');
    await services.collections.collect(system, id);
    await work(services, system);
    const [mail] = await mails();
    const failed = new CollectionFailedMail(services.mailReader);
    const compose = (locale: 'pt-BR' | 'en-US') =>
      failed.compose(system, { mailId: id, ids: mail!.ids, locale, recipient: { email: scene.ana.email, name: null } });
    expect(JSON.stringify(await compose('pt-BR'))).toMatch(
      /Elo •••• 9995, e não havia limite ou saldo suficiente.*Vamos tentar de novo em sexta-feira, 4 de dezembro de 2026.*Trocar o cartão/,
    );
    expect(JSON.stringify(await compose('en-US'))).toMatch(
      /Elo •••• 9995, and there was not enough limit or balance.*We will try again on Friday, December 4, 2026.*Change the card/,
    );
    await test.owner.query("update roles set permissions = '{invoices:read}' where organization_id = $1", [
      scene.organizationId,
    ]);
    expect(await compose('pt-BR')).toBe('drop');
  });

  it('and never will is not tried again: another one that is added is, at once', async () => {
    await add('lost_later');
    const { id } = await invoice('2026-12-30');
    await services.collections.collect(system, id);
    await work(services, system);
    expect(await latest(id)).toMatchObject({ state: 'waiting', attempts: 1, nextAt: null });
    await until('2026-12-10');
    expect(await atTheGateway()).toEqual(['failed']);
    const second = await add();
    await work(services, system);
    // The default stays the one that was refused, until somebody chooses.
    expect(await atTheGateway()).toEqual(['failed']);
    await services.methods.makeDefault(ana(), second.id);
    await work(services, system);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
    expect(await latest(id)).toMatchObject({ state: 'paid', attempts: 2 });
  });

  it('and never will is given up when its tries would have ended', async () => {
    await add('expired_later');
    const { id } = await invoice('2026-12-30');
    await services.collections.collect(system, id);
    await work(services, system);
    await until('2026-12-15');
    expect(await latest(id)).toMatchObject({ state: 'waiting' });
    await until('2026-12-16');
    expect(await latest(id)).toMatchObject({ state: 'given_up', endAction: 'nothing' });
    const mail = (await mails()).at(-1)!;
    const facts = {
      mailId: id,
      ids: mail.ids,
      locale: 'en-US' as const,
      recipient: { email: scene.ana.email, name: null },
    };
    expect(await new CollectionGivenUpMail(services.mailReader).compose(system, facts)).toMatchObject({
      subject: expect.stringContaining('we will not try again') as unknown as string,
    });
  });

  it('is not tried at all where there is none, until one is there', async () => {
    const { id } = await invoice('2026-12-30');
    await services.collections.collect(system, id);
    await work(services, system);
    expect(await latest(id)).toMatchObject({ state: 'waiting', attempts: 0, nextAt: null });
    expect(await templates()).toEqual(['failed']);
    await add();
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });

  it('is tried at most eight times', async () => {
    await settings({ collectionRetryDays: [1, 1, 1, 1, 1, 1, 1] });
    await add('declined_later');
    const { id } = await invoice('2026-12-30');
    await services.collections.collect(system, id);
    await work(services, system);
    await until('2026-12-20');
    expect(await latest(id)).toMatchObject({ state: 'given_up', attempts: 8 });
    await expect(settings({ collectionRetryDays: [1, 1, 1, 1, 1, 1, 1, 1] })).rejects.toBeDefined();
  });
});

describe('an invoice that is collected (S0.7)', () => {
  it('is collected once, however often it is asked for and begun', async () => {
    await add();
    const { id } = await invoice();
    const asked = await Promise.all(Array.from({ length: 5 }, () => services.collections.collect(system, id)));
    expect(new Set(asked).size).toBe(1);
    await Promise.all(Array.from({ length: 5 }, () => services.collectionRunner.tryDue(system, asked[0]!)));
    await work(services, system);
    await Promise.all(Array.from({ length: 5 }, () => services.collectionRunner.tryDue(system, asked[0]!)));
    await work(services, system);
    expect(await atTheGateway()).toEqual(['succeeded']);
    expect(await balance()).toBe(0n);
  });

  it.each(['lost_before', 'lost_after', 'conflict'] as const)(
    'is charged once where the answer is %s, whatever is repeated',
    async (answers) => {
      await add();
      const { id } = await invoice();
      const collectionId = await services.collections.collect(system, id);
      await services.bank.setFaults(account, { call: 'create', answers, times: 1 });
      await work(services, system);
      expect(await latest(id)).toMatchObject({ state: answers === 'lost_after' ? expect.anything() : 'trying' });
      // Nobody tries anew while nobody knows what became of the try.
      await services.collectionRunner.tryDue(system, collectionId);
      await until('2026-12-02');
      const [attempt] = (await latest(id)).attemptsMade;
      await services.runner.send(system, attempt!.paymentId, () => Promise.resolve());
      await services.runner.ask(system, attempt!.paymentId);
      await work(services, system);
      expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
      expect(await latest(id)).toMatchObject({ state: 'paid', attempts: 1 });
      expect(await atTheGateway()).toEqual(['succeeded']);
    },
  );

  it('has one end of a try, however often it is told', async () => {
    await add('declined_later');
    const { id } = await invoice();
    await services.collections.collect(system, id);
    await work(services, system);
    const [attempt] = (await latest(id)).attemptsMade;
    await Promise.all(Array.from({ length: 10 }, () => services.collectionRunner.conclude(system, attempt!.paymentId)));
    expect(await latest(id)).toMatchObject({ state: 'waiting', attempts: 1, nextOn: '2026-12-04' });
    expect(await templates()).toEqual(['failed']);
  });

  it('stops once it is paid another way, and charges no more', async () => {
    await add('declined_later');
    const { id } = await invoice();
    await services.collections.collect(system, id);
    await work(services, system);
    const { id: paymentId } = await services.payments.create(ana(), 'portal', { invoiceIds: [id], method: 'pix' });
    await work(services, system);
    const { gatewayId } = await services.payments.get(ana(), paymentId);
    await deliver(services, account, await services.bank.pay(account, gatewayId!, { at: noonOf(today) }));
    await work(services, system);
    expect(await latest(id)).toMatchObject({ state: 'stopped', stoppedFor: 'settled' });
    await until('2026-12-10');
    expect(await atTheGateway()).toEqual(['failed']);
  });

  it('by a card that is removed while it is charged is charged once, and forgotten behind it', async () => {
    const first = await add();
    const { id } = await invoice();
    const collectionId = await services.collections.collect(system, id);
    await services.collectionRunner.tryDue(system, collectionId);
    await expect(services.methods.remove(ana(), first.id)).rejects.toMatchObject({ code: 'payment_method_in_use' });
    await test.owner.query(
      "update outbox set due_at = now() + interval '1 hour' where job = 'payments.send' and organization_id = $1",
      [scene.organizationId],
    );
    const second = await add();
    await services.methods.remove(ana(), first.id, second.id);
    await work(services, system);
    // What is on its way is not taken from under it.
    expect(await test.database.read(system, (db) => services.methodRows.tokenOf(db, first.id))).toBeDefined();
    await test.owner.query("update outbox set due_at = now() where job = 'payments.send' and organization_id = $1", [
      scene.organizationId,
    ]);
    await work(services, system);
    await services.methodRunner.forget(system, first.id);
    expect(await test.database.read(system, (db) => services.methodRows.tokenOf(db, first.id))).toBeUndefined();
    expect(await atTheGateway()).toEqual(['succeeded']);
    expect(await latest(id)).toMatchObject({ state: 'paid' });
  });

  it('by a card of somebody else is not', async () => {
    const { id } = await openInvoice(services, asStaff(scene, today), scene.oficina, 10_000n, { dueOn: '2026-12-10' });
    const card = await add();
    await expect(services.collections.collect(system, id, { methodId: card.id })).rejects.toMatchObject({
      code: 'validation_failed',
    });
    await services.collections.collect(system, id);
    await work(services, system);
    expect(await atTheGateway()).toEqual([]);
    await expect(services.collectionReader.ofInvoice(ana(), id)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('by the card that was named is charged by that one, though another is the default', async () => {
    await add('declined_later');
    const named = await add();
    const { id } = await invoice();
    await services.collections.collect(system, id, { methodId: named.id });
    await work(services, system);
    expect((await latest(id)).attemptsMade).toMatchObject([{ lastFour: '4242' }]);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });

  it('is charged what it costs on the day of the try', async () => {
    await settings({ collectionRetryDays: [10] });
    await add('declined_later');
    const { id } = await invoice('2026-12-02');
    await services.collections.collect(system, id);
    await work(services, system);
    const second = await add();
    await until('2026-12-08');
    await services.methods.makeDefault(ana(), second.id);
    await work(services, system);
    const amounts = (await latest(id)).attemptsMade.map(({ amount }) => amount);
    expect(amounts[0]).toBe(10_000n);
    expect(amounts[1]).toBeGreaterThan(10_200n);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
    expect(await balance()).toBe(0n);
  });
});
