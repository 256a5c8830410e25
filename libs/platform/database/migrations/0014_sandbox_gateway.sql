-- Up Migration

-- A payment service that is only pretended, for sandbox organizations: what a real one keeps on its own machines, it keeps here.
-- Nobody but the adapter and who plays the bank reads these tables.

-- One account with the service, and what goes wrong there on purpose.
create table sandbox_gateways (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  faults jsonb not null default '{}',
  primary key (organization_id, id)
);
call protect_organization_table('sandbox_gateways');

-- Cards that can be charged while nobody is there. A card's outcome is what becomes of every later charge; numbers do not exist.
create table sandbox_cards (
  organization_id uuid not null default app_organization_id(),
  id uuid not null,
  gateway_id uuid not null,
  customer_id uuid not null,
  outcome text not null check (length(outcome) <= 40),
  brand text not null,
  last_four text not null check (last_four ~ '^[0-9]{4}$'),
  expires_month integer not null check (expires_month between 1 and 12),
  expires_year integer not null,
  primary key (organization_id, id),
  foreign key (organization_id, gateway_id) references sandbox_gateways (organization_id, id)
);
call protect_organization_table('sandbox_cards');

create table sandbox_payments (
  organization_id uuid not null default app_organization_id(),
  id uuid not null,
  gateway_id uuid not null,
  -- The other side's; null of what nobody there has asked for.
  payment_id text check (length(payment_id) <= 100),
  method text not null check (method in ('pix', 'boleto', 'card')),
  status text not null check (status in ('pending', 'succeeded', 'failed', 'expired', 'canceled')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0),
  received bigint not null default 0 check (received >= 0),
  received_at timestamptz,
  failure text,
  presentation jsonb,
  expires_at timestamptz,
  -- Of slips: when they are due, and what is added behind that day.
  boleto jsonb,
  -- What the pretended page says, and where it sends people back to.
  description text not null default '',
  payer_name text not null default '',
  page jsonb,
  card_id uuid,
  refunds jsonb not null default '[]',
  disputes jsonb not null default '[]',
  created_at timestamptz not null default now(),
  -- By the later of the two times, the real one and the organization's: whichever the other side goes by, nothing is missed.
  changed_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, gateway_id) references sandbox_gateways (organization_id, id)
);
create index sandbox_payments_by_ours on sandbox_payments (organization_id, gateway_id, payment_id);
call protect_organization_table('sandbox_payments');

-- Cards on their way to be saved without a payment.
create table sandbox_setups (
  organization_id uuid not null default app_organization_id(),
  id uuid not null,
  gateway_id uuid not null,
  setup_id text check (length(setup_id) <= 100),
  customer_id uuid not null,
  payer_name text not null default '',
  status text not null check (status in ('pending', 'succeeded', 'failed', 'expired')),
  page jsonb not null,
  expires_at timestamptz not null,
  card_id uuid,
  primary key (organization_id, id),
  foreign key (organization_id, gateway_id) references sandbox_gateways (organization_id, id)
);
call protect_organization_table('sandbox_setups');

-- Keys that were used, with what they asked for and what was answered.
create table sandbox_keys (
  organization_id uuid not null default app_organization_id(),
  gateway_id uuid not null,
  key text not null check (length(key) between 1 and 255),
  asked text not null,
  answer jsonb,
  created_at timestamptz not null default now(),
  primary key (organization_id, gateway_id, key),
  foreign key (organization_id, gateway_id) references sandbox_gateways (organization_id, id)
);
call protect_organization_table('sandbox_keys');

-- Events that wait to be delivered; gone once they are.
create table sandbox_events (
  organization_id uuid not null default app_organization_id(),
  id uuid not null,
  gateway_id uuid not null,
  type text not null,
  about jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, id),
  foreign key (organization_id, gateway_id) references sandbox_gateways (organization_id, id)
);
create index sandbox_events_waiting on sandbox_events (organization_id, gateway_id, created_at, id);
call protect_organization_table('sandbox_events');

-- Down Migration

drop table sandbox_events, sandbox_keys, sandbox_setups, sandbox_payments, sandbox_cards, sandbox_gateways;
