import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GatewayMethod } from '@balcao/platform-gateways';
import { newId } from '@balcao/platform-database';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import { asCustomer, asStaff, createBillingScene, noonOf, openInvoice } from '../../billing/test/factories.js';
import { standingOf } from '../src/domain/standing.js';
import {
  asSystem,
  completePayer,
  connectSandbox,
  deliver,
  paymentServices,
  work,
  type PaymentServices,
} from './factories.js';

/** So much is asked for, in minor units, by two codes, each by another person of the customer. */
const AMOUNT = 10_000n;
const DUE = '2026-12-10';

/** Beside a PIX code: one that takes its place, or one by another way. */
type Second = 'pix' | 'boleto';
/**
 * When codes are asked for and paid: both in time, or both twelve days behind the due date; or asked for in time, and paid late.
 */
type When = 'in time' | 'late' | 'in time, late';
/**
 * Between asking and paying: nothing; the invoice is voided; 30.00 of it are credited; 40.00 of it are paid into the account. Or
 * nothing, but the first who pays sends 40.00 only.
 */
type Meanwhile = 'nothing' | 'voided' | 'credited' | 'deposited' | 'in part';
/** Whose code is paid. */
type Payers = 'first' | 'second' | 'both';

/**
 * What is right: of the invoice its state, what is settled and what is owed; charges for lateness that were paid; credit that is
 * left. Of each code its state, why nobody shall pay by it, and the word that its payer reads before anybody pays, and at last.
 */
