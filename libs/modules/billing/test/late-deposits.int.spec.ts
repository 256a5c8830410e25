import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Day } from '@balcao/money';
import { checkViolation, newId } from '@balcao/platform-database';
import { insertInto } from '@balcao/platform-tenancy';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import type { Application } from '../src/ledger.service.js';
import { BILLING_ENTITIES } from '../src/persistence/billing.entities.js';
import {
  asCustomer,
  asStaff,
  balanceOf,
  billingServices,
  createBillingScene,
  line,
  openInvoice,
  proofServices,
  sendProof,
  type BillingScene,
  type BillingServices,
} from './factories.js';

const [OPENED, DUE, LATE] = ['2026-12-01', '2026-12-10', '2026-12-22'];
/** 2 % once, and 12 days of 1 % a month, of 100.00. */
const CHARGES = 240n;

let test: TestDatabase;
let services: BillingServices;
let scene: BillingScene;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = billingServices(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  scene = await createBillingScene(test);
});

const lia = () => asStaff(scene, LATE);
const open = async (amount = 10_000n, dueOn: Day = DUE) =>
  (
    await openInvoice(services, asStaff(scene, OPENED), scene.padaria, amount, {
      dueOn,
      finePercent: '2',
      interestPercent: '1',
    })
  ).id;
const say = async (terms: { lateCharges?: 'waive' | 'next_invoice'; chargesFirst?: boolean }) => {
  const { version } = await services.settings.get(lia());
  await services.settings.update(lia(), { version, ...terms });
};
const came = (amount: bigint, application?: Application, receivedOn: Day = LATE) =>
  services.credits.deposit(lia(), {
    billingAccountId: scene.padaria,
    amount,
    method: 'transfer',
    receivedOn,
    ...(application && { application }),
  });
/** What is owed of an invoice, and what each money that paid it has paid for its lateness. */
const books = async (id: string) => {
  const { owed, settlements } = await services.invoices.get(lia(), id);
  return { owed, late: settlements.map(({ lateCharges }) => lateCharges) };
};
/** Below zero is credit. */
const balance = () => balanceOf(test, scene);

describe('money that staff write down for a late invoice', () => {
  it('pays its fine and interest as well', async () => {
    const id = await open();
    expect(await came(10_000n + CHARGES, { invoiceIds: [id] })).toMatchObject({ allocated: 10_000n + CHARGES });
    expect(await books(id)).toEqual({ owed: 0n, late: [CHARGES] });
    expect(await balance()).toBe(0n);
  });

  it('is charged for the days until it came, not until it is written down', async () => {
    const [onTime, early] = [await open(), await open()];
    await came(10_240n, { invoiceIds: [onTime] }, DUE);
    expect(await books(onTime)).toEqual({ owed: 0n, late: [0n] });
    // 2 % and two days.
    await came(10_207n, { invoiceIds: [early] }, '2026-12-12');
    expect(await books(early)).toEqual({ owed: 0n, late: [207n] });
    expect(await balance()).toBe(-240n);
  });

  it("and is more than that leaves the rest as the customer's credit", async () => {
    const id = await open();
    await came(11_000n, { invoiceIds: [id] });
    expect(await balance()).toBe(-(1_000n - CHARGES));
  });

  it('covers the invoice only, and charges are waived, or wait for the next invoice', async () => {
    const waived = await open();
    await came(10_000n, { invoiceIds: [waived] });
    expect(await books(waived)).toEqual({ owed: 0n, late: [0n] });
    await say({ lateCharges: 'next_invoice' });
    const carried = await open();
    await came(10_100n, { invoiceIds: [carried] });
    expect(await books(carried)).toEqual({ owed: 0n, late: [100n] });
    const draft = await services.drafts.create(lia(), {
      billingAccountId: scene.padaria,
      title: 'Mensalidade de janeiro',
      lines: [line(5_000n)],
    });
    const next = await services.invoices.open(lia(), draft.id, draft.version);
    expect(next).toMatchObject({ total: 5_000n + CHARGES - 100n });
    expect(next.lines[1]).toMatchObject({ detail: 'Vencia em 10/12/2026 e foi paga em 22/12/2026' });
  });

  it('is a part, and pays the part with its own charges, or the invoice first, as the organization has it', async () => {
    const id = await open();
    await came(5_120n, { invoiceIds: [id] });
    expect(await books(id)).toEqual({ owed: 5_000n, late: [120n] });
    await say({ chargesFirst: false });
    await came(1_000n, { invoiceIds: [id] });
    expect(await books(id)).toEqual({ owed: 4_000n, late: [120n, 0n] });
  });

  it('pays what is due first before the rest, with the charges of each, and what else is owed with none', async () => {
    const [later, first] = [await open(20_000n, '2026-12-20'), await open()];
    // 2 % and two days of 200.00.
    const ofLater = 413n;
    await came(30_000n + CHARGES + ofLater);
    expect([await books(first), await books(later)]).toEqual([
      { owed: 0n, late: [CHARGES] },
      { owed: 0n, late: [ofLater] },
    ]);
    expect(await balance()).toBe(0n);
  });

  it('pays an invoice once that is named twice', async () => {
    const id = await open();
    await came(21_000n, { invoiceIds: [id, id] });
    expect(await books(id)).toEqual({ owed: 0n, late: [CHARGES] });
    expect(await balance()).toBe(10_000n + CHARGES - 21_000n);
  });

  it('as credit for later is charged nothing', async () => {
    const id = await open();
    await came(10_240n, 'none');
    expect(await balance()).toBe(10_000n - 10_240n);
    await services.credits.applyCredit(lia(), scene.padaria, 'BRL');
    expect(await books(id)).toEqual({ owed: 0n, late: [0n] });
  });

  it('and shows by a proof is charged the same', async () => {
    const proofs = proofServices(test);
    const id = await open();
    const { id: proofId } = await sendProof(proofs, asCustomer(scene, LATE), id, { paidOn: LATE, amount: 10_240n });
    await proofs.decided.accept(lia(), proofId, { amount: 10_240n, receivedOn: LATE, method: 'pix' });
    expect(await books(id)).toEqual({ owed: 0n, late: [CHARGES] });
    expect(await balance()).toBe(0n);
  });
});

describe('the database', () => {
  const write = async (more: object) => {
    const id = await open();
    const deposit = await came(10_000n, { invoiceIds: [id] });
    const charge = {
      id: newId(),
      billingAccountId: scene.padaria,
      currency: 'BRL',
      invoiceId: id,
      amount: 10n,
      paidOn: LATE,
    };
    await test.database.transaction(lia(), (db) =>
      db.execute(insertInto('late_charges', { ...charge, depositId: deposit.id, isCarried: true, ...more })),
    );
  };

  it.each([
    ['that no money brought', { depositId: null }],
    ['that a deposit and a payment brought', { paymentReceiptId: newId(), paymentTargetId: newId() }],
    ['that is owed at once and stands in no books', { isCarried: false }],
  ])('refuses a charge %s', async (_, more) => {
    expect(await write(more).catch(checkViolation)).toMatch(/^late_charges_/);
  });

  it('keeps one that is left open', async () => {
    await expect(write({})).resolves.toBeUndefined();
  });
});
