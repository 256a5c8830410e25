import { quietBilling, type QuietBilling } from '@balcao/module-billing';
import { BillingAccountEntity } from '@balcao/module-directory/entities';
import { addDays, addMonths, dayAt, startOfDay, type Day } from '@balcao/money';
import type { QuietPayments } from '@balcao/module-payments';
import { quietSubscriptions } from '@balcao/module-subscriptions';
import type { Database, OrganizationContext } from '@balcao/platform-tenancy';
import type { DemoBilling, DemoInvoice, DemoLine, DemoMonthlyInvoices } from './demo-organization.js';
import { addPlans, subscriptionDeeds } from './subscription-deeds.js';

const TIME_ZONE = 'America/Sao_Paulo';
const HOUR_MS = 3_600_000;
const MONTH = new Intl.DateTimeFormat('pt-BR', { month: 'long', timeZone: 'UTC' });

/** Something that happens on a day. */
interface Deed {
  on: Day;
  run(billing: QuietBilling, context: OrganizationContext, payments: QuietPayments): Promise<void>;
}

/** A year of invoices and what became of them, done in the order of their days, so that numbers and books are as they would be. */
export async function addBilling(
  database: Database,
  payments: QuietPayments,
  context: OrganizationContext,
  { settings, monthly, single, cards = [], unasked = [], plans = [], subscriptions = [] }: DemoBilling,
): Promise<void> {
  const billing = quietBilling(database);
  await billing.settings.update(context, { ...settings, version: 1 });
  const accounts = await database.read(context, (db) => db.repository(BillingAccountEntity).find());
  const idOf = (externalId: string) => accounts.find((account) => account.externalId === externalId)!.id;
  const today = dayAt(new Date(), TIME_ZONE);
  const services = quietSubscriptions(database);
  const prices = await addPlans(services, context, plans);
  const deeds = [
    ...cards.map(({ account, daysAgo, ...card }): Deed => ({
      on: addDays(today, -daysAgo),
      run: (_billing, context, { saveCard }) => saveCard(context, { ...card, billingAccountId: idOf(account) }),
    })),
    ...monthly.flatMap((plan) => monthlyDeeds(plan, idOf(plan.account), today)),
    ...single.flatMap((invoice) => singleDeeds(invoice, idOf(invoice.account), today)),
    ...subscriptions.flatMap((subscription) =>
      subscriptionDeeds(services, prices, subscription, idOf(subscription.account), today).map(({ on, run }): Deed => ({
        on,
        run: (_billing, context) => run(context),
      })),
    ),
    ...unasked.map(({ daysAgo, amount, ...stray }): Deed => ({
      on: addDays(today, -daysAgo),
      run: (_billing, context, { payUnasked }) => payUnasked(context, { ...stray, amount: BigInt(amount) }),
    })),
  ].filter(({ on }) => on <= today);
  // Of a day in the order in which they were told.
  deeds.sort((one, other) => (one.on < other.on ? -1 : one.on > other.on ? 1 : 0));
  for (const { on, run } of deeds) await run(billing, { ...context, clock: { now: () => morningOf(on) } }, payments);
}

/** Ten in the morning of that day, or now where that is later. */
const morningOf = (day: Day) => new Date(Math.min(startOfDay(day, TIME_ZONE).getTime() + 10 * HOUR_MS, Date.now()));

