import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { LOCALES, type Locale, type MailTemplateName } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import type { MailContent, MailTemplate } from '@balcao/platform-mail';
import { clockOf, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import type { InvoiceMailReader } from '../src/emails/invoice-mail-facts.js';
import { MOST_READERS, invoiceReaders } from '../src/emails/invoice-readers.js';
import {
  CreditNoteIssuedMail,
  InvoiceDueSoonMail,
  InvoiceOpenedMail,
  InvoiceOverdueMail,
  InvoicePaidMail,
  InvoiceVoidedMail,
} from '../src/emails/invoice.mails.js';
import { FiscalNoteAddedMail, FiscalNoteCancelledMail } from '../src/emails/fiscal-note.mails.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import {
  asStaff,
  billingServices,
  createBillingScene,
  documentServices,
  fiscalXml,
  invoiceMailReader,
  line,
  noonOf,
  openInvoice,
  writeMails,
  type BillingScene,
  type BillingServices,
} from './factories.js';
import { ISSUER_CNPJ, TAKER_CNPJ, sampleEvent, sampleKey, sampleNote } from './fiscal/sample-nfse.js';

const TEMPLATES: Partial<Record<MailTemplateName, typeof InvoiceOpenedMail>> = {
  'invoice-opened': InvoiceOpenedMail,
  'invoice-due-soon': InvoiceDueSoonMail,
  'invoice-overdue': InvoiceOverdueMail,
  'invoice-paid': InvoicePaidMail,
  'invoice-voided': InvoiceVoidedMail,
  'credit-note-issued': CreditNoteIssuedMail,
  'fiscal-note-added': FiscalNoteAddedMail,
  'fiscal-note-cancelled': FiscalNoteCancelledMail,
};

let test: TestDatabase;
let services: BillingServices;
let reader: InvoiceMailReader;
let scene: BillingScene;
let roleId: string;

interface AskedMail {
  template: MailTemplateName;
  email: string;
  ids: Record<string, string>;
}

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
  reader = invoiceMailReader(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  roleId = await addRole('Financeiro', ['invoices:read']);
  await test.owner.query('update portal_users set role_id = $2 where id = $1', [scene.ana.id, roleId]);
});

async function addRole(name: string, permissions: string[]): Promise<string> {
  const id = newId();
  await test.owner.query('insert into roles (organization_id, id, name, permissions) values ($1, $2, $3, $4)', [
    scene.organizationId,
    id,
    name,
    permissions,
  ]);
  return id;
}

async function addPerson(email: string, more: { role?: string; status?: string; wants?: boolean } = {}): Promise<void> {
  await test.owner.query(
    `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id, status, receive_notifications)
      values ($1, $2, $3, $4, $4, $5, $6, $7)`,
    [
      scene.organizationId,
      scene.padaria,
      newId(),
      email,
      more.role ?? roleId,
      more.status ?? 'active',
      more.wants ?? true,
    ],
  );
}

const setAccountEmail = (email: string) =>
  test.owner.query('update billing_accounts set email = $2 where id = $1', [scene.padaria, email]);

const on = (day: string): OrganizationContext =>
  systemContext(scene.organizationId, { clock: clockOf({ now: noonOf(day) }) });

async function mails(): Promise<AskedMail[]> {
  await writeMails(test);
  const { rows } = await test.owner.query<AskedMail>(
    'select template, recipient_email as email, subject_ids as ids from mails where organization_id = $1 order by id',
    [scene.organizationId],
  );
  return rows;
}

const composed = (
  { template, ids, email }: AskedMail,
  day: string,
  locale: Locale = 'pt-BR',
  { documents, fiscalNotes } = documentServices(test),
): Promise<MailContent | 'drop'> => {
  const mail: MailTemplate = new TEMPLATES[template]!(reader, documents, fiscalNotes);
  return mail.compose(on(day), { mailId: newId(), ids, locale, recipient: { email, name: null } });
};

/** What a mail says, in one text. */
const said = (content: MailContent | 'drop'): string =>
  content === 'drop'
    ? 'drop'
    : JSON.stringify([content.subject, content.heading, content.blocks]).replaceAll('\u00a0', ' ');

const historyOf = async (invoiceId: string) =>
  (
    await test.owner.query<{ event: string }>(
      "select kind || coalesce(' ' || recipient, '') as event from invoice_events where invoice_id = $1 order by id",
      [invoiceId],
    )
  ).rows.map(({ event }) => event);

