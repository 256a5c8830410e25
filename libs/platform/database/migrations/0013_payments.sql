-- Up Migration

-- An organization's accounts with payment services, and by which ways each brings money in.
create table gateway_accounts (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  kind text not null check (kind ~ '^[a-z_]{1,30}$'),
  name text not null check (length(name) between 1 and 60),
  -- Sealed; nobody reads them but who calls the service.
  credentials_sealed bytea not null,
  methods text[] not null check (methods <@ '{pix,boleto,card}' and cardinality(methods) between 1 and 3),
  -- Of another currency it takes nothing.
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Its credentials are of a mode for trying things out: no money moves.
  is_test boolean not null default false,
  -- New payments go through it; one that is not active still answers for those it has.
  is_active boolean not null default true,
  -- How far the daily look for payments that nobody asked for has come.
  listed_until timestamptz(3) not null default now(),
  last_event_at timestamptz(3),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (organization_id, id),
  unique (id),
  unique (organization_id, id, kind)
);
call protect_organization_table('gateway_accounts');
revoke delete on gateway_accounts from balcao_app;

-- By which account a way is paid in a currency: one of the active ones, so that a code is never asked for twice.
create table gateway_routes (
  organization_id uuid not null default app_organization_id() references organizations,
  method text not null check (method in ('pix', 'boleto', 'card')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  gateway_account_id uuid not null,
  gateway_kind text not null,
  is_test boolean not null default false,
  primary key (organization_id, method, currency),
  foreign key (organization_id, gateway_account_id, gateway_kind) references gateway_accounts (organization_id, id, kind)
);
call protect_shared_table('gateway_routes');

-- Whom an event is for, before anybody knows the organization: only the address that it was sent to says so.
create function door_gateway_account(p_id uuid)
  returns table (organization_id uuid, id uuid, kind text, credentials_sealed bytea, now timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select a.organization_id, a.id, a.kind, a.credentials_sealed, s.now from gateway_accounts a join organization_standings s on s.id = a.organization_id
  where a.id = p_id
$$;
grant execute on function door_gateway_account to balcao_app;

-- One try at paying: one object at the gateway. What it is to pay stands beside it.
create table payments (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  gateway_account_id uuid not null,
  gateway_kind text not null,
  -- As the account was when it was asked for.
  is_test boolean not null default false,
  method text not null check (method in ('pix', 'boleto', 'card')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  -- Asked for: the parts of its targets.
  amount bigint not null check (amount between 1 and 9007199254740991),
  state text not null default 'created'
    check (state in ('created', 'sending', 'unknown', 'pending', 'succeeded', 'failed', 'expired', 'canceled')),
  origin text not null check (origin in ('portal', 'link', 'staff', 'opening', 'renewal')),
  created_by_id uuid,
  -- Where the payer is, and comes back to.
  portal_id uuid,
  -- What the payer's bank shows.
  description text not null check (length(description) between 1 and 140),
  -- Of boletos.
  due_on date check ((method = 'boleto') = (due_on is not null)),
  fine_percent numeric(7,4) not null default 0 check (fine_percent between 0 and 100),
  interest_percent numeric(7,4) not null default 0 check (interest_percent between 0 and 100),
  expires_at timestamptz(3) not null,
  -- What the gateway calls it, and what it gave the payer to pay with.
  gateway_id text collate "C" check (length(gateway_id) between 1 and 255),
  pix_code text check (length(pix_code) between 1 and 512),
  boleto_line text check (boleto_line ~ '^[0-9]{47}$'),
  barcode text check (barcode ~ '^[0-9]{44}$'),
  page_url text check (length(page_url) <= 2000),
  failure text check (length(failure) between 1 and 40),
  -- What came, which may be more or less than was asked for; it only grows.
  received bigint not null default 0 check (received between 0 and 9007199254740991),
  received_at timestamptz(3),
  received_on date,
  -- Of it, what refunds gave back.
  refunded bigint not null default 0 check (refunded between 0 and received),
  -- Nobody shall pay it any more; why. The gateway is asked to end it, and money that comes all the same still counts.
  withdrawn_at timestamptz(3),
  withdrawn_for text check (withdrawn_for in ('replaced', 'settled', 'changed', 'staff')),
  replaced_by_id uuid,
  -- By the real clock: when the gateway was called, when it was asked how it stands, and when it is asked next.
  called_at timestamptz(3),
  asked_at timestamptz(3),
  ask_at timestamptz(3),
  asks integer not null default 0,
  version integer not null default 1,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  check ((received > 0) = (state = 'succeeded')),
  check ((received > 0) = (received_at is not null) and (received > 0) = (received_on is not null)),
  check ((withdrawn_at is null) = (withdrawn_for is null)),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, currency, id),
  -- What a service calls a payment no other is called there, so one account that is connected twice, as for two currencies, has it once.
  unique (organization_id, gateway_kind, gateway_id),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, gateway_account_id, gateway_kind) references gateway_accounts (organization_id, id, kind),
  foreign key (organization_id, billing_account_id, replaced_by_id) references payments (organization_id, billing_account_id, id)
);
create index payments_recent on payments (organization_id, created_at, id) include (state, method, billing_account_id);
create index payments_account on payments (organization_id, billing_account_id, created_at, id) include (state, method);
create index payments_state on payments (organization_id, state, created_at, id) include (method, billing_account_id);
-- What reports add up: what came, by its way.
create index payments_received on payments (organization_id, currency, received_on) include (method, received) where received > 0;
create index payments_to_ask on payments (ask_at) where ask_at is not null;
create index payments_open on payments (organization_id, expires_at, id) where state in ('created', 'sending', 'unknown', 'pending');
call protect_for_platform('payments');
create policy organization_isolation on payments to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy account_reading on payments for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()));
-- A customer may ask for a payment; everything else becomes of it by the hands of others.
create policy account_asking on payments for insert to balcao_app
  with check (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id()) and state = 'created' and origin in ('portal', 'link')
    and gateway_id is null and pix_code is null and barcode is null and page_url is null and withdrawn_at is null);
