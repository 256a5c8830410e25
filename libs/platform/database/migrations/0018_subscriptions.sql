-- Up Migration

-- Periods of a subscription must not overlap, which the database says itself.
create extension if not exists btree_gist;

-- What organizations sell again and again, by name. What it costs stands in its prices.
create table plans (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  name text collate alphabetical not null check (length(name) between 1 and 120),
  description text check (length(description) between 1 and 500),
  -- A plan is what a subscription is named after; an addition comes with one.
  kind text not null default 'plan' check (kind in ('plan', 'addition')),
  -- Customers change among plans of one family.
  family text check (length(family) between 1 and 60),
  -- Whether customers may choose it themselves, where their portal lets them.
  is_offered boolean not null default false,
  archived_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (organization_id, id)
);
create unique index plans_name on plans (organization_id, lower(name collate "C")) where archived_at is null;
create index plans_listed on plans (organization_id, created_at, id) include (archived_at, kind);
call protect_shared_table('plans');
revoke delete on plans from balcao_app;

-- What a plan costs, in a currency and for a stretch of time. A price never changes: another one comes, and whoever has this one
-- keeps it until their subscription is changed.
create table plan_prices (
  organization_id uuid not null default app_organization_id() references organizations,
  plan_id uuid not null,
  id uuid not null,
  -- Counted for each plan, from 1.
  number integer not null check (number > 0),
  -- `flat`: so much; `per_unit`: so much for each; `usage`: for each that was used, behind the period; `once`: one time.
  model text not null check (model in ('flat', 'per_unit', 'usage', 'once')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  unit_amount bigint not null check (unit_amount between 0 and 9007199254740991),
  unit_name text check (length(unit_name) between 1 and 40),
  -- Of usage, what of each period costs nothing.
  included numeric(18,6) not null default 0 check (included >= 0 and (included = 0 or model = 'usage')),
  period_unit text not null check (period_unit in ('month', 'year')),
  period_every integer not null check (period_every between 1 and 36),
  trial_days integer not null default 0 check (trial_days between 0 and 365),
  -- Asked for once, with the first invoice.
  setup_amount bigint not null default 0 check (setup_amount between 0 and 9007199254740991),
  tax_name text check (length(tax_name) between 1 and 40),
  tax_percent numeric(7,4) check (tax_percent between 0 and 100),
  tax_is_included boolean not null default false,
  archived_at timestamptz(3),
  created_by_id uuid,
  created_at timestamptz(3) not null default now(),
  check ((tax_name is null) = (tax_percent is null)),
  primary key (organization_id, id),
  unique (organization_id, plan_id, number),
  unique (organization_id, id, plan_id, currency, period_unit, period_every),
  foreign key (organization_id, plan_id) references plans (organization_id, id)
);
call protect_shared_table('plan_prices');
revoke update, delete on plan_prices from balcao_app;
grant update (archived_at) on plan_prices to balcao_app;

-- How an organization goes about subscriptions. Without a row the defaults below count.
create table subscription_settings (
  organization_id uuid primary key default app_organization_id() references organizations,
  -- What becomes of one whose invoices stay unpaid for so many days.
  past_due_action text not null default 'none' check (past_due_action in ('none', 'pause', 'cancel')),
  past_due_days integer not null default 30 check (past_due_days between 1 and 365),
  -- Whether days that are paid and not used are credited where somebody cancels at once.
  credits_unused boolean not null default true,
  -- What is offered to who wants to leave: a pause, or so many percent off for so many periods.
  offers_pause boolean not null default true,
  offers_plan boolean not null default true,
  offer_percent numeric(7,4) not null default 0 check (offer_percent between 0 and 100),
  offer_periods integer not null default 3 check (offer_periods between 1 and 24),
  version integer not null default 1,
  updated_at timestamptz not null default now()
);
call protect_shared_table('subscription_settings');

create table subscriptions (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  number text collate "C" not null check (length(number) between 1 and 40),
  -- What its main plan is called.
  title text not null check (length(title) between 1 and 120),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  period_unit text not null check (period_unit in ('month', 'year')),
  period_every integer not null check (period_every between 1 and 36),
  collection text not null default 'send_invoice' check (collection in ('automatic', 'send_invoice')),
  -- From opening to due date; as the organization's terms say where null.
  due_days integer check (due_days between 0 and 365),
  -- The customer's own: each invoice has it as its purchase order.
  reference text check (length(reference) between 1 and 100),
  starts_on date not null,
  trial_ends_on date check (trial_ends_on > starts_on),
  -- Periods are counted from it; of one that was resumed from the day on which it was.
  anchor_on date not null,
  -- How many were billed since the anchor.
  period_count integer not null default 0 check (period_count >= 0),
  current_starts_on date,
  current_ends_on date check (current_ends_on > current_starts_on),
  -- What every period costs, before discounts and taxes on top, without usage.
  recurring bigint not null default 0 check (recurring between 0 and 9007199254740991),
  discount_percent numeric(7,4) check (discount_percent > 0 and discount_percent <= 100),
  -- For so many periods more.
  discount_periods integer check (discount_periods > 0),
  -- What the current period was billed with.
  billed_discount_percent numeric(7,4) check (billed_discount_percent > 0 and billed_discount_percent <= 100),
  -- What it brings in a month, as its movements have it.
  monthly bigint not null default 0 check (monthly between 0 and 9007199254740991),
  next_renewal_on date,
  -- Planned: from that day on it is over, paused, or begins again.
  cancel_on date,
  pause_on date,
  resume_on date check (resume_on > pause_on),
  cancel_reason text check (cancel_reason in ('too_expensive', 'quality', 'closing_for_a_while', 'moving', 'competitor', 'not_needed', 'unpaid', 'other')),
  cancel_comment text check (length(cancel_comment) between 1 and 1000),
  started_at timestamptz(3),
  trial_ended_at timestamptz(3),
  paused_at timestamptz(3),
  -- By somebody's wish, or because invoices were not paid: then it comes back when they are.
  paused_for text check (paused_for in ('wish', 'unpaid')),
  past_due_on date,
  ended_at timestamptz(3),
  ended_on date,
  -- Nothing more is billed until somebody of staff has decided.
  held_at timestamptz(3),
  held_for text check (held_for in ('missed_periods', 'refused')),
  -- The one that was taken up again.
  follows_id uuid,
  created_by_id uuid,
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  state text not null generated always as (case
    when ended_at is not null then 'canceled'
    when started_at is null then 'pending'
    when paused_at is not null then 'paused'
    when past_due_on is not null then 'past_due'
    when trial_ends_on is not null and trial_ended_at is null then 'trialing'
    else 'active' end) stored,
  -- The next day on which something becomes of it by itself.
  next_on date generated always as (case when ended_at is null and held_at is null
    then least(next_renewal_on, cancel_on, pause_on, resume_on) end) stored,
  words text not null generated always as (fold(title || ' ' || number)) stored,
  check ((discount_percent is null) = (discount_periods is null)),
  check ((current_starts_on is null) = (current_ends_on is null)),
  check ((ended_at is null) = (ended_on is null)),
  check (ended_at is null or next_renewal_on is null and cancel_on is null and pause_on is null and resume_on is null),
  check ((held_at is null) = (held_for is null)),
  check ((paused_at is null) = (paused_for is null)),
  check (started_at is not null or paused_at is null and past_due_on is null and current_starts_on is null),
  check (paused_at is null or next_renewal_on is null and pause_on is null),
  check (pause_on is null or paused_at is null),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, id, currency, period_unit, period_every),
  unique (organization_id, number),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, billing_account_id, follows_id) references subscriptions (organization_id, billing_account_id, id)
);
create index subscriptions_next on subscriptions (organization_id, next_on, id) where next_on is not null;
create index subscriptions_recent on subscriptions (organization_id, created_at, id) include (state, billing_account_id, held_at);
create index subscriptions_account on subscriptions (organization_id, billing_account_id, created_at, id) include (state);
create index subscriptions_state on subscriptions (organization_id, state, created_at, id) include (billing_account_id);
call protect_read_only_account_table('subscriptions');
revoke delete on subscriptions from balcao_app;

