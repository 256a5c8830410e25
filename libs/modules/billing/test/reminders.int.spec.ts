import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '@balcao/platform-database';
import type { MailContent, MailTemplate } from '@balcao/platform-mail';
import { clockOf, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { insertSandbox, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { addDays, dayAt, type Day } from '@balcao/money';
import { InvoiceDueSoonMail, InvoiceOverdueMail } from '../src/emails/invoice.mails.js';
import { RemindHandler } from '../src/jobs/remind.handler.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import {
  asStaff,
  billingServices,
  createBillingScene,
  documentServices,
  invoiceMailReader,
  noonOf,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

let test: TestDatabase;
let services: BillingServices;
let scene: BillingScene;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
});
afterAll(() => test.close());
beforeEach(() => begin());

async function begin(founded?: string): Promise<void> {
  scene = await createBillingScene(test, 'Aurora', founded);
  await test.owner.query("update roles set permissions = '{invoices:read}' where organization_id = $1", [
    scene.organizationId,
  ]);
}

const at = (now: Date): OrganizationContext => systemContext(scene.organizationId, { clock: clockOf({ now }) });
const remind = (day: Day, most = Infinity) => services.reminders.remindDue(at(noonOf(day)), most);

/** Of a Thursday ten days ahead. */
const open = (dueOn = '2026-12-10', source?: string) =>
  openInvoice(services, asStaff(scene, '2026-11-30'), scene.padaria, 123_456n, { dueOn, ...(source && { source }) });

interface Asked {
  template: string;
  key: string;
  email: string;
  ids: Record<string, string>;
}
const asked = async (): Promise<Asked[]> =>
  (
    await test.owner.query<Asked>(
      'select template, business_key as key, recipient_email as email, subject_ids as ids from mails where organization_id = $1 order by id',
      [scene.organizationId],
    )
  ).rows;
const templates = async () => (await asked()).map(({ template }) => template.replace('invoice-', ''));

const composed = async ({ template, ids, email }: Asked, day: Day) => {
  const Mail = template === 'invoice-overdue' ? InvoiceOverdueMail : InvoiceDueSoonMail;
  const { documents, fiscalNotes } = documentServices(test);
  const mail: MailTemplate = new Mail(invoiceMailReader(test), documents, fiscalNotes);
  return mail.compose(at(noonOf(day)), { mailId: newId(), ids, locale: 'pt-BR', recipient: { email, name: null } });
};
const said = (content: MailContent | 'drop') => JSON.stringify(content).replaceAll('\u00a0', ' ');

describe('reminders', () => {
  it('come on their days, each once, however often the clock asks', async () => {
    const { id } = await open();
    const days: Record<string, string[]> = {};
    for (let day = '2026-11-30'; day <= '2027-02-28'; day = addDays(day, 1)) {
      const before = await templates();
      for (let times = 0; times < 2; times += 1) await remind(day);
      const came = (await templates()).slice(before.length);
      if (came.length > 0) days[day] = came;
    }
    expect(days).toEqual({
      '2026-12-07': ['due-soon'],
      '2026-12-11': ['overdue'],
      '2026-12-17': ['overdue'],
      '2026-12-25': ['overdue'],
    });
    const { rows } = await test.owner.query(
      "select kind, recipient from invoice_events where invoice_id = $1 and kind <> 'opened' order by id",
      [id],
    );
    expect(rows.map(({ kind, recipient }) => `${kind} ${recipient}`)).toEqual([
      'reminded ana@padaria.example',
      'overdue ana@padaria.example',
      'overdue ana@padaria.example',
      'overdue ana@padaria.example',
    ]);
  });

  it.each<[string, Day[], string[]]>([
    ['for a week', ['2026-12-19'], ['overdue']],
    ['over the due date', ['2026-12-09', '2026-12-10', '2026-12-18'], ['due-soon', 'overdue']],
    ['for months', ['2027-03-01'], []],
  ])('are of the latest step alone where the worker was away %s', async (_, days, expected) => {
    await open();
    for (const day of days) await remind(day);
    expect(await templates()).toEqual(expected);
  });

  it('go by the day that the organization has, not by that of UTC', async () => {
    await open();
    expect(await services.reminders.remindDue(at(new Date('2026-12-07T02:59:00Z')), 10)).toBe(0);
    expect(await services.reminders.remindDue(at(new Date('2026-12-07T03:00:00Z')), 10)).toBe(1);
  });

  it('leave in peace who has time until the banks are open again', async () => {
    // A Saturday, payable on Monday.
    await open('2026-12-12');
    for (const day of ['2026-12-13', '2026-12-14']) expect(await remind(day)).toBe(0);
    expect(await remind('2026-12-15')).toBe(1);
  });

  it('are none of the days before an invoice was here', async () => {
    await openInvoice(services, asStaff(scene, '2026-12-08'), scene.padaria, 100n, { dueOn: '2026-12-10' });
    expect(await remind('2026-12-08')).toBe(0);
    expect(await remind('2026-12-11')).toBe(1);
  });

  it('are as many as are asked for at most, and the next time the others', async () => {
    for (let count = 0; count < 5; count += 1) await open();
    expect([await remind('2026-12-07', 2), await remind('2026-12-07', 2), await remind('2026-12-07', 2)]).toEqual([
      2, 2, 1,
    ]);
    expect(new Set((await asked()).map(({ key }) => key)).size).toBe(5);
  });

  it('are one for each reader where two workers ask at once', async () => {
    for (let count = 0; count < 12; count += 1) await open();
    const done = await Promise.all([1, 2, 3].map(() => remind('2026-12-07')));
    expect(done.reduce((sum, each) => sum + each, 0)).toBe(12);
    expect(await asked()).toHaveLength(12);
  });

  it('are what the organization says, none of them included', async () => {
    await open();
    await services.settings.update(asStaff(scene), { reminderDays: [], overdueDays: [2], version: 1 });
    for (const day of ['2026-12-07', '2026-12-10', '2026-12-11']) expect(await remind(day)).toBe(0);
    expect(await remind('2026-12-12')).toBe(1);
  });
});

