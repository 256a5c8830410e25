-- Up Migration

-- How often, and when, a saved card is tried again that did not pay; what becomes of what was to be paid if none does; and how many
-- days before a first try its payer is told.
alter table billing_settings
  add column collection_retry_days integer[] not null default '{3,5,7}' check (cardinality(collection_retry_days) <= 7),
  add column collection_end text not null default 'nothing' check (collection_end in ('nothing', 'pause', 'cancel')),
  add column collection_notice_days integer not null default 3 check (collection_notice_days between 0 and 30);

-- Cards that can be charged while nobody is there, as far as people see them. What charges them stands apart, sealed.
create table payment_methods (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  gateway_account_id uuid not null,
  gateway_kind text not null,
  brand text check (length(brand) between 1 and 40),
  last_four text check (last_four ~ '^[0-9]{4}$'),
  -- The last month in which it can be charged.
  expires_month integer check (expires_month between 1 and 12),
  expires_year integer check (expires_year between 2000 and 2199),
  expires_on date generated always as ((make_date(expires_year, expires_month, 1) + interval '1 month' - interval '1 day')::date) stored,
  is_default boolean not null default false,
  -- What it was saved by: a page that asked for it, or a payment by card whose payer wanted it kept. No foreign keys: the tables would
  -- refer to each other, and an organization is taken away table by table.
  setup_id uuid,
  payment_id uuid,
  -- Why its bank will never let it be charged again.
  refused_for text check (length(refused_for) between 1 and 40),
  -- Of how few days before its end its account was told.
  expiry_noticed integer check (expiry_noticed in (7, 30)),
  removed_at timestamptz(3),
  removed_by_id uuid,
  -- What takes its place wherever it was to be charged.
  replaced_by_id uuid,
  -- By the real clock: when the gateway is asked to forget it, how often it was, and when it did.
  forget_at timestamptz(3),
  forgets integer not null default 0,
  forgotten_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  check ((expires_month is null) = (expires_year is null)),
  check (num_nonnulls(setup_id, payment_id) = 1),
  check (removed_at is null or not is_default),
  check (removed_at is not null or num_nonnulls(removed_by_id, replaced_by_id, forget_at, forgotten_at) = 0),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, setup_id),
  unique (organization_id, payment_id),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, gateway_account_id, gateway_kind) references gateway_accounts (organization_id, id, kind),
  foreign key (organization_id, billing_account_id, replaced_by_id) references payment_methods (organization_id, billing_account_id, id)
);
-- One of an account's is charged where nobody says which.
create unique index payment_methods_default on payment_methods (organization_id, billing_account_id) where is_default;
create index payment_methods_account on payment_methods (organization_id, billing_account_id, created_at, id) where removed_at is null;
create index payment_methods_expiring on payment_methods (organization_id, expires_on, id) where removed_at is null;
create index payment_methods_to_forget on payment_methods (forget_at) where forget_at is not null;
call protect_for_platform('payment_methods');
create policy organization_isolation on payment_methods to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy account_reading on payment_methods for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()));
-- A customer says which is the default, and takes one away; which columns that may touch, its trigger says.
create policy account_choosing on payment_methods for update to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()));
grant select, insert, update (is_default, refused_for, expiry_noticed, removed_at, removed_by_id, replaced_by_id, forget_at, forgets, forgotten_at,
    version, updated_at) on payment_methods to balcao_app;

-- What charges a method, sealed: the gateway's names of its customer and of the card. Gone once the gateway has forgotten it.
create table payment_method_secrets (
  organization_id uuid not null default app_organization_id() references organizations,
  -- The method's.
  id uuid not null,
  saved_sealed bytea not null,
  primary key (organization_id, id),
  unique (id),
  foreign key (organization_id, id) references payment_methods (organization_id, id)
);
call protect_organization_table('payment_method_secrets');

-- One try at adding a card on the gateway's page.
create table method_setups (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  gateway_account_id uuid not null,
  gateway_kind text not null,
  state text not null default 'created' check (state in ('created', 'sending', 'unknown', 'pending', 'succeeded', 'failed', 'expired')),
  created_by_id uuid,
  -- Where the payer is, and comes back to.
  portal_id uuid,
  -- A method whose customer at the gateway it is; decided when the gateway is first asked, so that it is asked for the same again.
  customer_of_id uuid,
  gateway_id text collate "C" check (length(gateway_id) between 1 and 255),
  page_url text check (length(page_url) <= 2000),
  -- By the real clock: when the gateway was called, and when it is asked how it stands.
  called_at timestamptz(3),
  ask_at timestamptz(3),
  asks integer not null default 0,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, gateway_account_id, gateway_id),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, gateway_account_id, gateway_kind) references gateway_accounts (organization_id, id, kind),
  foreign key (organization_id, billing_account_id, customer_of_id) references payment_methods (organization_id, billing_account_id, id)
);
create index method_setups_account on method_setups (organization_id, billing_account_id, created_at, id);
create index method_setups_to_ask on method_setups (ask_at) where ask_at is not null;
call protect_for_platform('method_setups');
create policy account_isolation on method_setups for select to balcao_app
  using (organization_id = app_organization_id() and ((select app_scope() = 'organization')
    or ((select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()))));
