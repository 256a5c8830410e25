import { dayFrom } from './days.js';
import { idOf } from './ids.js';
import type { Row } from './rows.js';

type Add = (table: string, row: Row) => void;

/** It has begun, and is not over while tests run. */
const PERIOD = { starts_on: dayFrom(-10), ends_on: dayFrom(20) };

/** What an organization sells again and again. */
export function addPlan(organization: string, add: Add): void {
  const organization_id = idOf(`organization:${organization}`);
  const plan_id = idOf(`plan:${organization}`);
  add('plans', { organization_id, id: plan_id, name: `Plan of ${organization}`, is_offered: true });
  add('plan_prices', {
    organization_id,
    plan_id,
    id: idOf(`price:${organization}`),
    number: 1,
    model: 'flat',
    currency: 'BRL',
    unit_amount: 10_000,
    period_unit: 'month',
    period_every: 1,
  });
  // What nobody has yet, and customers may change to.
  add('plan_prices', {
    organization_id,
    plan_id,
    id: idOf(`price:${organization}-new`),
    number: 2,
    model: 'flat',
    currency: 'BRL',
    unit_amount: 12_000,
    period_unit: 'month',
    period_every: 1,
  });
  add('plan_prices', {
    organization_id,
    plan_id,
    id: idOf(`price:${organization}-usage`),
    number: 3,
    model: 'usage',
    currency: 'BRL',
    unit_amount: 10,
    period_unit: 'month',
    period_every: 1,
  });
}

/** Subscriptions of a customer's: one whose period goes on, one that is paused, and one that has ended. */
export function addSubscription(organization: string, tenant: Row, key: string, add: Add): void {
  const id = idOf(`subscription:${key}`);
  const cycle = { currency: 'BRL', period_unit: 'month', period_every: 1 };
  const ends: [name: string, how: Row][] = [
    [
      key,
      {
        current_starts_on: PERIOD.starts_on,
        current_ends_on: PERIOD.ends_on,
        next_renewal_on: PERIOD.ends_on,
        monthly: 10_000,
      },
    ],
    [`${key}-paused`, { paused_at: new Date(), paused_for: 'wish' }],
    [`${key}-ended`, { ended_at: new Date(), ended_on: dayFrom(0) }],
  ];
  for (const [name, how] of ends) {
    add('subscriptions', {
      ...tenant,
      ...cycle,
      id: idOf(`subscription:${name}`),
      number: `AS-2026-${name}`,
      title: `Plan of ${organization}`,
      starts_on: PERIOD.starts_on,
      anchor_on: PERIOD.starts_on,
      period_count: 1,
      recurring: 10_000,
      started_at: new Date(),
      ...how,
    });
    for (const [position, [item, price]] of [
      [`subscription-item:${name}`, `price:${organization}`],
      [`subscription-item:${name}-usage`, `price:${organization}-usage`],
    ].entries())
      add('subscription_items', {
        ...tenant,
        ...cycle,
        subscription_id: idOf(`subscription:${name}`),
        id: idOf(item!),
        position,
        plan_id: idOf(`plan:${organization}`),
        price_id: idOf(price!),
        quantity: 1,
        once_billed_on: PERIOD.starts_on,
      });
  }
  add('billing_periods', {
    ...tenant,
    subscription_id: id,
    id: idOf(`billing-period:${key}`),
    ...PERIOD,
    kind: 'billed',
  });
  add('subscription_events', {
    ...tenant,
    subscription_id: id,
    id: idOf(`subscription-event:${key}`),
    kind: 'started',
    on_day: PERIOD.starts_on,
    reason: `Start of ${key}`,
    actor_type: 'system',
    created_at: new Date(),
  });
  add('subscription_movements', {
    ...tenant,
    subscription_id: id,
    id: idOf(`subscription-movement:${key}`),
    kind: 'new',
    currency: 'BRL',
    amount: 10_000,
    on_day: PERIOD.starts_on,
    created_at: new Date(),
  });
}

/** What else may become of one, by itself. */
export function addChanges(tenant: Row, key: string, add: Add): void {
  const its = { ...tenant, subscription_id: idOf(`subscription:${key}`) };
  add('subscription_changes', {
    ...its,
    id: idOf(`subscription-change:${key}`),
    state: 'dropped',
    effective_on: PERIOD.ends_on,
    items_before: '[]',
    items_after: '[]',
    period_unit: 'month',
    period_every: 1,
    title_before: `Before ${key}`,
    title_after: `After ${key}`,
    actor_type: 'system',
    created_at: new Date(),
  });
  add('subscription_pauses', {
    ...its,
    id: idOf(`subscription-pause:${key}`),
    starts_on: PERIOD.ends_on,
    dropped_at: new Date(),
    created_at: new Date(),
  });
  add('usage_records', {
    ...its,
    id: idOf(`usage:${key}`),
    item_id: idOf(`subscription-item:${key}`),
    key: `usage of ${key}`,
    used_on: PERIOD.starts_on,
    quantity: 1,
    recorded_at: new Date(),
  });
}