grant select, insert, update (state, gateway_id, pix_code, boleto_line, barcode, page_url, failure, received, received_at, received_on, expires_at,
    withdrawn_at, withdrawn_for, replaced_by_id, called_at, asked_at, ask_at, asks, version, updated_at) on payments to balcao_app;

-- What of which invoice it is to pay: what is owed of it, and what its lateness costs on the day it is asked for.
create table payment_targets (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  payment_id uuid not null,
  id uuid not null,
  position integer not null check (position between 0 and 99),
  currency text not null,
  invoice_id uuid not null,
  principal bigint not null check (principal between 1 and 9007199254740991),
  fine bigint not null default 0 check (fine between 0 and 9007199254740991),
  interest bigint not null default 0 check (interest between 0 and 9007199254740991),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, payment_id, invoice_id),
  unique (organization_id, payment_id, position),
  foreign key (organization_id, billing_account_id, currency, payment_id)
    references payments (organization_id, billing_account_id, currency, id),
  foreign key (organization_id, billing_account_id, currency, invoice_id)
    references invoices (organization_id, billing_account_id, currency, id)
);
create index payment_targets_invoice on payment_targets (organization_id, invoice_id, payment_id);
call protect_for_platform('payment_targets');
create policy organization_isolation on payment_targets to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy account_reading on payment_targets for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()));
-- Of an invoice that the customer sees, whose own policy decides.
create policy account_asking on payment_targets for insert to balcao_app
  with check (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id())
    and exists (select from invoices i where i.organization_id = payment_targets.organization_id and i.id = payment_targets.invoice_id));
grant select, insert on payment_targets to balcao_app;

-- Codes that were made at gateways, for whoever asks whether a bill is genuine: of which invoices, and whether money that comes by
-- them still pays what they were made for.
create index payments_pix_code on payments (organization_id, pix_code) where pix_code is not null;
create index payments_barcode on payments (organization_id, barcode) where barcode is not null;
create view issued_payment_codes with (security_invoker = true) as
  select c.organization_id, c.code, c.amount, c.due_on, i.check_code, c.counts
  from (
    select p.organization_id, p.id, p.pix_code as code, p.amount, p.due_on, p.state in ('created', 'sending', 'unknown', 'pending') and p.withdrawn_at is null as counts
    from payments p where p.pix_code is not null
    union all
    select p.organization_id, p.id, p.barcode, p.amount, p.due_on, p.state in ('created', 'sending', 'unknown', 'pending') and p.withdrawn_at is null
    from payments p where p.barcode is not null
  ) c
  join payment_targets t on t.organization_id = c.organization_id and t.payment_id = c.id
  join invoices i on i.organization_id = t.organization_id and i.id = t.invoice_id;