describe('an open dispute', () => {
  const dispute = async (invoiceId: string) => {
    const id = newId();
    await test.owner.query(
      `insert into tickets (organization_id, billing_account_id, id, number, subject, description, submitted_by_name, invoice_id)
        values ($1, $2, $3, $4, 'Contestação', 'Não é isso', 'Ana', $5)`,
      [scene.organizationId, scene.padaria, id, `T-${id.slice(-12)}`, invoiceId],
    );
    return id;
  };
  const becomes = (id: string, status: string) =>
    test.owner.query('update tickets set status = $2 where id = $1', [id, status]);

  it.each(['resolved', 'closed'])('keeps reminders of its invoice back until it is %s', async (status) => {
    const [disputed, other] = [await open(), await open()];
    const ticketId = await dispute(disputed.id);
    expect(await remind('2026-12-07')).toBe(1);
    for (const waiting of ['open', 'pending', 'on_hold']) {
      await becomes(ticketId, waiting);
      expect(await remind('2026-12-07')).toBe(0);
    }
    await becomes(ticketId, status);
    expect(await remind('2026-12-07')).toBe(1);
    expect((await asked()).map(({ ids }) => ids['invoiceId'])).toEqual([other.id, disputed.id]);
  });

  it('keeps none back where the organization says so', async () => {
    const { id } = await open();
    await dispute(id);
    await services.settings.update(asStaff(scene), { disputesPauseReminders: false, version: 1 });
    expect(await remind('2026-12-07')).toBe(1);
  });
});