describe('who has mails about invoices', () => {
  const readers = async () => {
    const rows = await test.database.read(on('2026-12-01'), (db) => invoiceReaders(db, [scene.padaria, scene.oficina]));
    return rows.map(({ email }) => email.replace(/@.*/, ''));
  };

  it.each<[string, { permissions?: string[]; status?: string; wants?: boolean }, boolean]>([
    ['may read invoices', {}, true],
    ['may not', { permissions: ['tickets:read_account', 'users:manage'] }, false],
    ['wants no notices', { wants: false }, false],
    ['was suspended', { status: 'suspended' }, false],
    ['locked themselves out', { status: 'locked' }, false],
    ['has not come in yet', { status: 'pending_invitation' }, false],
  ])('%s', async (_, { permissions, ...more }, has) => {
    const role = permissions && (await addRole('Outro', permissions));
    await addPerson('caio@padaria.example', { ...more, role });
    expect(await readers()).toEqual(has ? ['ana', 'caio'] : ['ana']);
  });

  it('is the account itself, besides, where none of its people has its address', async () => {
    await setAccountEmail('contas@padaria.example');
    expect(await readers()).toEqual(['ana', 'contas']);
    await addPerson('contas@padaria.example', { wants: false });
    expect(await readers()).toEqual(['ana']);
  });

  it('is not everybody of many: who looks after the people first, then who came first', async () => {
    for (let count = 0; count < MOST_READERS + 5; count += 1) await addPerson(`p${count}@padaria.example`);
    await addPerson('chefe@padaria.example', {
      role: await addRole('Administração', ['users:manage', 'invoices:read']),
    });
    const found = await readers();
    expect(found).toHaveLength(MOST_READERS);
    expect(found.slice(0, 3)).toEqual(['chefe', 'ana', 'p0']);
  });
});