grant select on issued_payment_codes to balcao_app, balcao_platform;

-- Codes of gateways for an invoice's own document, of one invoice each: those that it shows, that it shows no more, or that are on
-- their way.
create view document_payment_codes with (security_invoker = true) as
  select t.organization_id, t.billing_account_id, t.invoice_id, p.id, p.method, p.state, p.withdrawn_at, p.amount, p.pix_code, p.boleto_line,
    p.barcode, p.due_on, p.fine_percent, p.interest_percent, p.expires_at, p.gateway_kind
  from payments p join payment_targets t on t.organization_id = p.organization_id and t.payment_id = p.id
  where p.origin = 'opening';
grant select on document_payment_codes to balcao_app, balcao_platform;

-- Money as it came, each time: a slip may be paid twice, or in parts. `upto` is all that had come by then, so that no word of a
-- gateway counts it again.
create table payment_receipts (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  payment_id uuid not null,
  id uuid not null,
  currency text not null,
  amount bigint not null check (amount between 1 and 9007199254740991),
  upto bigint not null check (upto between amount and 9007199254740991),
  received_at timestamptz(3) not null,
  received_on date not null,
  counted_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, currency, id),
  unique (organization_id, payment_id, upto),
  foreign key (organization_id, billing_account_id, currency, payment_id)
    references payments (organization_id, billing_account_id, currency, id)
);
call protect_read_only_account_table('payment_receipts');
revoke update, delete on payment_receipts from balcao_app;
alter table late_charges
  add constraint late_charges_receipt_fkey foreign key (organization_id, billing_account_id, currency, payment_receipt_id)
    references payment_receipts (organization_id, billing_account_id, currency, id),
  add constraint late_charges_target_fkey foreign key (organization_id, billing_account_id, payment_target_id)
    references payment_targets (organization_id, billing_account_id, id);

-- How money came that gateways brought, for whoever shows the books.
create view receipt_methods with (security_invoker = true) as
  select r.organization_id, r.billing_account_id, r.id, p.method
  from payment_receipts r
  join payments p on p.organization_id = r.organization_id and p.billing_account_id = r.billing_account_id and p.id = r.payment_id;
grant select on receipt_methods to balcao_app, balcao_platform;

-- Money on its way back to who paid.
create table refunds (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  payment_id uuid not null,
  id uuid not null,
  currency text not null,
  amount bigint not null check (amount between 1 and 9007199254740991),
  reason text not null check (length(reason) between 1 and 500),
  -- Whether what the payment had paid is credited, so that the customer owes it no more, or is owed again.
  becomes text not null check (becomes in ('credited', 'owed')),
  state text not null default 'created' check (state in ('created', 'sending', 'unknown', 'pending', 'succeeded', 'failed')),
  -- What the gateway calls it; one that was given back there, by somebody else, has come with it.
  gateway_id text collate "C" check (length(gateway_id) between 1 and 255),
  failure text check (length(failure) between 1 and 40),
  created_by_id uuid,
  called_at timestamptz(3),
  ask_at timestamptz(3),
  asks integer not null default 0,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, currency, id),
  unique (organization_id, payment_id, gateway_id),
  foreign key (organization_id, billing_account_id, currency, payment_id)
    references payments (organization_id, billing_account_id, currency, id)
);
create index refunds_payment on refunds (organization_id, payment_id);
create index refunds_recent on refunds (organization_id, created_at, id) include (state);
create index refunds_to_ask on refunds (ask_at) where ask_at is not null;
call protect_read_only_account_table('refunds');
revoke insert, update, delete on refunds from balcao_app;
grant insert (organization_id, billing_account_id, payment_id, id, currency, amount, reason, becomes, state, gateway_id, created_by_id, ask_at,
    created_at, updated_at),
  update (state, gateway_id, failure, called_at, ask_at, asks, updated_at) on refunds to balcao_app;
alter table credit_notes add constraint credit_notes_refund_fkey foreign key (organization_id, billing_account_id, currency, refund_id)
  references refunds (organization_id, billing_account_id, currency, id);