-- What a subscription has now, each at the price that it was taken at.
create table subscription_items (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  subscription_id uuid not null,
  id uuid not null,
  position integer not null check (position between 0 and 49),
  plan_id uuid not null,
  price_id uuid not null,
  currency text not null,
  period_unit text not null,
  period_every integer not null,
  quantity numeric(18,6) not null default 1 check (quantity > 0),
  detail text check (length(detail) between 1 and 200),
  -- When what is asked for once was asked for.
  once_billed_on date,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, subscription_id, position) deferrable initially immediate,
  foreign key (organization_id, billing_account_id, subscription_id, currency, period_unit, period_every)
    references subscriptions (organization_id, billing_account_id, id, currency, period_unit, period_every) deferrable initially deferred,
  foreign key (organization_id, price_id, plan_id, currency, period_unit, period_every)
    references plan_prices (organization_id, id, plan_id, currency, period_unit, period_every)
);
create index subscription_items_plan on subscription_items (organization_id, plan_id, subscription_id);
call protect_read_only_account_table('subscription_items');

-- Periods as they were lived: one is billed once, and none overlaps another. One that ended before its time is cut.
create table billing_periods (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  subscription_id uuid not null,
  id uuid not null,
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  cut_on date check (cut_on between starts_on and ends_on),
  kind text not null check (kind in ('trial', 'billed', 'skipped')),
  invoice_id uuid,
  -- What was taken off what recurs.
  discount_percent numeric(7,4) check (discount_percent > 0 and discount_percent <= 100),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, subscription_id)
    references subscriptions (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, invoice_id) references invoices (organization_id, billing_account_id, id),
  exclude using gist (organization_id with =, subscription_id with =, daterange(starts_on, coalesce(cut_on, ends_on)) with &&)
);
-- One that was cut before its first day was over never was.
create unique index billing_periods_start on billing_periods (organization_id, subscription_id, starts_on) where cut_on is distinct from starts_on;
create index billing_periods_invoice on billing_periods (organization_id, invoice_id) where invoice_id is not null;
call protect_read_only_account_table('billing_periods');
revoke update, delete on billing_periods from balcao_app;
grant update (cut_on) on billing_periods to balcao_app;