-- Whoever asks for one, everything else becomes of it by the hands of jobs.
create policy asking on method_setups for insert to balcao_app
  with check (organization_id = app_organization_id() and ((select app_scope() = 'organization')
    or ((select app_scope() = 'account') and billing_account_id = (select app_billing_account_id())))
    and state = 'created' and gateway_id is null and page_url is null and customer_of_id is null);
create policy following on method_setups for update to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
grant select, insert, update (state, customer_of_id, gateway_id, page_url, called_at, ask_at, asks, updated_at) on method_setups to balcao_app;

-- Whether an account's invoices are paid by its default card, each on its due date.
create table automatic_payments (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  is_on boolean not null,
  changed_by_id uuid,
  changed_at timestamptz(3) not null,
  primary key (organization_id, billing_account_id),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id)
);
call protect_account_table('automatic_payments');
revoke update, delete on automatic_payments from balcao_app;
grant update (is_on, changed_by_id, changed_at) on automatic_payments to balcao_app;

-- A payment by card whose payer wants the card kept, and one that charges a card which was.
alter table payments
  add column saves_method boolean not null default false check (not saves_method or method = 'card'),
  add column payment_method_id uuid check (payment_method_id is null or method = 'card' and not saves_method),
  add foreign key (organization_id, billing_account_id, payment_method_id) references payment_methods (organization_id, billing_account_id, id);
create index payments_method on payments (organization_id, payment_method_id) where payment_method_id is not null;
alter table payments drop constraint payments_origin_check,
  add constraint payments_origin_check check (origin in ('portal', 'link', 'staff', 'opening', 'renewal', 'collection'));
-- Nobody is charged by a hand of their own: a saved card is charged by jobs.
alter policy account_asking on payments with check (organization_id = app_organization_id() and (select app_scope() = 'account')
  and billing_account_id = (select app_billing_account_id()) and state = 'created' and origin in ('portal', 'link') and payment_method_id is null
  and gateway_id is null and pix_code is null and barcode is null and page_url is null and withdrawn_at is null);

-- An invoice that is collected by a saved card: when it is tried next, and what became of it.
create table collections (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  invoice_id uuid not null,
  id uuid not null,
  -- Whose doing it is: the account's own switch, or whatever renews.
  origin text not null check (origin in ('automatic', 'renewal', 'staff')),
  -- The card that was named; null for whichever is the account's default.
  payment_method_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'trying', 'paid', 'given_up', 'stopped')),
  -- Tries that were begun.
  attempts integer not null default 0 check (attempts between 0 and 8),
  -- By the organization's clock. Null while it waits for another card than the one that was refused.
  next_at timestamptz(3),
  -- When nobody waits for a card any longer.
  ends_at timestamptz(3),
  -- Why it was stopped: nothing is owed any more, the account switched it off, staff said so.
  stopped_for text check (stopped_for in ('settled', 'switched_off', 'staff')),
  -- What the organization wants to become of what was to be paid, as it was when nobody tried any longer.
  end_action text check (end_action in ('nothing', 'pause', 'cancel')),
  -- When its payer was told of the first try before it.
  noticed_at timestamptz(3),
  ended_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  check (state = 'waiting' or next_at is null),
  check ((state in ('paid', 'given_up', 'stopped')) = (ended_at is not null)),
  check ((state = 'stopped') = (stopped_for is not null) and (state = 'given_up') = (end_action is not null)),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, invoice_id) references invoices (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, payment_method_id) references payment_methods (organization_id, billing_account_id, id)
);
-- One at a time of an invoice.
create unique index collections_open on collections (organization_id, invoice_id) where state in ('waiting', 'trying');
create index collections_invoice on collections (organization_id, invoice_id, created_at, id);
create index collections_account on collections (organization_id, billing_account_id) where state in ('waiting', 'trying');
create index collections_due on collections (next_at, id) where state = 'waiting' and next_at is not null;
create index collections_ending on collections (ends_at, id) where state = 'waiting' and next_at is null;
call protect_read_only_account_table('collections');
revoke delete on collections from balcao_app;

-- Each try of it, which is a payment. One that is begun is never begun a second time.
create table collection_attempts (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  collection_id uuid not null,
  number integer not null check (number between 1 and 8),
  payment_id uuid not null,
  payment_method_id uuid not null,
  made_at timestamptz(3) not null,
  -- What became of it is written down once.
  concluded_at timestamptz(3),
  primary key (organization_id, collection_id, number),
  unique (organization_id, payment_id),
  foreign key (organization_id, billing_account_id, collection_id) references collections (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, payment_id) references payments (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, payment_method_id) references payment_methods (organization_id, billing_account_id, id)
);
create unique index collection_attempts_open on collection_attempts (organization_id, collection_id) where concluded_at is null;
call protect_read_only_account_table('collection_attempts');
revoke update, delete on collection_attempts from balcao_app;
grant update (concluded_at) on collection_attempts to balcao_app;