-- A payment that its payer contests at the bank. Lost, the money is gone; it comes back where it is won after all.
create table disputes (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  payment_id uuid not null,
  id uuid not null,
  currency text not null,
  gateway_id text collate "C" not null check (length(gateway_id) between 1 and 255),
  amount bigint not null check (amount between 1 and 9007199254740991),
  reason text check (length(reason) <= 200),
  state text not null check (state in ('needs_response', 'under_review', 'won', 'lost')),
  respond_by timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, payment_id, gateway_id),
  foreign key (organization_id, billing_account_id, currency, payment_id)
    references payments (organization_id, billing_account_id, currency, id)
);
create index disputes_recent on disputes (organization_id, created_at, id) include (state);
call protect_read_only_account_table('disputes');
revoke delete on disputes from balcao_app;

-- What gateways have told, as it came. Proved when it came, worked through later, and once more where somebody asks.
create table gateway_events (
  organization_id uuid not null default app_organization_id() references organizations,
  gateway_account_id uuid not null,
  id uuid not null,
  event_id text collate "C" not null check (length(event_id) between 1 and 255),
  type text not null check (length(type) between 1 and 100),
  raw bytea not null,
  -- The payments and setups that it is about, as it was read when it was proved.
  refs jsonb not null,
  state text not null default 'received' check (state in ('received', 'done', 'ignored', 'failed')),
  -- Why it could not be worked through.
  problem text check (length(problem) <= 500),
  payment_id uuid,
  received_at timestamptz(3) not null,
  done_at timestamptz(3),
  primary key (organization_id, id),
  unique (organization_id, gateway_account_id, event_id),
  foreign key (organization_id, gateway_account_id) references gateway_accounts (organization_id, id)
);
create index gateway_events_recent on gateway_events (organization_id, received_at, id) include (state, gateway_account_id);
create index gateway_events_state on gateway_events (organization_id, state, received_at, id);
create index gateway_events_payment on gateway_events (organization_id, payment_id) where payment_id is not null;
call protect_organization_table('gateway_events');
revoke update, delete on gateway_events from balcao_app;
grant update (state, problem, payment_id, done_at) on gateway_events to balcao_app;

-- Money at a gateway that nobody here asked for, until staff have said whose it is.
create table stray_payments (
  organization_id uuid not null default app_organization_id() references organizations,
  gateway_account_id uuid not null,
  gateway_kind text not null,
  id uuid not null,
  gateway_id text collate "C" not null check (length(gateway_id) between 1 and 255),
  method text not null check (method in ('pix', 'boleto', 'card')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount between 1 and 9007199254740991),
  -- Of it, what went back to its payer where it had come in.
  returned bigint not null default 0 check (returned between 0 and amount),
  received_at timestamptz(3) not null,
  received_on date not null,
  state text not null default 'open' check (state in ('open', 'assigned', 'dismissed')),
  -- What it became, which says whose it is.
  deposit_id uuid,
  note text check (length(note) between 1 and 500),
  decided_by_id uuid,
  decided_at timestamptz(3),
  created_at timestamptz(3) not null,
  check ((state = 'assigned') = (deposit_id is not null) and (state = 'open') = (decided_at is null)),
  primary key (organization_id, id),
  unique (organization_id, gateway_kind, gateway_id),
  unique (organization_id, deposit_id),
  foreign key (organization_id, gateway_account_id, gateway_kind) references gateway_accounts (organization_id, id, kind),
  foreign key (organization_id, deposit_id) references deposits (organization_id, id)
);
create index stray_payments_state on stray_payments (organization_id, state, received_at, id);
call protect_organization_table('stray_payments');
revoke delete on stray_payments from balcao_app;

-- What a payment has become it does not unbecome: money wins over whatever was said before.
create function keep_payment() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if old.state <> new.state and not (case old.state
      when 'created' then new.state in ('sending', 'canceled')
      when 'sending' then new.state in ('pending', 'succeeded', 'failed', 'expired', 'canceled', 'unknown')
      when 'unknown' then new.state in ('sending', 'pending', 'succeeded', 'failed', 'expired', 'canceled')
      when 'pending' then new.state in ('succeeded', 'failed', 'expired', 'canceled')
      when 'succeeded' then false
      else new.state = 'succeeded' end)
    or new.received < old.received
    or old.gateway_id is not null and new.gateway_id is distinct from old.gateway_id
  then
    raise check_violation using message = format('a payment does not become %s behind %s', new.state, old.state), table = 'payments',
      constraint = 'payments_state_check';
  end if;
  return new;
end $$;
create trigger keep before update on payments for each row execute function keep_payment();

