import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { Mailer, type MailContent } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { clockOf, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BillingSettingsService } from '../src/billing-settings.service.js';
import { PaymentLinksReader } from '../src/emails/payment-links-facts.js';
import { PaymentLinksMailer } from '../src/emails/payment-links-mailer.js';
import { PaymentLinksMail } from '../src/emails/payment-links.mail.js';
import { SecondCopyHandler } from '../src/jobs/second-copy.handler.js';
import { PaymentLinkRepository } from '../src/payment-links/payment-link.repository.js';
import { PaymentLinkTokens } from '../src/payment-links/payment-link-tokens.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import { InvoiceRepository } from '../src/persistence/invoice.repository.js';
import {
  asStaff,
  billingServices,
  createBillingScene,
  noonOf,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

const TODAY = '2026-12-01';
const ACCOUNT = 'financeiro@padaria.example';

let test: TestDatabase;
let services: BillingServices;
let scene: BillingScene;
let context: OrganizationContext;

interface Asked {
  email: string;
  ids: Record<string, string>;
}

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  context = systemContext(scene.organizationId, { clock: clockOf({ now: noonOf(TODAY) }) });
  await test.owner.query('update billing_accounts set email = $2 where id = $1', [scene.padaria, ACCOUNT]);
  await test.owner.query("update roles set permissions = '{invoices:read}' where organization_id = $1", [
    scene.organizationId,
  ]);
});

const open = (dueOn: string, amount = 10_000n) =>
  openInvoice(services, asStaff(scene, TODAY), scene.padaria, amount, { dueOn });

async function askForSecondCopy(requestId = newId()): Promise<Asked[]> {
  const { database } = test;
  const settings = new BillingSettingsService(database, new Audit());
  const mailer = new PaymentLinksMailer(new Mailer(new Outbox(database)));
  const handler = new SecondCopyHandler(database, settings, new PaymentLinkRepository(new InvoiceRepository()), mailer);
  const payload = { billingAccountId: scene.padaria, portalId: scene.portalId, requestId };
  const job = { payload, context } as unknown as Parameters<SecondCopyHandler['handle']>[0];
  await handler.handle(job, () => Promise.resolve());
  const { rows } = await test.owner.query<Asked>(
    "select recipient_email as email, subject_ids as ids from mails where organization_id = $1 and template = 'payment-links' order by email",
    [scene.organizationId],
  );
  return rows;
}
const composed = ({ email, ids }: Asked, locale: 'pt-BR' | 'en-US' = 'pt-BR') =>
  new PaymentLinksMail(new PaymentLinksReader(test.database, new PaymentLinkTokens(test.secrets), test.config)).compose(
    context,
    { mailId: newId(), ids, locale, recipient: { email, name: null } },
  );
const buttonsOf = (content: MailContent | 'drop') =>
  content === 'drop' ? [] : content.blocks.flatMap((block) => (block.kind === 'button' ? [block] : []));
const said = (content: MailContent | 'drop') => JSON.stringify(content).replaceAll('\u00a0', ' ');
const setOf = (settings: object) =>
  test.owner.query('update portals set settings = $2 where id = $1', [scene.portalId, JSON.stringify(settings)]);