function monthlyDeeds(
  {
    months,
    openedDay,
    dueDay,
    title,
    lines,
    purchaseOrder,
    unpaidMonths,
    methods,
    fiscalNoteFrom,
    paidOnline = 0,
    collectedMonthsAgo,
    tries = [],
  }: DemoMonthlyInvoices,
  billingAccountId: string,
  today: Day,
): Deed[] {
  const thisMonth = `${today.slice(0, 7)}-01`;
  return Array.from({ length: months + 1 }, (_, place) => addMonths(thisMonth, place - months)).flatMap(
    (first, place) => {
      const opened = addDays(first, openedDay - 1);
      const dueOn = addDays(first, dueDay - 1);
      const state: { id?: string } = {};
      const total = lines.reduce((sum, line) => sum + line.unitPrice * Number(line.quantity), 0);
      const isPaid = months - place >= unpaidMonths;
      const isOnline = months - place < unpaidMonths + paidOnline;
      return [
        {
          on: opened,
          run: async (billing, context) => {
            state.id = await opening(billing, context, {
              billingAccountId,
              title: title.replace('{month}', MONTH.format(new Date(first))),
              dueOn,
              purchaseOrder,
              lines: lines.map((line) => ({ ...line, startsOn: opened, endsOn: addMonths(opened, 1) })),
            });
            if (fiscalNoteFrom)
              await billing.fiscalNotes.add(context, state.id, {
                number: String(fiscalNoteFrom + place),
                issuedOn: opened,
              });
          },
        },
        ...(isPaid
          ? [
              {
                // A few days before it is due, as people do.
                on: addDays(dueOn, -(place % 4)),
                run: async (billing: QuietBilling, context: OrganizationContext, payments: QuietPayments) => {
                  const method = methods[place % methods.length]!;
                  if (isOnline && (method === 'pix' || method === 'boleto' || method === 'card')) {
                    await payments.pay(context, { invoiceIds: [state.id!], method }, 'paid');
                    return;
                  }
                  await billing.credits.deposit(context, {
                    billingAccountId,
                    amount: BigInt(total),
                    method,
                    application: { invoiceIds: [state.id!] },
                  });
                },
              },
            ]
          : []),
        ...(collectedMonthsAgo === months - place
          ? [
              {
                on: dueOn,
                run: async (_billing: QuietBilling, context: OrganizationContext, payments: QuietPayments) => {
                  if (state.id) await payments.collect(context, state.id);
                },
              },
            ]
          : []),
        ...tries
          .filter(({ monthsAgo }) => monthsAgo === months - place)
          .map(({ daysAgo, method, amount, end }) => ({
            on: addDays(today, -daysAgo),
            run: async (_billing: QuietBilling, context: OrganizationContext, payments: QuietPayments) => {
              const part = amount === undefined ? {} : { amount: BigInt(amount) };
              if (state.id) await payments.pay(context, { invoiceIds: [state.id], method, ...part }, end);
            },
          })),
      ] satisfies Deed[];
    },
  );
}

function singleDeeds(
  { openedDaysAgo, dueInDays, title, lines, purchaseOrder, draft, paid, credit, void: voided }: DemoInvoice,
  billingAccountId: string,
  today: Day,
): Deed[] {
  const on = addDays(today, -openedDaysAgo);
  return [
    {
      on,
      run: async (billing, context) => {
        const fields = { billingAccountId, title, dueOn: addDays(on, dueInDays), purchaseOrder, lines };
        if (draft) {
          await billing.drafts.create(context, drafted(fields));
          return;
        }
        const id = await opening(billing, context, fields);
        const application = { invoiceIds: [id] };
        if (paid)
          await billing.credits.deposit(context, {
            billingAccountId,
            ...paid,
            amount: BigInt(paid.amount),
            application,
          });
        if (credit) await billing.credits.creditNote(context, id, { ...credit, amount: BigInt(credit.amount) });
        if (voided) await billing.invoices.void(context, id, voided, (await billing.invoices.get(context, id)).version);
      },
    },
  ];
}

type Fields = Pick<DemoInvoice, 'title' | 'purchaseOrder'> & {
  billingAccountId: string;
  dueOn: Day;
  lines: readonly DemoLine[];
};

const drafted = ({ lines, ...fields }: Fields) => ({
  ...fields,
  lines: lines.map((line) => ({ ...line, unitPrice: BigInt(line.unitPrice) })),
});

async function opening(billing: QuietBilling, context: OrganizationContext, fields: Fields): Promise<string> {
  const draft = await billing.drafts.create(context, drafted(fields));
  return (await billing.invoices.open(context, draft.id, draft.version)).id;
}
