import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { InvoiceExplanationService } from '../src/invoice-explanation.service.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import { InvoiceRepository } from '../src/persistence/invoice.repository.js';
import {
  asCustomer,
  asStaff,
  billingServices,
  createBillingScene,
  line,
  openInvoice,
  type BillingScene,
  type BillingServices,
} from './factories.js';

let test: TestDatabase;
let services: BillingServices;
let scene: BillingScene;
let explanations: InvoiceExplanationService;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
  explanations = new InvoiceExplanationService(test.database, new InvoiceRepository());
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
});

const opened = (day: string, amount: bigint, more: Parameters<typeof openInvoice>[4] = {}, account = scene.padaria) =>
  openInvoice(services, asStaff(scene, day), account, amount, more);
const previousOf = async (id: string) =>
  (await explanations.explain(asStaff(scene), id)).comparison?.previous.id ?? null;

describe('the invoice before', () => {
  it('is the one that was opened before of the same customer and currency, and was not voided', async () => {
    const first = await opened('2026-09-10', 100n);
    await opened('2026-09-15', 900n, {}, scene.oficina);
    await opened('2026-09-20', 900n, { currency: 'USD' });
    const voided = await opened('2026-09-25', 900n);
    await services.invoices.void(asStaff(scene, '2026-09-26'), voided.id, 'Em dobro', voided.version);
    await services.drafts.create(asStaff(scene, '2026-09-27'), {
      billingAccountId: scene.padaria,
      title: 'Rascunho',
      lines: [line(900n)],
    });
    const second = await opened('2026-10-10', 150n);
    const third = await opened('2026-11-10', 150n);
    expect(await previousOf(first.id)).toBeNull();
    expect(await previousOf(second.id)).toBe(first.id);
    expect(await previousOf(third.id)).toBe(second.id);
  });

  it('differs by what its lines do, whoever asks', async () => {
    await opened('2026-09-10', 100n);
    const { id } = await opened('2026-10-10', 0n, { lines: [line(130n), line(20n, { description: 'Roteador' })] });
    for (const context of [asStaff(scene), asCustomer(scene)]) {
      const { comparison } = await explanations.explain(context, id);
      expect(comparison).toMatchObject({ total: 50n, wholeDiscount: 0n });
      expect(comparison!.lines.map(({ parts }) => parts)).toEqual([
        [{ reason: 'price', amount: 30n }],
        [{ reason: 'new', amount: 20n }],
      ]);
    }
  });

  it('is of an own invoice that is no draft', async () => {
    const { id } = await opened('2026-10-10', 150n);
    const draft = await services.drafts.create(asStaff(scene), {
      billingAccountId: scene.padaria,
      title: 'Rascunho',
      lines: [line(900n)],
    });
    await expect(explanations.explain(asStaff(scene), draft.id)).rejects.toMatchObject({ code: 'not_found' });
    const other = asCustomer({ ...scene, padaria: scene.oficina });
    await expect(explanations.explain(other, id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the way of an invoice', () => {
  const steps = async (id: string, day: string) =>
    (await explanations.explain(asStaff(scene, day), id)).steps.map(({ kind, state, amount }) => [kind, state, amount]);

  it('tells whether it is paid, in part, late or void', async () => {
    const { id } = await opened('2026-10-10', 10_000n, { dueOn: '2026-10-20' });
    expect(await steps(id, '2026-10-11')).toEqual([
      ['invoice', 'done', 10_000n],
      ['payment', 'waiting', 10_000n],
    ]);
    const pay = (amount: bigint) =>
      services.credits.deposit(asStaff(scene, '2026-10-12'), {
        billingAccountId: scene.padaria,
        amount,
        method: 'pix',
        application: { invoiceIds: [id] },
      });
    await pay(4_000n);
    expect((await steps(id, '2026-10-13'))[1]).toEqual(['payment', 'part', 6_000n]);
    // Fine of 2 %, and 1 % a month for ten days.
    expect((await steps(id, '2026-10-30'))[1]).toEqual(['payment', 'late', 6_140n]);
    await pay(6_000n);
    expect((await steps(id, '2026-10-30'))[1]).toEqual(['payment', 'done', 10_000n]);
    const other = await opened('2026-10-10', 10_000n);
    await services.invoices.void(asStaff(scene, '2026-10-11'), other.id, 'Em dobro', other.version);
    expect(await steps(other.id, '2026-10-12')).toEqual([['invoice', 'ended', 10_000n]]);
  });
});