describe('B.15 the mail of a second copy', () => {
  it('goes to those who may read invoices, want they notices or not, and to the account’s own address', async () => {
    await test.owner.query('update portal_users set receive_notifications = false where id = $1', [scene.ana.id]);
    await open('2026-12-10');
    expect((await askForSecondCopy()).map(({ email }) => email)).toEqual([scene.ana.email, ACCOUNT]);
  });

  it('has what is owed, due first, each with a link of its own, ten at most, and says how many more there are', async () => {
    for (let day = 10; day < 22; day += 1) await open(`2026-12-${day}`);
    const [mail] = await askForSecondCopy();
    const content = await composed(mail!);
    const buttons = buttonsOf(content);
    expect(buttons.map(({ label }) => label)).toEqual([
      ...Array.from({ length: 10 }, () => 'Ver e pagar'),
      'Ver todas as faturas',
    ]);
    expect(new Set(buttons.map(({ url }) => url)).size).toBe(11);
    expect(buttons[0]!.url).toMatch(/\/portal\/pay#token=[\w-]{22}\.[\w-]{43}&locale=pt-BR$/);
    expect(said(content)).toContain('E mais 2 faturas no portal.');
    expect(said(content)).toContain('Suas 12 faturas em aberto');
    expect(said(await composed(mail!, 'en-US'))).toContain('And 2 more invoices in the portal.');
  });

  it('asks nobody where nothing is owed, and is dropped where it is paid before it leaves', async () => {
    expect(await askForSecondCopy()).toEqual([]);
    const { id } = await open('2026-12-10');
    const mails = await askForSecondCopy();
    await services.credits.writeOff(asStaff(scene, TODAY), id, { reason: 'Acordo' });
    for (const mail of mails) expect(await composed(mail)).toBe('drop');
  });

  it('is dropped where its reader may not read it any more, and where the portal shows no invoices', async () => {
    await open('2026-12-10');
    const [ana, account] = await askForSecondCopy();
    await test.owner.query("update roles set permissions = '{}' where organization_id = $1", [scene.organizationId]);
    await test.owner.query('update billing_accounts set email = null where id = $1', [scene.padaria]);
    for (const mail of [ana!, account!]) expect(await composed(mail)).toBe('drop');
    await test.owner.query('update billing_accounts set email = $2 where id = $1', [scene.padaria, ACCOUNT]);
    expect(await composed(account!)).not.toBe('drop');
    await setOf({ features: { billing: false } });
    expect(await composed(account!)).toBe('drop');
  });

  it('is asked for once, however often the worker begins', async () => {
    await open('2026-12-10');
    const requestId = newId();
    await askForSecondCopy(requestId);
    expect(await askForSecondCopy(requestId)).toHaveLength(2);
  });

  it('leads to where a bill is checked, while the portal has that', async () => {
    const { checkCode } = await open('2026-12-10');
    const [mail] = await askForSecondCopy();
    expect(said(await composed(mail!))).toContain(
      `/portal/check e digite o código ${checkCode!.slice(0, 4)}-${checkCode!.slice(4)}`,
    );
    await setOf({ features: { billCheck: false } });
    expect(said(await composed(mail!))).not.toContain('/portal/check');
  });
});

describe('a link of an invoice', () => {
  const links = new PaymentLinkRepository(new InvoiceRepository());
  const ensure = (ids: string[], days = 90) =>
    test.database.transaction(context, (db) => links.ensure(db, ids, { days }));
  const rowsOf = async (id: string) =>
    (
      await test.owner.query<{ id: string; expiresAt: Date }>(
        'select id, expires_at as "expiresAt" from payment_links where invoice_id = $1 order by id',
        [id],
      )
    ).rows;

  it('is one, by whoever needs it at the same time, and its time only grows', async () => {
    const { id } = await open('2099-12-10');
    await Promise.all(Array.from({ length: 8 }, () => ensure([id])));
    const [only, ...others] = await rowsOf(id);
    expect(others).toEqual([]);
    // The end of that day in São Paulo.
    expect(only!.expiresAt.toISOString()).toBe('2100-03-11T03:00:00.000Z');
    await ensure([id], 1);
    expect((await rowsOf(id))[0]!.expiresAt).toEqual(only!.expiresAt);
    await ensure([id], 100);
    expect((await rowsOf(id))[0]!.expiresAt.getTime()).toBeGreaterThan(only!.expiresAt.getTime());
  });

  it('that has ended or was revoked is not revived: there is another one', async () => {
    const { id } = await open('2026-12-10');
    await ensure([id]);
    await test.owner.query("update payment_links set expires_at = now() - interval '1 hour' where invoice_id = $1", [
      id,
    ]);
    await ensure([id]);
    await test.owner.query('update payment_links set revoked_at = now() where invoice_id = $1 and expires_at > now()', [
      id,
    ]);
    await ensure([id]);
    expect(await rowsOf(id)).toHaveLength(3);
  });

  it('is of no draft and of nothing that was voided', async () => {
    const draft = await services.drafts.create(asStaff(scene, TODAY), {
      billingAccountId: scene.padaria,
      title: 'Rascunho',
      lines: [],
    });
    const voided = await open('2026-12-10');
    await services.invoices.void(asStaff(scene, TODAY), voided.id, 'Engano', voided.version);
    await ensure([draft.id, voided.id]);
    expect([...(await rowsOf(draft.id)), ...(await rowsOf(voided.id))]).toEqual([]);
  });
});
