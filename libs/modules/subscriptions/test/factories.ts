import type { Day } from '@balcao/money';
import { Events } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Outbox } from '@balcao/platform-outbox';
import { systemContext, type OrganizationContext, type PortalContext } from '@balcao/platform-tenancy';
import type { TestDatabase } from '@balcao/platform-testing';
import { asCustomer, asStaff, noonOf, type BillingScene } from '../../billing/test/factories.js';
import { FollowSubscriptionsSubscriber } from '../src/jobs/follow-subscriptions.subscriber.js';
import type { PlanFields, PriceFields } from '../src/persistence/plan.repository.js';
import { quietSubscriptions } from '../src/quiet-subscriptions.js';

/** The module's services over a test's database, whose events are published. */
export function subscriptionServices(
  { database, config, secrets }: TestDatabase,
  events = new Events(new Outbox(database), new PostgresLiveBus(database, config, secrets)),
) {
  const services = quietSubscriptions(database, events);
  return { ...services, follower: new FollowSubscriptionsSubscriber(database, services.pastDue) };
}
export type SubscriptionServices = ReturnType<typeof subscriptionServices>;

/** Who acts on the subscriptions of a scene on the day that it is there, and how they look at one. */
export function deskOf(now: () => { services: SubscriptionServices; scene: BillingScene; today: Day }) {
  const staff = () => asStaff(now().scene, now().today);
  const customer = (): PortalContext =>
    asCustomer(now().scene, now().today, ['invoices:read', 'subscriptions:read', 'subscriptions:manage']);
  const system = (): OrganizationContext =>
    systemContext(now().scene.organizationId, { clock: { now: () => noonOf(now().today) } });
  const get = (id: string) => now().services.reader.get(staff(), id);
  const invoicesOf = async (id: string) => (await now().services.reader.invoices(staff(), id)).rows;
  return { staff, customer, system, get, invoicesOf };
}

/** A plan with a price in reais, a month. @returns the price's id */
export async function sell(
  { plans }: SubscriptionServices,
  context: OrganizationContext,
  name: string,
  unitAmount: bigint,
  { kind = 'plan', family = null, isOffered = true, ...price }: Partial<PlanFields & PriceFields> = {},
): Promise<string> {
  const { id } = await plans.create(context, { name, description: null, kind, family, isOffered });
  return addPrice({ plans }, context, id, unitAmount, price);
}

/** Another price of a plan. @returns its id */
export async function addPrice(
  { plans }: Pick<SubscriptionServices, 'plans'>,
  context: OrganizationContext,
  planId: string,
  unitAmount: bigint,
  price: Partial<PriceFields> = {},
): Promise<string> {
  const { prices } = await plans.addPrice(context, planId, {
    model: 'flat',
    currency: 'BRL',
    unitAmount,
    unitName: null,
    included: '0',
    periodUnit: 'month',
    periodEvery: 1,
    trialDays: 0,
    setupAmount: 0n,
    taxName: null,
    taxPercent: null,
    taxIsIncluded: false,
    ...price,
  });
  return prices[0]!.priceId;
}