const CELLS = `
pix | in time | nothing | first | paid 10000 0 0 0 | succeeded replaced withdrawn paid | canceled settled payable withdrawn
pix | in time | nothing | second | paid 10000 0 0 0 | canceled replaced withdrawn withdrawn | succeeded - payable paid
pix | in time | nothing | both | paid 10000 0 0 10000 | succeeded replaced withdrawn paid | succeeded settled payable paid
pix | in time | voided | first | void 10000 0 0 10000 | succeeded replaced withdrawn paid | canceled settled withdrawn withdrawn
pix | in time | voided | second | void 10000 0 0 10000 | canceled replaced withdrawn withdrawn | succeeded settled withdrawn paid
pix | in time | voided | both | void 10000 0 0 20000 | succeeded replaced withdrawn paid | succeeded settled withdrawn paid
pix | in time | credited | first | paid 10000 0 0 3000 | succeeded replaced withdrawn paid | canceled changed withdrawn withdrawn
pix | in time | credited | second | paid 10000 0 0 3000 | canceled replaced withdrawn withdrawn | succeeded changed withdrawn paid
pix | in time | credited | both | paid 10000 0 0 13000 | succeeded replaced withdrawn paid | succeeded changed withdrawn paid
pix | in time | deposited | first | paid 10000 0 0 4000 | succeeded replaced withdrawn paid | canceled changed withdrawn withdrawn
pix | in time | deposited | second | paid 10000 0 0 4000 | canceled replaced withdrawn withdrawn | succeeded changed withdrawn paid
pix | in time | deposited | both | paid 10000 0 0 14000 | succeeded replaced withdrawn paid | succeeded changed withdrawn paid
pix | in time | in part | first | partially_paid 4000 6000 0 0 | succeeded replaced withdrawn paid | canceled changed payable withdrawn
pix | in time | in part | second | partially_paid 4000 6000 0 0 | canceled replaced withdrawn withdrawn | succeeded - payable paid
pix | in time | in part | both | paid 10000 0 0 4000 | succeeded replaced withdrawn paid | succeeded changed payable paid
pix | late | nothing | first | paid 10000 0 240 0 | succeeded replaced withdrawn paid | canceled settled payable withdrawn
pix | late | nothing | second | paid 10000 0 240 0 | canceled replaced withdrawn withdrawn | succeeded - payable paid
pix | late | nothing | both | paid 10000 0 240 10240 | succeeded replaced withdrawn paid | succeeded settled payable paid
pix | late | voided | first | void 10000 0 0 10240 | succeeded replaced withdrawn paid | canceled settled withdrawn withdrawn
pix | late | voided | second | void 10000 0 0 10240 | canceled replaced withdrawn withdrawn | succeeded settled withdrawn paid
pix | late | voided | both | void 10000 0 0 20480 | succeeded replaced withdrawn paid | succeeded settled withdrawn paid
pix | late | credited | first | paid 10000 0 168 3072 | succeeded replaced withdrawn paid | canceled changed withdrawn withdrawn
pix | late | credited | second | paid 10000 0 168 3072 | canceled replaced withdrawn withdrawn | succeeded changed withdrawn paid
pix | late | credited | both | paid 10000 0 168 13312 | succeeded replaced withdrawn paid | succeeded changed withdrawn paid
pix | late | deposited | first | paid 10000 0 240 4000 | succeeded replaced withdrawn paid | canceled changed withdrawn withdrawn
pix | late | deposited | second | paid 10000 0 240 4000 | canceled replaced withdrawn withdrawn | succeeded changed withdrawn paid
pix | late | deposited | both | paid 10000 0 240 14240 | succeeded replaced withdrawn paid | succeeded changed withdrawn paid
pix | late | in part | first | partially_paid 3906 6094 94 0 | succeeded replaced withdrawn paid | canceled changed payable withdrawn
pix | late | in part | second | partially_paid 3906 6094 94 0 | canceled replaced withdrawn withdrawn | succeeded - payable paid
pix | late | in part | both | paid 10000 0 240 4000 | succeeded replaced withdrawn paid | succeeded changed payable paid
pix | in time, late | nothing | first | paid 10000 0 0 0 | succeeded replaced withdrawn paid | expired settled expired withdrawn
pix | in time, late | nothing | second | paid 10000 0 0 0 | canceled replaced withdrawn withdrawn | succeeded - expired paid
pix | in time, late | nothing | both | paid 10000 0 0 10000 | succeeded replaced withdrawn paid | succeeded settled expired paid
pix | in time, late | voided | first | void 10000 0 0 10000 | succeeded replaced withdrawn paid | expired settled withdrawn withdrawn
pix | in time, late | voided | second | void 10000 0 0 10000 | canceled replaced withdrawn withdrawn | succeeded settled withdrawn paid
pix | in time, late | voided | both | void 10000 0 0 20000 | succeeded replaced withdrawn paid | succeeded settled withdrawn paid
pix | in time, late | credited | first | paid 10000 0 168 2832 | succeeded replaced withdrawn paid | expired changed withdrawn withdrawn
pix | in time, late | credited | second | paid 10000 0 168 2832 | canceled replaced withdrawn withdrawn | succeeded changed withdrawn paid
pix | in time, late | credited | both | paid 10000 0 168 12832 | succeeded replaced withdrawn paid | succeeded changed withdrawn paid
pix | in time, late | deposited | first | paid 10000 0 240 3760 | succeeded replaced withdrawn paid | expired changed withdrawn withdrawn
pix | in time, late | deposited | second | paid 10000 0 240 3760 | canceled replaced withdrawn withdrawn | succeeded changed withdrawn paid
pix | in time, late | deposited | both | paid 10000 0 240 13760 | succeeded replaced withdrawn paid | succeeded changed withdrawn paid
pix | in time, late | in part | first | partially_paid 3906 6094 94 0 | succeeded replaced withdrawn paid | expired changed expired withdrawn
pix | in time, late | in part | second | partially_paid 3906 6094 94 0 | canceled replaced withdrawn withdrawn | succeeded - expired paid
pix | in time, late | in part | both | paid 10000 0 240 3760 | succeeded replaced withdrawn paid | succeeded changed expired paid
boleto | in time | nothing | first | paid 10000 0 0 0 | succeeded - payable paid | canceled settled payable withdrawn
boleto | in time | nothing | second | paid 10000 0 0 0 | canceled settled payable withdrawn | succeeded - payable paid
boleto | in time | nothing | both | paid 10000 0 0 10000 | succeeded - payable paid | succeeded settled payable paid
boleto | in time | voided | first | void 10000 0 0 10000 | succeeded settled withdrawn paid | canceled settled withdrawn withdrawn
boleto | in time | voided | second | void 10000 0 0 10000 | canceled settled withdrawn withdrawn | succeeded settled withdrawn paid
boleto | in time | voided | both | void 10000 0 0 20000 | succeeded settled withdrawn paid | succeeded settled withdrawn paid
boleto | in time | credited | first | paid 10000 0 0 3000 | succeeded changed withdrawn paid | canceled changed withdrawn withdrawn
boleto | in time | credited | second | paid 10000 0 0 3000 | canceled changed withdrawn withdrawn | succeeded changed withdrawn paid
boleto | in time | credited | both | paid 10000 0 0 13000 | succeeded changed withdrawn paid | succeeded changed withdrawn paid
boleto | in time | deposited | first | paid 10000 0 0 4000 | succeeded changed withdrawn paid | canceled changed withdrawn withdrawn
boleto | in time | deposited | second | paid 10000 0 0 4000 | canceled changed withdrawn withdrawn | succeeded changed withdrawn paid
boleto | in time | deposited | both | paid 10000 0 0 14000 | succeeded changed withdrawn paid | succeeded changed withdrawn paid
boleto | in time | in part | first | partially_paid 4000 6000 0 0 | succeeded - payable paid | canceled changed payable withdrawn
boleto | in time | in part | second | partially_paid 4000 6000 0 0 | canceled changed payable withdrawn | succeeded - payable paid
boleto | in time | in part | both | paid 10000 0 0 4000 | succeeded - payable paid | succeeded changed payable paid
boleto | late | nothing | first | paid 10000 0 240 0 | succeeded - payable paid | canceled settled payable withdrawn
boleto | late | nothing | second | paid 10000 0 243 0 | canceled settled payable withdrawn | succeeded - payable paid
boleto | late | nothing | both | paid 10000 0 240 10243 | succeeded - payable paid | succeeded settled payable paid
boleto | late | voided | first | void 10000 0 0 10240 | succeeded settled withdrawn paid | canceled settled withdrawn withdrawn
boleto | late | voided | second | void 10000 0 0 10243 | canceled settled withdrawn withdrawn | succeeded settled withdrawn paid
boleto | late | voided | both | void 10000 0 0 20483 | succeeded settled withdrawn paid | succeeded settled withdrawn paid
boleto | late | credited | first | paid 10000 0 168 3072 | succeeded changed withdrawn paid | canceled changed withdrawn withdrawn
boleto | late | credited | second | paid 10000 0 168 3075 | canceled changed withdrawn withdrawn | succeeded changed withdrawn paid
boleto | late | credited | both | paid 10000 0 168 13315 | succeeded changed withdrawn paid | succeeded changed withdrawn paid
boleto | late | deposited | first | paid 10000 0 240 4000 | succeeded changed withdrawn paid | canceled changed withdrawn withdrawn
boleto | late | deposited | second | paid 10000 0 240 4003 | canceled changed withdrawn withdrawn | succeeded changed withdrawn paid
boleto | late | deposited | both | paid 10000 0 240 14243 | succeeded changed withdrawn paid | succeeded changed withdrawn paid
boleto | late | in part | first | partially_paid 3906 6094 94 0 | succeeded - payable paid | canceled changed payable withdrawn
boleto | late | in part | second | partially_paid 3906 6094 94 0 | canceled changed payable withdrawn | succeeded - payable paid
boleto | late | in part | both | paid 10000 0 240 4003 | succeeded - payable paid | succeeded changed payable paid
boleto | in time, late | nothing | first | paid 10000 0 0 0 | succeeded - expired paid | canceled settled payable withdrawn
boleto | in time, late | nothing | second | paid 10000 0 240 0 | expired settled expired withdrawn | succeeded - payable paid
boleto | in time, late | nothing | both | paid 10000 0 0 10240 | succeeded - expired paid | succeeded settled payable paid
boleto | in time, late | voided | first | void 10000 0 0 10000 | succeeded settled withdrawn paid | canceled settled withdrawn withdrawn
boleto | in time, late | voided | second | void 10000 0 0 10240 | expired settled withdrawn withdrawn | succeeded settled withdrawn paid
boleto | in time, late | voided | both | void 10000 0 0 20240 | succeeded settled withdrawn paid | succeeded settled withdrawn paid
boleto | in time, late | credited | first | paid 10000 0 168 2832 | succeeded changed withdrawn paid | canceled changed withdrawn withdrawn
boleto | in time, late | credited | second | paid 10000 0 168 3072 | expired changed withdrawn withdrawn | succeeded changed withdrawn paid
boleto | in time, late | credited | both | paid 10000 0 168 13072 | succeeded changed withdrawn paid | succeeded changed withdrawn paid
boleto | in time, late | deposited | first | paid 10000 0 240 3760 | succeeded changed withdrawn paid | canceled changed withdrawn withdrawn
boleto | in time, late | deposited | second | paid 10000 0 240 4000 | expired changed withdrawn withdrawn | succeeded changed withdrawn paid
boleto | in time, late | deposited | both | paid 10000 0 240 14000 | succeeded changed withdrawn paid | succeeded changed withdrawn paid
boleto | in time, late | in part | first | partially_paid 3906 6094 94 0 | succeeded - expired paid | canceled changed payable withdrawn
boleto | in time, late | in part | second | partially_paid 3906 6094 94 0 | expired changed expired withdrawn | succeeded - payable paid
boleto | in time, late | in part | both | paid 10000 0 240 4000 | succeeded - expired paid | succeeded changed payable paid
`
  .trim()
  .split('\n');

