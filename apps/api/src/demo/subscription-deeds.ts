import { addDays, addMonths, type Day } from '@balcao/money';
import type { QuietSubscriptions } from '@balcao/module-subscriptions';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import type { DemoPlan, DemoSubscription } from './demo-organization.js';

/** Something that happens on a day. */
interface Deed {
  on: Day;
  run(context: OrganizationContext): Promise<void>;
}

/** What is sold again and again. @returns the ids of the prices, by the names of their plans */
export async function addPlans(
  { plans }: QuietSubscriptions,
  context: OrganizationContext,
  sold: readonly DemoPlan[],
): Promise<Map<string, string>> {
  const prices = new Map<string, string>();
  for (const { name, description = null, kind = 'plan', family = null, price } of sold) {
    const { id } = await plans.create(context, { name, description, kind, family, isOffered: true });
    const { unitAmount, setupAmount = 0, model = 'flat', unitName = null, periodUnit = 'month' } = price;
    const plan = await plans.addPrice(context, id, {
      ...{ model, unitName, periodUnit },
      currency: 'BRL',
      unitAmount: BigInt(unitAmount),
      setupAmount: BigInt(setupAmount),
      included: price.included ?? '0',
      periodEvery: 1,
      trialDays: 0,
      taxName: null,
      taxPercent: null,
      taxIsIncluded: false,
    });
    prices.set(name, plan.prices[0]!.priceId);
  }
  return prices;
}

/** A subscription's life up to a day: its start, each renewal, what is paid of it, and what was done to it. */
export function subscriptionDeeds(
  services: QuietSubscriptions,
  prices: ReadonlyMap<string, string>,
  { items, startsDaysAgo, trialDays, dueDays, reference, unpaidDays = -1, deeds = [] }: DemoSubscription,
  billingAccountId: string,
  today: Day,
): Deed[] {
  const startsOn = addDays(today, -startsDaysAgo);
  const state: { id?: string } = {};
  const priceOf = (plan: string) => prices.get(plan)!;
  // One that is to begin is written down today.
  const begins = startsOn > today ? today : startsOn;
  const renewals: Day[] = [];
  for (let k = 1; addMonths(startsOn, k) <= today; k++) renewals.push(addMonths(startsOn, k));
  const renew = (context: OrganizationContext) => services.runner.runDue(context);
  const changed = async (context: OrganizationContext, plan: string) => {
    const detail = await services.reader.get(context, state.id!);
    return detail.items.map(({ id, priceId, quantity }, place) => ({
      id,
      quantity,
      priceId: place === 0 ? priceOf(plan) : priceId,
    }));
  };
  return [
    {
      on: begins,
      async run(context) {
        state.id = await services.creation.create(context, {
          ...{ billingAccountId, startsOn, trialDays, dueDays, reference },
          items: items.map(({ plan, quantity, detail }) => ({ priceId: priceOf(plan), quantity, detail })),
        });
      },
    },
    ...renewals.map((on): Deed => ({ on, run: renew })),
    ...deeds.map(({ daysAgo, ...deed }): Deed => ({
      on: addDays(today, -daysAgo),
      async run(context) {
        const { id } = state;
        if (deed.kind === 'change')
          await services.changes.change(context, id!, { items: await changed(context, deed.to), when: deed.when });
        else if (deed.kind === 'pause') {
          const startsOn = addDays(today, -daysAgo);
          await services.pauses.pause(context, id!, { startsOn, resumesOn: addDays(today, deed.resumesInDays) });
        } else await services.ends.cancel(context, id!, { when: deed.when, reason: deed.reason });
      },
    })),
    // A few days behind each, as people do.
    ...[begins, ...renewals].map((on): Deed => ({
      on: addDays(on, 3),
      run: (context) => (on < addDays(today, -unpaidDays) ? pay(services, context, state.id!) : Promise.resolve()),
    })),
    { on: today, run: renew },
  ];
}

async function pay({ billing, reader }: QuietSubscriptions, context: OrganizationContext, id: string): Promise<void> {
  const { billingAccountId } = await reader.get(context, id);
  for (const invoice of (await reader.invoices(context, id)).rows)
    if (invoice.owed > 0n)
      await billing.credits.deposit(context, {
        billingAccountId,
        amount: invoice.owed,
        method: 'pix',
        application: { invoiceIds: [invoice.id] },
      });
}