-- Changes of what a subscription has: planned for the end of a period, done, or taken back.
create table subscription_changes (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  subscription_id uuid not null,
  id uuid not null,
  state text not null check (state in ('scheduled', 'applied', 'dropped', 'reverted')),
  -- From that day on.
  effective_on date not null,
  -- Of the period within which it was done; null of those for the end of one.
  period_starts_on date,
  items_before jsonb not null,
  items_after jsonb not null,
  period_unit text not null check (period_unit in ('month', 'year')),
  period_every integer not null check (period_every between 1 and 36),
  title_before text not null,
  title_after text not null,
  -- What it cost at once: below zero it was credited.
  due bigint not null default 0 check (due between -9007199254740991 and 9007199254740991),
  invoice_id uuid,
  actor_type text not null check (actor_type in ('portal', 'staff', 'system')),
  actor_id uuid,
  created_at timestamptz(3) not null,
  decided_at timestamptz(3),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, subscription_id)
    references subscriptions (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, invoice_id) references invoices (organization_id, billing_account_id, id)
);
create unique index subscription_changes_scheduled on subscription_changes (organization_id, subscription_id) where state = 'scheduled';
create index subscription_changes_subscription on subscription_changes (organization_id, subscription_id, created_at, id);
call protect_read_only_account_table('subscription_changes');
revoke delete on subscription_changes from balcao_app;