const DAYS: Record<When, [asked: string, paid: string]> = {
  'in time': ['2026-12-01', '2026-12-01'],
  late: ['2026-12-22', '2026-12-22'],
  'in time, late': ['2026-12-01', '2026-12-22'],
};

let test: TestDatabase;
let services: PaymentServices;
beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  services = paymentServices(test);
});
afterAll(() => test.close());

/** Plays a cell with a customer of its own, and says how it ends, as the table does. */
async function play(second: Second, when: When, meanwhile: Meanwhile, payers: Payers): Promise<string> {
  const scene = await createBillingScene(test);
  await completePayer(test, scene.padaria);
  const bia = { id: newId(), name: 'Bia Ramos', email: 'bia@padaria.example' };
  await test.owner.query(
    `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
     select organization_id, billing_account_id, $2, $3, $4, role_id from portal_users where id = $1`,
    [scene.ana.id, bia.id, bia.email, bia.name],
  );
  const [askedOn, paidOn] = DAYS[when];
  const account = await connectSandbox(services, asSystem(scene, noonOf('2026-12-01')));
  const terms = { dueOn: DUE, allowsPartial: true, finePercent: '2', interestPercent: '1' };
  const { id } = await openInvoice(services, asStaff(scene, '2026-12-01'), scene.padaria, AMOUNT, terms);

  let system = asSystem(scene, noonOf(askedOn));
  account.clock = system.clock;
  const ask = async (person: typeof bia, method: GatewayMethod, anew: boolean) => {
    const context = asCustomer({ ...scene, ana: person }, askedOn);
    const payment = await services.payments.create(context, 'portal', { invoiceIds: [id], method, anew });
    await work(services, system);
    return payment.id;
  };
  const ids = [await ask(scene.ana, 'pix', false), await ask(bia, second, second === 'pix')];

  system = asSystem(scene, noonOf(paidOn));
  account.clock = system.clock;
  const staff = asStaff(scene, paidOn);
  if (meanwhile === 'voided')
    await services.invoices.void(staff, id, 'Engano', (await services.invoices.get(staff, id)).version);
  if (meanwhile === 'credited') await services.credits.creditNote(staff, id, { amount: 3_000n, reason: 'Acordo' });
  if (meanwhile === 'deposited')
    await services.credits.deposit(staff, { billingAccountId: scene.padaria, amount: 4_000n, method: 'transfer' });
  await work(services, system);

  const now = (paymentId: string) => services.payments.get(asCustomer(scene, paidOn), paymentId);
  const standings = async () =>
    Promise.all(ids.map(async (paymentId) => standingOf(await now(paymentId), system.clock.now())));
  const before = await standings();
  const paying = payers === 'both' ? ids : [ids[payers === 'first' ? 0 : 1]!];
  for (const [place, paymentId] of paying.entries()) {
    const { gatewayId } = await now(paymentId);
    const amount = meanwhile === 'in part' && place === 0 ? 4_000n : undefined;
    await deliver(services, account, await services.bank.pay(account, gatewayId!, { at: noonOf(paidOn), amount }));
    await work(services, system);
  }
  const after = await standings();

  const { state, settled, owed } = await services.invoices.get(staff, id);
  const [books] = (
    await test.owner.query<Record<'credit' | 'charged' | 'strays' | 'balance' | 'sums', string>>(
      `select coalesce(sum(e.amount - e.allocated) filter (where e.side = 'credit'), 0)::text as credit,
         coalesce(sum(e.amount) filter (where e.kind = 'late_charge'), 0)::text as charged,
         coalesce(sum(e.amount * case e.side when 'debit' then 1 else -1 end), 0)::text as sums,
         (select a.balance::text from ledger_accounts a where a.organization_id = $1 and a.billing_account_id = $2) as balance,
         (select count(*)::text from stray_payments t where t.organization_id = $1) as strays
       from ledger_entries e where e.organization_id = $1 and e.billing_account_id = $2`,
      [scene.organizationId, scene.padaria],
    )
  ).rows;
  // All that came was asked for; and what the account says is what its entries do.
  expect(books!.strays).toBe('0');
  expect(books!.balance).toBe(books!.sums);
  const [charged, credit] = [BigInt(books!.charged), BigInt(books!.credit)];
  expect(owed - credit).toBe(BigInt(books!.balance));
  const ends = await Promise.all(
    ids.map(async (paymentId, place) => {
      const { state: ended, withdrawnFor } = await now(paymentId);
      return [ended, withdrawnFor ?? '-', before[place], after[place]].join(' ');
    }),
  );
  return [second, when, meanwhile, payers, [state, settled, owed, charged, credit].join(' '), ...ends].join(' | ');
}

describe('an invoice by two codes, a PIX code and this beside it', () => {
  it.each(CELLS)('%s', async (cell) => {
    const [second, when, meanwhile, payers] = cell.split(' | ') as [Second, When, Meanwhile, Payers];
    expect(await play(second, when, meanwhile, payers)).toBe(cell);
  });
});