-- What a method has become it does not unbecome; and a customer only chooses among what is theirs.
create function keep_payment_method() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if old.removed_at is not null and new.removed_at is distinct from old.removed_at
    or old.forgotten_at is not null and new.forgotten_at is distinct from old.forgotten_at
    or current_user = 'balcao_app' and app_scope() = 'account' and (new.refused_for, new.expiry_noticed, new.forgets, new.forgotten_at)
      is distinct from (old.refused_for, old.expiry_noticed, old.forgets, old.forgotten_at)
  then
    raise check_violation using message = 'a payment method stays what it is', table = 'payment_methods',
      constraint = 'payment_methods_kept_check';
  end if;
  return new;
end $$;
create trigger keep before update on payment_methods for each row execute function keep_payment_method();

create function keep_method_setup() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if old.state <> new.state and not (case old.state
      when 'created' then new.state in ('sending', 'failed')
      when 'sending' then new.state in ('pending', 'succeeded', 'failed', 'expired', 'unknown')
      when 'unknown' then new.state in ('sending', 'pending', 'succeeded', 'failed', 'expired')
      when 'pending' then new.state in ('succeeded', 'failed', 'expired')
      -- A card that was saved after all is there.
      else old.state <> 'succeeded' and new.state = 'succeeded' end)
    or old.gateway_id is not null and new.gateway_id is distinct from old.gateway_id
  then
    raise check_violation using message = format('a setup does not become %s behind %s', new.state, old.state), table = 'method_setups',
      constraint = 'method_setups_state_check';
  end if;
  return new;
end $$;
create trigger keep before update on method_setups for each row execute function keep_method_setup();

create function keep_collection() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if old.state in ('paid', 'given_up', 'stopped') and new.state <> old.state and not (old.state = 'stopped' and new.state = 'paid')
    or new.attempts < old.attempts
  then
    raise check_violation using message = format('a collection does not become %s behind %s', new.state, old.state), table = 'collections',
      constraint = 'collections_state_check';
  end if;
  return new;
end $$;
create trigger keep before update on collections for each row execute function keep_collection();

create constraint trigger bump_account_version after insert or update on payment_methods
  deferrable initially deferred for each row execute function bump_account_version('billing');
create constraint trigger bump_account_version after insert or update on collections
  deferrable initially deferred for each row execute function bump_account_version('billing');

-- What is going to be charged by itself is reminded of by mails of its own.
create or replace view reminder_pauses with (security_invoker = true) as
  select p.organization_id, p.billing_account_id, p.invoice_id, 'proof' as reason, p.id as source_id, p.sent_at as since, p.paused_until as until
  from payment_proofs p where p.status = 'open' and p.paused_until is not null
  union all
  select t.organization_id, t.billing_account_id, t.invoice_id, 'dispute', t.id, t.created_at, null
  from tickets t
  where t.invoice_id is not null and t.status not in ('resolved', 'closed') and (select disputes_pause_reminders())
  union all
  select c.organization_id, c.billing_account_id, c.invoice_id, 'collection', c.id, c.created_at, null
  from collections c where c.state in ('waiting', 'trying') and (c.state = 'trying' or c.next_at is not null);

-- Down Migration

create or replace view reminder_pauses with (security_invoker = true) as
  select p.organization_id, p.billing_account_id, p.invoice_id, 'proof' as reason, p.id as source_id, p.sent_at as since, p.paused_until as until
  from payment_proofs p where p.status = 'open' and p.paused_until is not null
  union all
  select t.organization_id, t.billing_account_id, t.invoice_id, 'dispute', t.id, t.created_at, null
  from tickets t
  where t.invoice_id is not null and t.status not in ('resolved', 'closed') and (select disputes_pause_reminders());
alter policy account_asking on payments with check (organization_id = app_organization_id() and (select app_scope() = 'account')
  and billing_account_id = (select app_billing_account_id()) and state = 'created' and origin in ('portal', 'link')
  and gateway_id is null and pix_code is null and barcode is null and page_url is null and withdrawn_at is null);
alter table payments drop column saves_method, drop column payment_method_id, drop constraint payments_origin_check,
  add constraint payments_origin_check check (origin in ('portal', 'link', 'staff', 'opening', 'renewal'));
drop table collection_attempts, collections, automatic_payments;
drop table method_setups, payment_method_secrets, payment_methods;
drop function keep_collection, keep_method_setup, keep_payment_method;
alter table billing_settings drop column collection_retry_days, drop column collection_end, drop column collection_notice_days;