create table subscription_pauses (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  subscription_id uuid not null,
  id uuid not null,
  starts_on date not null,
  -- Null where somebody has to say so.
  resumes_on date check (resumes_on > starts_on),
  -- When it was over, or the subscription was.
  ended_on date check (ended_on >= starts_on),
  dropped_at timestamptz(3),
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, subscription_id)
    references subscriptions (organization_id, billing_account_id, id),
  exclude using gist (organization_id with =, subscription_id with =, daterange(starts_on, coalesce(ended_on, resumes_on)) with &&)
    where (dropped_at is null)
);
call protect_read_only_account_table('subscription_pauses');
revoke delete on subscription_pauses from balcao_app;

-- What was used, as others count it: each key once. An invoice asks for it behind the period.
create table usage_records (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  subscription_id uuid not null,
  item_id uuid not null,
  id uuid not null,
  key text collate "C" not null check (length(key) between 1 and 100),
  used_on date not null,
  quantity numeric(18,6) not null check (quantity >= 0),
  invoice_id uuid,
  is_billed boolean not null default false,
  recorded_at timestamptz(3) not null,
  created_by_id uuid,
  check (invoice_id is null or is_billed),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, subscription_id, key),
  foreign key (organization_id, billing_account_id, subscription_id)
    references subscriptions (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, invoice_id) references invoices (organization_id, billing_account_id, id)
);
create index usage_records_day on usage_records (organization_id, subscription_id, used_on, id);
create index usage_records_open on usage_records (organization_id, subscription_id, item_id) include (used_on, quantity) where not is_billed;
call protect_read_only_account_table('usage_records');
revoke update, delete on usage_records from balcao_app;
grant update (invoice_id, is_billed) on usage_records to balcao_app;

-- What became of a subscription, for those who read its page. Beginnings and ends of things are days.
create table subscription_events (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  subscription_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('created', 'trial_started', 'trial_ending', 'started', 'renewed', 'changed', 'change_scheduled', 'change_dropped',
    'change_reverted', 'pause_planned', 'pause_dropped', 'paused', 'resumed', 'cancel_planned', 'cancel_dropped', 'canceled', 'past_due',
    'recovered', 'discount_given', 'discount_ended', 'credited', 'held', 'released', 'taken_up', 'updated')),
  on_day date not null,
  until_day date,
  -- From what to what, in words.
  before text check (length(before) <= 500),
  after text check (length(after) <= 500),
  reason text check (length(reason) <= 1000),
  amount bigint,
  invoice_id uuid,
  actor_type text not null check (actor_type in ('portal', 'staff', 'system')),
  actor_id uuid,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, subscription_id)
    references subscriptions (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, invoice_id) references invoices (organization_id, billing_account_id, id)
);
create index subscription_events_subscription on subscription_events (organization_id, subscription_id, created_at, id);
call protect_read_only_account_table('subscription_events');
revoke update, delete on subscription_events from balcao_app;

-- What recurs, by the month, as it came and went: what subscriptions bring in on a day is the sum of all movements up to it. Trials,
-- pauses and what has ended bring in nothing.
create table subscription_movements (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  subscription_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('new', 'expansion', 'contraction', 'churn', 'reactivation')),
  currency text not null,
  -- A month, in minor units; what went is below zero.
  amount bigint not null check (amount <> 0 and (amount > 0) = (kind in ('new', 'expansion', 'reactivation'))),
  on_day date not null,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, subscription_id)
    references subscriptions (organization_id, billing_account_id, id)
);
create index subscription_movements_day on subscription_movements (organization_id, currency, on_day) include (kind, amount);
create index subscription_movements_subscription on subscription_movements (organization_id, subscription_id, on_day);
call protect_read_only_account_table('subscription_movements');
revoke update, delete on subscription_movements from balcao_app;