create function keep_refund() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- The payment is held, so that two refunds at once do not give back more than came.
  perform from payments p where p.organization_id = new.organization_id and p.id = new.payment_id for update;
  -- Whoever asks for one counts all that was asked for; of what the gateway says only what it has said before counts, since what
  -- was asked for besides may never have come there. One that has succeeded fails where the payer's bank sends it back.
  if tg_op = 'UPDATE' and old.state <> new.state and (old.state, new.state) not in (('succeeded', 'failed'), ('failed', 'succeeded'))
      and old.state in ('succeeded', 'failed')
    or (select p.state <> 'succeeded' or new.state in ('created', 'pending', 'succeeded') and p.received < new.amount + (
        select coalesce(sum(r.amount), 0) from refunds r where r.organization_id = p.organization_id and r.payment_id = p.id
          and r.id <> new.id and (r.state in ('pending', 'succeeded') or new.state = 'created' and r.state <> 'failed'))
      from payments p where p.organization_id = new.organization_id and p.id = new.payment_id)
  then
    raise check_violation using message = 'a refund gives back what came, once', table = 'refunds', constraint = 'refunds_amount_check';
  end if;
  if new.state = 'succeeded' and (tg_op = 'INSERT' or old.state <> 'succeeded') then
    update payments p set refunded = p.refunded + new.amount where p.organization_id = new.organization_id and p.id = new.payment_id;
  elsif tg_op = 'UPDATE' and old.state = 'succeeded' and new.state = 'failed' then
    update payments p set refunded = p.refunded - new.amount where p.organization_id = new.organization_id and p.id = new.payment_id;
  end if;
  return new;
end $$;
create trigger keep before insert or update on refunds for each row execute function keep_refund();

-- Whether an entry of the ledger says what the payment, the refund or the dispute says that it came from.
create function payment_ledger_source(entry ledger_entries) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select case entry.kind
    when 'payment' then exists (select from payment_receipts t where t.organization_id = entry.organization_id and t.id = entry.source_id
      and t.billing_account_id = entry.billing_account_id and t.currency = entry.currency and t.amount = entry.amount)
    when 'refund' then exists (select from refunds r where r.organization_id = entry.organization_id and r.id = entry.source_id
      and r.billing_account_id = entry.billing_account_id and r.currency = entry.currency and r.state = 'succeeded' and r.amount = entry.amount)
    when 'chargeback' then exists (select from disputes d where d.organization_id = entry.organization_id and d.id = entry.source_id
      and d.billing_account_id = entry.billing_account_id and d.currency = entry.currency and d.state = 'lost' and d.amount = entry.amount)
    else false end
$$;

-- At its end a transaction has said of every payment what it is made of, and of money that came what the ledger says.
create function check_payment() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  p payments;
begin
  select * into p from payments where organization_id = new.organization_id and id = new.id;
  if not found then
    return null;
  end if;
  if p.amount is distinct from (select sum(t.principal + t.fine + t.interest) from payment_targets t
      where t.organization_id = p.organization_id and t.payment_id = p.id)
    or p.received is distinct from (select coalesce(sum(t.amount), 0) from payment_receipts t
      where t.organization_id = p.organization_id and t.payment_id = p.id)
  then
    raise check_violation using message = 'a payment and its books differ', table = 'payments', constraint = 'payments_books_check';
  end if;
  return null;
end $$;
create constraint trigger check_books after insert or update of state, received on payments
  deferrable initially deferred for each row execute function check_payment();
create constraint trigger check_posted after insert on payment_receipts deferrable initially deferred
  for each row execute function check_is_posted('payment');
create constraint trigger check_posted after insert or update of state on refunds deferrable initially deferred
  for each row when (new.state = 'succeeded') execute function check_is_posted('refund');
create constraint trigger check_posted after insert or update of state on disputes deferrable initially deferred
  for each row when (new.state = 'lost') execute function check_is_posted('chargeback');

create constraint trigger bump_account_version after insert or update on payments
  deferrable initially deferred for each row execute function bump_account_version('billing');

-- Down Migration

alter table credit_notes drop constraint credit_notes_refund_fkey;
drop view receipt_methods, document_payment_codes, issued_payment_codes;
alter table late_charges drop constraint late_charges_receipt_fkey, drop constraint late_charges_target_fkey;
drop table stray_payments, gateway_events, disputes, refunds, payment_receipts, payment_targets, payments, gateway_routes, gateway_accounts;
drop function check_payment, payment_ledger_source, keep_refund, keep_payment, door_gateway_account;