describe('a new invoice', () => {
  it('is told once to each reader, and its history says to whom', async () => {
    await setAccountEmail('contas@padaria.example');
    const { id } = await openInvoice(services, asStaff(scene, '2026-12-01'), scene.padaria, 81_940n);
    const asked = await mails();
    await test.owner.query("update outbox set status = 'pending' where job is null");
    expect(await mails()).toEqual(asked);
    expect(asked.map(({ template, email }) => `${template} ${email}`).sort()).toEqual([
      'invoice-opened ana@padaria.example',
      'invoice-opened contas@padaria.example',
    ]);
    expect((await historyOf(id)).sort()).toEqual(['opened', 'sent ana@padaria.example', 'sent contas@padaria.example']);
  });

  it('says what it comes to, what for, until when, and brings its document', async () => {
    const invoice = await openInvoice(services, asStaff(scene, '2026-12-01'), scene.padaria, 81_940n, {
      dueOn: '2026-12-13',
      message: 'Obrigado!',
    });
    const [mail] = await mails();
    const [pt, en] = await Promise.all(LOCALES.map((locale) => composed(mail!, '2026-12-01', locale)));
    expect(said(pt!)).toContain(`Fatura ${invoice.number}: R$ 819,40, vence em 13/12/2026`);
    expect(said(pt!)).toContain('domingo, 13 de dezembro de 2026');
    expect(said(pt!)).toContain('até segunda-feira, 14 de dezembro de 2026, não há acréscimo');
    expect(said(pt!)).toContain('Obrigado!');
    expect(said(en!)).toContain('Sunday, December 13, 2026');
    expect(said(en!)).toContain('Fibra Empresarial 600');
    expect(pt).toMatchObject({
      threadId: invoice.id,
      unsubscribeUrl: expect.stringMatching(/\/portal\/settings$/),
      attachments: [{ name: `${invoice.number}.pdf`, type: 'application/pdf' }],
    });
    expect(said(pt!)).toMatch(/Ver e pagar.*\/portal\/pay#token=[\w-]{22}\.[\w-]{43}/);
    expect(said(en!)).toContain('See and pay');
    expect(said(pt!)).toContain(`/portal/check e digite o código ${invoice.checkCode!.slice(0, 4)}-`);
  });

  it('has no button where the portal shows no invoices, and no document where none can be drawn', async () => {
    await openInvoice(services, asStaff(scene, '2026-12-01'), scene.padaria, 100n);
    await test.owner.query(
      `update portals set settings = '{"features": {"billing": false}}' where organization_id = $1`,
      [scene.organizationId],
    );
    const [mail] = await mails();
    const without = documentServices(test, () => Promise.reject(new Error('no glyph')));
    const content = await composed(mail!, '2026-12-01', 'pt-BR', without);
    expect(content).not.toHaveProperty('attachments');
    expect(said(content)).not.toMatch(/anexada|button/);
  });

  it('that was known before is not announced', async () => {
    const context = asStaff(scene, '2026-12-01');
    const draft = await services.drafts.create(context, {
      billingAccountId: scene.padaria,
      title: 'Antiga',
      lines: [line(100n)],
    });
    await test.owner.query("update invoices set source = 'import' where id = $1", [draft.id]);
    await services.invoices.open(context, draft.id, draft.version);
    expect(await mails()).toEqual([]);
  });

  it.each<[string, (id: string, version: number) => Promise<unknown>]>([
    ['was voided', (id, version) => services.invoices.void(asStaff(scene), id, 'Engano', version)],
    [
      'was paid',
      () => services.credits.deposit(asStaff(scene), { billingAccountId: scene.padaria, amount: 100n, method: 'pix' }),
    ],
    ['is read by somebody who wants no notices', () => wants(false)],
    ['is read by somebody who may not any more', () => mayRead(false)],
  ])('is not told where it %s meanwhile', async (_, happens) => {
    const { id, version } = await openInvoice(services, asStaff(scene), scene.padaria, 100n);
    const [mail] = await mails();
    await happens(id, version);
    expect(await composed(mail!, '2026-12-01')).toBe('drop');
  });

  const wants = (does: boolean) =>
    test.owner.query('update portal_users set receive_notifications = $2 where id = $1', [scene.ana.id, does]);
  const mayRead = (does: boolean) =>
    test.owner.query('update roles set permissions = $2 where id = $1', [roleId, does ? ['invoices:read'] : []]);
});

describe('a receipt', () => {
  const deposit = (amount: bigint) =>
    services.credits.deposit(asStaff(scene, '2026-12-05'), {
      billingAccountId: scene.padaria,
      amount,
      method: 'pix',
      receivedOn: '2026-12-04',
    });
  const receipts = async () => (await mails()).filter(({ template }) => template === 'invoice-paid');

  it('says what came, and what stays as credit', async () => {
    await openInvoice(services, asStaff(scene, '2026-12-01'), scene.padaria, 81_940n);
    await deposit(100_000n);
    const [mail] = await receipts();
    const pt = said(await composed(mail!, '2026-12-05'));
    expect(pt).toContain('Recebemos seu pagamento');
    expect(pt).toContain('["Recebido","R$ 1.000,00 (PIX)"],["Em","sexta-feira, 4 de dezembro de 2026"]');
    expect(pt).toContain('["Usado nesta fatura","R$ 819,40"]');
    expect(pt).toContain('["Fica como crédito","R$ 180,60"]');
    expect(said(await composed(mail!, '2026-12-05', 'en-US'))).toContain('["Stays as credit","R$180.60"]');
  });

  it('says what is left to pay, and of each part there is one', async () => {
    await openInvoice(services, asStaff(scene, '2026-12-01'), scene.padaria, 81_940n);
    await deposit(40_000n);
    await deposit(41_940n);
    const [first, second, ...more] = await receipts();
    expect(more).toEqual([]);
    expect(said(await composed(first!, '2026-12-05'))).toContain('R$ 400,00');
    expect(said(await composed(second!, '2026-12-05'))).toContain('R$ 419,40');
  });

  it('says that credit paid it, once, and the invoice is not announced as to pay', async () => {
    await deposit(100_000n);
    await openInvoice(services, asStaff(scene, '2026-12-05'), scene.padaria, 81_940n);
    const asked = await mails();
    expect(asked.map(({ template }) => template).sort()).toEqual(['invoice-opened', 'invoice-paid']);
    const texts = await Promise.all(asked.map(async (mail) => said(await composed(mail, '2026-12-05'))));
    expect(texts.filter((text) => text !== 'drop')).toEqual([expect.stringContaining('paga com o seu crédito')]);
  });

  it('is none for what was given up, credited, or voided; a credit note and a void have mails of their own', async () => {
    const context = asStaff(scene, '2026-12-05');
    const [one, two, three] = [
      await openInvoice(services, context, scene.padaria, 100n),
      await openInvoice(services, context, scene.padaria, 200n),
      await openInvoice(services, context, scene.padaria, 300n),
    ];
    await services.credits.writeOff(context, one.id, { reason: 'Pouco' });
    await services.credits.creditNote(context, two.id, { amount: 50n, reason: 'Falha de sinal' });
    await services.invoices.void(context, three.id, 'Emitida duas vezes', three.version);
    const asked = (await mails()).filter(({ template }) => template !== 'invoice-opened');
    expect(asked.map(({ template }) => template).sort()).toEqual(['credit-note-issued', 'invoice-voided']);
    for (const mail of asked) {
      const [pt, en] = await Promise.all(
        LOCALES.map(async (locale) => said(await composed(mail, '2026-12-05', locale))),
      );
      const isNote = mail.template === 'credit-note-issued';
      for (const text of [pt, en]) expect(text).toContain(isNote ? 'Falha de sinal' : 'Emitida duas vezes');
      expect(pt).toContain(isNote ? '["Falta pagar","R$ 1,50"]' : 'anulou a fatura');
      expect(en).toContain(isNote ? '["Left to pay","R$1.50"]' : 'do not pay');
    }
  });
});

describe('what people typed', () => {
  it('of a line that is long and many leaves the rest to the portal', async () => {
    await openInvoice(services, asStaff(scene, '2026-12-01'), scene.padaria, 1n, {
      lines: Array.from({ length: 20 }, (_, place) => line(BigInt(place + 1), { description: `Ponto ${place + 1}` })),
    });
    const [mail] = await mails();
    const text = said(await composed(mail!, '2026-12-01'));
    expect(text).toContain('Ponto 8');
    expect(text).not.toContain('Ponto 9');
    expect(text).toContain('E mais 12 itens.');
  });
});

describe('the files of a fiscal note', () => {
  const billed = async () => {
    await test.owner.query('update billing_accounts set tax_id = $2 where id = $1', [scene.padaria, TAKER_CNPJ]);
    const context = asStaff(scene, '2026-12-01');
    const { version } = await services.settings.get(context);
    await services.settings.update(context, { taxId: ISSUER_CNPJ, version });
    const { id } = await openInvoice(services, context, scene.padaria, 81_940n);
    const kept = documentServices(test);
    return { kept, take: (text: string) => fiscalXml(test, kept).take(context, id, new TextEncoder().encode(text)) };
  };
  const latest = async (template: string) => (await mails()).filter((mail) => mail.template === template).at(-1);

  it.each(LOCALES)('go to its readers when they come, and what ended it (%s)', async (locale) => {
    const { kept, take } = await billed();
    await take(sampleNote());
    const added = await composed((await latest('fiscal-note-added'))!, '2026-12-01', locale, kept);
    expect(added).toMatchObject({
      attachments: [
        { name: 'NFS-e-18442.pdf', type: 'application/pdf' },
        { name: `NFS-e-${sampleKey('18442')}.xml`, type: 'application/xml' },
      ],
    });
    expect(said(added)).toContain(sampleKey('18442'));
    await take(sampleEvent(sampleKey('18442')));
    const cancelled = await composed((await latest('fiscal-note-cancelled'))!, '2026-12-01', locale, kept);
    expect(said(cancelled)).toContain('Serviço cobrado em dobro');
    // Told too late of the first.
    expect(await composed((await latest('fiscal-note-added'))!, '2026-12-01', locale, kept)).toBe('drop');
  });

  it('go along with the invoice that they are there for already', async () => {
    const { kept, take } = await billed();
    await take(sampleNote());
    const opened = await composed((await latest('invoice-opened'))!, '2026-12-01', 'pt-BR', kept);
    expect(opened).toMatchObject({ attachments: [{}, { name: 'NFS-e-18442.pdf' }, {}] });
    expect(said(opened)).toContain('A nota fiscal (PDF e XML) também está anexada.');
  });

  it('of a test go to nobody', async () => {
    const { kept, take } = await billed();
    await take(sampleNote({ isTest: true }));
    expect(await composed((await latest('fiscal-note-added'))!, '2026-12-01', 'pt-BR', kept)).toBe('drop');
  });
});