-- Which subscription an invoice is of; said when it is written, and never otherwise. Its number is kept beside it, as it is printed.
alter table invoices add column subscription_id uuid,
  add column subscription_number text check (length(subscription_number) <= 40),
  add check ((subscription_id is null) = (subscription_number is null)),
  add foreign key (organization_id, billing_account_id, subscription_id) references subscriptions (organization_id, billing_account_id, id);
create index invoices_subscription on invoices (organization_id, subscription_id, opened_at, id)
  include (state, owed, payable_until) where subscription_id is not null;
create index invoices_subscription_owed on invoices (organization_id, payable_until, subscription_id) where owed > 0 and subscription_id is not null;
grant insert (subscription_id, subscription_number) on invoices to balcao_app;

-- A price stays what it was; only nobody takes it any more.
create function keep_plan_price() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'archived_at' <> to_jsonb(old) - 'archived_at' then
    raise check_violation using message = 'a price stays as it is', table = 'plan_prices', constraint = 'plan_prices_kept_check';
  end if;
  return new;
end $$;
create trigger keep before update on plan_prices for each row execute function keep_plan_price();

-- How one state leads to another: what has ended stays as it was, and nobody goes back to before the start.
create function check_subscription_step() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if (new.number, new.currency, new.billing_account_id, new.starts_on) is distinct from (old.number, old.currency, old.billing_account_id, old.starts_on)
    -- What it brought in a month is counted out behind its end.
    or old.state = 'canceled' and (new.monthly <> 0 or to_jsonb(new) - 'monthly' <> to_jsonb(old) - 'monthly')
    or old.started_at is not null and new.started_at is distinct from old.started_at
    or old.trial_ended_at is not null and new.trial_ended_at is distinct from old.trial_ended_at
    or new.state <> old.state and not (case old.state
      when 'pending' then new.state in ('trialing', 'active', 'canceled')
      when 'paused' then new.state in ('active', 'past_due', 'trialing', 'canceled')
      else new.state in ('trialing', 'active', 'past_due', 'paused', 'canceled') end)
    or old.state = 'active' and new.state = 'trialing'
  then
    raise check_violation using message = 'a subscription does not become this', table = 'subscriptions', constraint = 'subscriptions_step_check';
  end if;
  return null;
end $$;
create trigger check_step after update on subscriptions for each row execute function check_subscription_step();

-- A period that was billed stays billed: it is only cut.
create function keep_billing_period() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if to_jsonb(new) - 'cut_on' - 'invoice_id' <> to_jsonb(old) - 'cut_on' - 'invoice_id'
    or old.invoice_id is not null and new.invoice_id is distinct from old.invoice_id
    or old.cut_on is not null and new.cut_on is distinct from old.cut_on then
    raise check_violation using message = 'a period stays as it was billed', table = 'billing_periods', constraint = 'billing_periods_kept_check';
  end if;
  return new;
end $$;
create trigger keep before update on billing_periods for each row execute function keep_billing_period();

-- What is going to charge an account's default card by itself, for whoever keeps its cards.
create view card_renewals with (security_invoker = true) as
  select s.organization_id, s.billing_account_id, s.id as subscription_id from subscriptions s where s.collection = 'automatic' and s.ended_at is null;
grant select on card_renewals to balcao_app;

-- Invoices of what is over, for whoever collects them: nothing of it is left to be paused or ended.
create view ended_renewals with (security_invoker = true) as
  select i.organization_id, i.billing_account_id, i.id as invoice_id from invoices i
  join subscriptions s on s.organization_id = i.organization_id and s.id = i.subscription_id where s.ended_at is not null;
grant select on ended_renewals to balcao_app;

-- Down Migration

drop view ended_renewals, card_renewals;
alter table invoices drop column subscription_id, drop column subscription_number;
drop table subscription_movements, subscription_events, usage_records, subscription_pauses, subscription_changes, billing_periods, subscription_items, subscriptions,
  subscription_settings, plan_prices, plans;
drop function keep_billing_period, check_subscription_step, keep_plan_price;
drop extension btree_gist;