describe('a reminder', () => {
  it('says when it is due, by its word where that is near', async () => {
    await open();
    await remind('2026-12-09');
    const [mail] = await asked();
    expect(said(await composed(mail!, '2026-12-09'))).toContain('vence amanhã');
    expect(said(await composed(mail!, '2026-12-10'))).toContain('vence hoje');
    expect(await composed(mail!, '2026-12-11')).toBe('drop');
  });

  it('of a sandbox says what was so on its day, though its clock is weeks further when the mail leaves', async () => {
    await begin(await insertSandbox(test.owner, noonOf('2026-11-30')));
    await open();
    for (const day of ['2026-12-07', '2026-12-11', '2026-12-17'] as const) await remind(day);
    const texts = [];
    for (const mail of await asked()) texts.push(said(await composed(mail, '2027-01-20')));
    expect(texts).toHaveLength(3);
    expect(texts[0]).toContain('Sua fatura vence em 10/12/2026');
    expect(texts[1]).toContain('Juros de 1% ao mês, 1 dia"');
    expect(texts[2]).toContain('Juros de 1% ao mês, 7 dias"');
  });

  it('of a late invoice says what it comes to today, and what a day costs', async () => {
    await open();
    await remind('2026-12-23');
    const [mail] = await asked();
    const text = said(await composed(mail!, '2026-12-23'));
    expect(text).toContain('["Multa de 2%","R$ 24,69"],["Juros de 1% ao mês, 13 dias","R$ 5,35"]');
    expect(text).toContain('["Para pagar hoje","R$ 1.264,60"]');
    expect(text).toContain('Cada dia a mais acrescenta cerca de R$ 0,41.');
  });

  it.each<[string, (id: string, version: number) => Promise<unknown>]>([
    [
      'was paid',
      () =>
        services.credits.deposit(asStaff(scene), { billingAccountId: scene.padaria, amount: 123_456n, method: 'pix' }),
    ],
    ['was voided', (id, version) => services.invoices.void(asStaff(scene), id, 'Engano', version)],
    [
      'is due on another day',
      (id, version) => services.invoices.changeDueDate(asStaff(scene, '2026-12-08'), id, '2026-12-11', version),
    ],
  ])('is dropped where the invoice %s meanwhile', async (_, happens) => {
    const { id, version } = await open();
    await remind('2026-12-08');
    const [mail] = await asked();
    expect(await composed(mail!, '2026-12-08')).not.toBe('drop');
    await happens(id, version);
    expect(await composed(mail!, '2026-12-08')).toBe('drop');
  });

  it('comes of the new day too where an invoice was given more time', async () => {
    const { id, version } = await open();
    await remind('2026-12-08');
    await services.invoices.changeDueDate(asStaff(scene, '2026-12-08'), id, '2026-12-18', version);
    expect(await remind('2026-12-11')).toBe(0);
    expect(await remind('2026-12-15')).toBe(1);
    expect((await asked()).map(({ ids }) => ids['dueOn'])).toEqual(['2026-12-10', '2026-12-18']);
  });
});

describe('the job of the clock', () => {
  it("reminds where it is morning, by each organization's own clock", async () => {
    await test.owner.query("update organizations set status = 'suspended' where id <> $1", [scene.organizationId]);
    const handler = new RemindHandler(test.database, services.reminders);
    // In three days by the real time, wherever that is; of what is late already it reminds at once.
    const today = dayAt(new Date(), 'America/Sao_Paulo');
    await openInvoice(services, asStaff(scene, addDays(today, -10)), scene.padaria, 100n, { dueOn: addDays(today, 2) });
    const { rows } = await test.owner.query<{ zone: string }>(
      `select name as zone from pg_timezone_names where name ~ '^Etc/GMT[+-][0-9]+$'
        and extract(hour from now() at time zone name) between $1 and $2 limit 1`,
      [1, 6],
    );
    const inZone = (zone: string) =>
      test.owner.query('update organizations set time_zone = $2 where id = $1', [scene.organizationId, zone]);
    await inZone(rows[0]!.zone);
    await handler.handle();
    expect(await asked()).toEqual([]);
    const { rows: later } = await test.owner.query<{ zone: string }>(
      `select name as zone from pg_timezone_names where name ~ '^Etc/GMT[+-][0-9]+$'
        and extract(hour from now() at time zone name) between 9 and 22 limit 1`,
    );
    await inZone(later[0]!.zone);
    await handler.handle();
    await handler.handle();
    expect(await templates()).toEqual(['due-soon']);
  });
});

describe('of very many invoices', () => {
  const MANY = 100_000;

  it('those that were reminded of cost little more than looking at them', async () => {
    // Straight into the table: without lines and books, which no reminder reads.
    await test.owner.query("set session_replication_role = 'replica'");
    await test.owner.query(
      `insert into invoices (organization_id, billing_account_id, id, currency, title, due_on, payable_until, reminded_until,
          subtotal, total, source, bill_to, check_code, opened_on, opened_at, number)
        select $1, $2, gen_random_uuid(), 'BRL', 'Mensalidade', d, d, d + 1, 100, 100, 'api', '{"name": "x"}',
          upper(translate(lpad(to_hex(n), 8, 'z'), '01', 'xy')), d - 10, (d - 10)::timestamptz, 'X-' || n
        from (select n, date '2026-12-10' - (n % 7) as d from generate_series(1, ${MANY}) n) many`,
      [scene.organizationId, scene.padaria],
    );
    await test.owner.query("set session_replication_role = 'origin'");
    await test.owner.query('vacuum analyze invoices');
    const looks = performance.now();
    // All are within a window, and have been reminded of their step.
    expect(await remind('2026-12-10', 100)).toBe(0);
    expect(performance.now() - looks).toBeLessThan(2_000);
    const reminds = performance.now();
    // A day later one seventh has come to the next one.
    expect(await remind('2026-12-11', 100)).toBe(100);
    expect(performance.now() - reminds).toBeLessThan(5_000);
  });
});
