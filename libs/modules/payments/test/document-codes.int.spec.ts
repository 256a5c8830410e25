import { createRequire } from 'node:module';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { formatBoletoLine, readPixCode, type PixReading } from '@balcao/brazil';
import type { GatewayAccount } from '@balcao/platform-gateways';
import { systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import type { InvoiceDocument } from '../../billing/src/documents/invoice-document.js';
import { renderInvoice } from '../../billing/src/documents/render-invoice.js';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import { readPdf } from '../../billing/test/documents/read-pdf.js';
import {
  asCustomer,
  asStaff,
  createBillingScene,
  documentServices,
  noonOf,
  openInvoice,
  type BillingScene,
} from '../../billing/test/factories.js';
import {
  asSystem,
  completePayer,
  connectSandbox,
  deliver,
  paymentServices,
  work,
  type PaymentServices,
} from './factories.js';

const require = createRequire(import.meta.url);
const independent = require('boleto-brasileiro-validator') as Record<
  'boletoBancarioCodigoBarras' | 'boletoBancarioLinhaDigitavel',
  (text: string) => boolean
>;

const TODAY = '2026-12-01';
const DUE = '2026-12-10';
let test: TestDatabase;
let services: PaymentServices;
let documents: ReturnType<typeof documentServices>;
let scene: BillingScene;
let account: GatewayAccount;
let system: OrganizationContext;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = paymentServices(test);
  documents = documentServices(test, (document) => renderInvoice(document as InvoiceDocument));
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
  await completePayer(test, scene.padaria);
  system = asSystem(scene, noonOf(TODAY));
  account = await connectSandbox(services, system);
  await withSettings({ boletoOnInvoice: true });
  const { version } = await services.settings.get(asStaff(scene, TODAY));
  const address = {
    ...{ postalCode: '13010050', street: 'Rua A', number: '1', complement: null, district: 'Centro' },
    ...{ city: 'Campinas', state: 'SP' },
  };
  await services.settings.update(asStaff(scene, TODAY), { version, pixKey: 'pix@aurora.example', address });
});

const withSettings = (payments: object) =>
  test.owner.query('update portals set settings = $2 where id = $1', [scene.portalId, { payments }]);

/** What the worker does, with those who give documents their codes. */
const working = () => work(services, system, [services.follower, services.coder]);

const opened = async (amount = 123_456n) => {
  const terms = { dueOn: DUE, finePercent: '2', interestPercent: '1' };
  const invoice = await openInvoice(services, asStaff(scene, TODAY), scene.padaria, amount, terms);
  await working();
  return invoice;
};

/** The document as its customer has it: drawn, printed, and looked at by somebody else's decoders. */
async function printed(invoiceId: string, day = TODAY) {
  const context = systemContext(scene.organizationId, asCustomer(scene, day));
  const { key } = await documents.documents.render(context, { invoiceId }, 'pt-BR');
  const pages = await readPdf(documents.files.get(key)!);
  const codes = pages.flatMap((page) => page.codes);
  return {
    text: pages.map(({ text }) => text).join('\n'),
    pix: codes.filter(({ format }) => format === 'QRCode').map(({ text }) => text),
    barcodes: codes.filter(({ format }) => format === 'ITF').map(({ text }) => text),
  };
}

/** Pays at the pretended service whatever it knows by a code. */
async function payBy(code: string): Promise<void> {
  const { rows } = await test.owner.query<{ id: string }>(
    `select id::text from sandbox_payments where gateway_id = $1
       and (presentation ->> 'barcode' = $2 or presentation ->> 'code' = $2)`,
    [account.id, code],
  );
  expect(rows).toHaveLength(1);
  await deliver(services, account, await services.bank.pay(account, rows[0]!.id, { at: noonOf(TODAY) }));
  await working();
}

const invoiceNow = (id: string) => services.invoices.get(asStaff(scene, TODAY), id);
const codesOf = async (invoiceId: string) =>
  (
    await test.owner.query<{ method: string; state: string; why: string | null; amount: string }>(
      `select p.method, p.state, p.withdrawn_for as why, p.amount::text from payments p
       join payment_targets t on t.organization_id = p.organization_id and t.payment_id = p.id
       where t.invoice_id = $1 and p.origin = 'opening' order by p.id`,
      [invoiceId],
    )
  ).rows.map(({ method, state, why, amount }) => [method, state, why ?? '-', amount].join(' '));
const isOwnKey = (code: string) => {
  const reading = readPixCode(code);
  return 'key' in reading && reading.key === 'pix@aurora.example';
};

describe("an invoice's document", () => {
  it.each(['pix', 'boleto'] as const)(
    'shows a PIX code and a boleto that the gateway knows, and is paid by either: %s',
    async (method) => {
      const { id, total } = await opened();
      const { text, pix, barcodes } = await printed(id);
      expect([pix.length, barcodes.length]).toEqual([1, 1]);
      expect(isOwnKey(pix[0]!)).toBe(false);
      expect(text).toContain('Vale até 10/12/2026');
      const [barcode] = barcodes as [string];
      expect(independent.boletoBancarioCodigoBarras(barcode)).toBe(true);
      expect(BigInt(barcode.slice(9, 19))).toBe(total);
      const line = /\d{5}\.\d{5} \d{5}\.\d{6} \d{5}\.\d{6} \d \d{14}/.exec(text)![0];
      expect(independent.boletoBancarioLinhaDigitavel(line)).toBe(true);
      await payBy(method === 'pix' ? pix[0]! : barcode);
      expect(await invoiceNow(id)).toMatchObject({ state: 'paid', owed: 0n });
      expect((await codesOf(id)).sort()).toEqual(
        method === 'pix'
          ? ['boleto canceled settled 123456', 'pix succeeded - 123456']
          : ['boleto succeeded - 123456', 'pix canceled settled 123456'],
      );
      expect((await printed(id)).pix).toEqual([]);
      expect(formatBoletoLine(line.replace(/\D/g, ''))).toBe(line);
    },
  );

  it('is waited for by a mail until its codes are there', async () => {
    const { id } = await openInvoice(services, asStaff(scene, TODAY), scene.padaria, 1_000n, { dueOn: DUE });
    await test.database.transaction(system, (db) => services.codes.renew(db, system, id));
    await expect(documents.documents.toAttach(system, { invoiceId: id }, 'pt-BR')).rejects.toMatchObject({
      code: 'service_unavailable',
    });
    await working();
    expect(await documents.documents.toAttach(system, { invoiceId: id }, 'pt-BR')).toMatchObject({
      type: 'application/pdf',
    });
  });

  it('has other codes once another amount is owed, or on another day, and the earlier ones are withdrawn', async () => {
    const { id } = await opened(10_000n);
    const before = await printed(id);
    await services.credits.creditNote(asStaff(scene, TODAY), id, { amount: 3_000n, reason: 'Acordo' });
    await working();
    const credited = await printed(id);
    expect(BigInt(credited.barcodes[0]!.slice(9, 19))).toBe(7_000n);
    expect(credited.pix[0]).not.toBe(before.pix[0]);
    const { version } = await invoiceNow(id);
    await services.invoices.changeDueDate(asStaff(scene, TODAY), id, '2026-12-18', version);
    await working();
    const moved = await printed(id);
    expect(moved.text).toContain('Vale até 18/12/2026');
    expect(moved.pix[0]).not.toBe(credited.pix[0]);
    expect(await codesOf(id)).toEqual([
      'pix canceled changed 10000',
      'boleto canceled changed 10000',
      'pix canceled changed 7000',
      'boleto canceled changed 7000',
      'pix pending - 7000',
      'boleto pending - 7000',
    ]);
    await payBy(moved.pix[0]!);
    expect(await invoiceNow(id)).toMatchObject({ state: 'paid' });
  });

  it('has codes of what is left where a part is written off, none where all is, and others once that is taken back', async () => {
    const staff = asStaff(scene, TODAY);
    const { id } = await opened(10_000n);
    await services.credits.writeOff(staff, id, { amount: 4_000n, reason: 'Acordo' });
    await working();
    expect(BigInt((await printed(id)).barcodes[0]!.slice(9, 19))).toBe(6_000n);
    await services.credits.writeOff(staff, id, { reason: 'Incobrável' });
    await working();
    expect(await printed(id)).toMatchObject({ pix: [], barcodes: [] });
    for (const { id: writeOffId } of (await invoiceNow(id)).settlements)
      await services.credits.takeBackWriteOff(staff, id, { writeOffId, reason: 'Engano' });
    await working();
    expect(BigInt((await printed(id)).barcodes[0]!.slice(9, 19))).toBe(10_000n);
    expect((await codesOf(id)).filter((code) => code.includes('pending'))).toEqual([
      'pix pending - 10000',
      'boleto pending - 10000',
    ]);
  });

  it('keeps its codes while its customer has others made on a page, and asks for them once however often it is said', async () => {
    const { id } = await opened(10_000n);
    const { pix } = await printed(id);
    const customer = asCustomer(scene, TODAY);
    const ask = (method: 'pix' | 'boleto', anew = false) =>
      services.payments.create(customer, 'portal', { invoiceIds: [id], method, anew });
    const own = await ask('pix');
    await working();
    await ask('pix', true);
    const boleto = await ask('boleto');
    await working();
    for (let round = 0; round < 3; round++)
      await test.database.transaction(system, (db) => services.codes.renew(db, system, id));
    await working();
    expect(own.origin).toBe('portal');
    // A slip costs who registers it: the one of the document is given.
    expect(boleto.origin).toBe('opening');
    expect((await printed(id)).pix).toEqual(pix);
    expect(await codesOf(id)).toEqual(['pix pending - 10000', 'boleto pending - 10000']);
    const { open } = await services.payments.offer(customer, 'portal', [id]);
    expect(open.map(({ origin, method }) => [origin, method])).toEqual([
      ['portal', 'pix'],
      ['opening', 'boleto'],
    ]);
  });

  it('has no code of a way that the portal does not put on documents', async () => {
    await withSettings({ pixOnInvoice: false });
    const { id } = await opened();
    expect(await codesOf(id)).toEqual([]);
    const { pix, barcodes } = await printed(id);
    expect(barcodes).toEqual([]);
    expect(pix.map(isOwnKey)).toEqual([true]);
  });

  it("asks by the organization's own key for what pages and payments ask for on that day, and says so", async () => {
    await withSettings({ pixOnInvoice: false });
    const { id } = await opened(10_000n);
    const amountIn = (code: string) => (readPixCode(code) as PixReading).amount;
    const before = await printed(id, '2026-12-10');
    expect(before.pix.map(amountIn)).toEqual([10_000n]);
    expect(before.text).not.toContain('Este código pede');
    // 2 % once, and 12 days of 1 % a month.
    const late = await printed(id, '2026-12-22');
    expect(late.pix.map(amountIn)).toEqual([10_240n]);
    const context = asCustomer(scene, '2026-12-22');
    expect((await services.payments.offer(context, 'portal', [id])).total).toBe(10_240n);
    const text = late.text.replaceAll('\n', ' ');
    for (const words of [
      'Total em 22/12/2026, venceu em 10/12/2026 R$ 102,40',
      'Multa de 2% 2,00',
      'Juros de 1% ao mês, 12 dias 0,40',
      'Este código pede o total de 22/12/2026, com multa e juros.',
    ])
      expect(text).toContain(words);
    expect((await printed(id, '2026-12-23')).pix.map(amountIn)).toEqual([10_243n]);
  });

  it("has the organization's own key where no gateway takes PIX", async () => {
    const { version } = (await services.accounts.list(asStaff(scene, TODAY)))[0]!;
    await services.accounts.update(asStaff(scene, TODAY), account.id, { methods: ['boleto'], version });
    const { id } = await opened();
    expect(await codesOf(id)).toEqual(['boleto pending - 123456']);
    // The slip has a PIX code of its own, which reconciles too.
    const { pix } = await printed(id);
    expect(pix.map(isOwnKey)).toEqual([false]);
  });

  it('of an invoice that is late keeps what asks for the right amount, and has nothing new', async () => {
    const { id } = await opened(10_000n);
    const late = asSystem(scene, noonOf('2026-12-22'));
    await test.database.transaction(late, (db) => services.codes.renew(db, late, id));
    expect(await codesOf(id)).toEqual(['pix pending - 10000', 'boleto pending - 10000']);
    // What it costs is another amount each day: the code that asks for one is over, and the slip's own grows as the slip does.
    const { pix, text } = await printed(id, '2026-12-22');
    expect(pix).toEqual([expect.stringContaining('/cobv/')]);
    expect(text.replaceAll('\n', ' ')).toContain('O banco soma a multa e os juros do dia em que você pagar.');
    await services.credits.creditNote(asStaff(scene, '2026-12-22'), id, { amount: 3_000n, reason: 'Acordo' });
    await test.database.transaction(late, (db) => services.codes.renew(db, late, id));
    expect((await codesOf(id)).map((code) => code.split(' ')[2])).toEqual(['changed', 'changed']);
  });
});
