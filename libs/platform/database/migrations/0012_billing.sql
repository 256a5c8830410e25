-- Up Migration

-- What an organization says of itself as an issuer of invoices, and the terms that new invoices begin with. Without a row the
-- defaults below count.
create table billing_settings (
  organization_id uuid primary key default app_organization_id() references organizations,
  legal_name text check (length(legal_name) between 1 and 255),
  tax_id text check (tax_id ~ '^([A-Z0-9]{12}[0-9]{2}|[0-9]{11})$'),
  municipal_registration text check (length(municipal_registration) between 1 and 30),
  email text check (is_email_address(email)),
  phone text check (length(phone) <= 50),
  address jsonb,
  pix_key text check (length(pix_key) between 1 and 77),
  number_prefix text not null default 'F-' check (number_prefix ~ '^[A-Z0-9./-]{0,10}$'),
  -- Where a year's numbers begin, for who comes from another system.
  first_number integer not null default 1 check (first_number between 1 and 999999999),
  due_days integer not null default 10 check (due_days between 0 and 365),
  fine_percent numeric(7,4) not null default 2 check (fine_percent between 0 and 100),
  -- A month; counted by the day.
  interest_percent numeric(7,4) not null default 1 check (interest_percent between 0 and 100),
  -- What becomes of charges for lateness that a payment of the principal left open.
  late_charges text not null default 'waive' check (late_charges in ('waive', 'next_invoice')),
  charges_first boolean not null default true,
  applies_credit boolean not null default true,
  allows_partial boolean not null default false,
  -- Days before the due date and behind it on which customers are reminded.
  reminder_days integer[] not null default '{3}' check (cardinality(reminder_days) <= 5),
  overdue_days integer[] not null default '{1,7,15}' check (cardinality(overdue_days) <= 10),
  version integer not null default 1,
  updated_at timestamptz not null default now()
);
-- Customers read the terms of what they owe.
call protect_shared_table('billing_settings');

-- Numbers without gaps: drawn last, so that the counter's row is locked no longer than the end of its transaction takes, and
-- a transaction that is rolled back takes its number back.
create table billing_counters (
  organization_id uuid not null default app_organization_id() references organizations,
  series text not null check (series in ('invoice', 'credit_note', 'subscription', 'proposal')),
  year integer not null,
  last_number integer not null,
  primary key (organization_id, series, year)
);
call protect_organization_table('billing_counters');
revoke insert, update, delete on billing_counters from balcao_app;

-- The next number of a series in a year, from p_first on. Only who acts for the organization draws one.
create function next_billing_number(p_series text, p_year integer, p_first integer) returns integer
  language sql security definer set search_path = public, pg_temp as $$
  insert into billing_counters as c (organization_id, series, year, last_number)
  select app_organization_id(), p_series, p_year, greatest(p_first, 1) where app_scope() = 'organization'
  on conflict (organization_id, series, year) do update set last_number = c.last_number + 1
  returning last_number
$$;
grant execute on function next_billing_number to balcao_app;

-- What a customer owes in one currency: the sum of the debits less that of the credits. Whoever posts or allocates holds this
-- row first, so that nothing is counted twice.
create table ledger_accounts (
  organization_id uuid not null default app_organization_id(),
  billing_account_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  balance bigint not null default 0 check (balance between -9007199254740991 and 9007199254740991),
  primary key (organization_id, billing_account_id, currency),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id)
);
call protect_read_only_account_table('ledger_accounts');
revoke insert, update, delete on ledger_accounts from balcao_app;

create table invoices (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  title text not null check (length(title) between 1 and 255),
  -- What people quote. Ours are counted, `sequence` in `sequence_year`; those of another system keep what they were called.
  -- In an order of its own, so that the beginning of one is a stretch of its index, which row-level security lets be used.
  number text collate "C" check (length(number) between 1 and 40),
  sequence_year integer,
  sequence integer,
  -- The customer's own order number.
  purchase_order text check (length(purchase_order) between 1 and 100),
  -- Printed below the lines.
  note text check (length(note) between 1 and 2000),
  -- Stands in the mail that brings it.
  message text check (length(message) between 1 and 2000),
  due_on date,
  -- The next banking day, where the due date is none: until its end nothing is late.
  payable_until date check (payable_until >= due_on),
  -- Reminders of later days have yet to come: at first the day on which it was opened here, then that of the last reminder.
  reminded_until date,
  fine_percent numeric(7,4) not null default 0 check (fine_percent between 0 and 100),
  interest_percent numeric(7,4) not null default 0 check (interest_percent between 0 and 100),
  allows_partial boolean not null default false,
  discount_percent numeric(7,4) check (discount_percent > 0 and discount_percent <= 100),
  discount_amount bigint check (discount_amount > 0),
  -- All lines after their own discounts; what is taken off all of them; taxes on top of the prices, and within.
  subtotal bigint not null default 0 check (subtotal between 0 and 9007199254740991),
  discount bigint not null default 0 check (discount between 0 and subtotal),
  tax_added bigint not null default 0 check (tax_added between 0 and 9007199254740991),
  tax_included bigint not null default 0 check (tax_included between 0 and 9007199254740991),
  total bigint not null default 0 check (total between 0 and 9007199254740991),
  -- What allocations have covered, of it what credit notes have, and what was given back.
  settled bigint not null default 0 check (settled between 0 and total),
  credited bigint not null default 0 check (credited between 0 and total),
  -- Of what is settled, what was paid: money, and credit that once was money. The rest was credited or written off.
  received bigint not null default 0 check (received between 0 and settled),
  -- What nobody waits for any more. A credit note's credit may have paid another invoice than its own, so it does not follow from the rest.
  written_off bigint not null default 0 check (written_off >= 0),
  refunded bigint not null default 0 check (refunded between 0 and total),
  source text not null default 'staff' check (source in ('staff', 'import', 'subscription', 'proposal', 'api')),
  created_by_id uuid,
  -- Of the moment that it was opened, as it is printed.
  issuer jsonb,
  bill_to jsonb,
  -- By which anybody can ask whether the bill is genuine.
  check_code text check (check_code ~ '^[2-9A-HJKMNP-Z]{8}$'),
  opened_on date,
  opened_at timestamptz(3),
  settled_at timestamptz(3),
  voided_at timestamptz(3),
  void_reason text check (length(void_reason) between 1 and 500),
  version integer not null default 1,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  state text not null generated always as (case
    when voided_at is not null then 'void'
    when opened_at is null then 'draft'
    when refunded > 0 and refunded = total then 'refunded'
    -- All of it was taken back by credit notes, whoever had paid it before.
    when settled = total and credited = total and total > 0 then 'credited'
    -- Nobody waits for the rest of it; perhaps a part was paid.
    when settled = total and written_off > 0 then 'written_off'
    when settled = total then 'paid'
    when settled > 0 then 'partially_paid'
    else 'open' end) stored,
  owed bigint not null generated always as (case when opened_at is null or voided_at is not null then 0 else total - settled end) stored,
  -- What searches look through, folded once.
  words text not null generated always as (fold(title || ' ' || coalesce(number, ''))) stored,
  check (total = subtotal - discount + tax_added),
  check (received + written_off <= settled),
  check (discount_percent is null or discount_amount is null),
  check (opened_at is not null or settled + credited + refunded = 0),
  check ((opened_at is null) = (opened_on is null)),
  check (opened_at is null or (due_on is not null and payable_until is not null and bill_to is not null and check_code is not null)),
  check (number is null or opened_at is not null),
  check ((sequence is null) = (sequence_year is null) and (sequence is null or number is not null)),
  check (voided_at is null or opened_at is not null),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, currency, id),
  unique (organization_id, number),
  unique (organization_id, sequence_year, sequence),
  unique (organization_id, check_code),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id)
);
-- Every list walks one of these and is filtered by what its entries carry: `opened_at` too, for which a customer's policy asks
-- also where the index has nothing else.
create index invoices_account_due on invoices (organization_id, billing_account_id, due_on, id)
  include (state, payable_until, owed, opened_on, opened_at) where opened_at is not null;
-- Which one was opened before another.
create index invoices_account_opened on invoices (organization_id, billing_account_id, currency, opened_at, id)
  include (state) where opened_at is not null;
create index invoices_account_owed on invoices (organization_id, billing_account_id, due_on, id)
  include (payable_until, state, currency, owed, opened_at) where owed > 0;
create index invoices_account_state on invoices (organization_id, billing_account_id, state, due_on, id)
  include (payable_until, opened_on, opened_at) where opened_at is not null;
create index invoices_recent on invoices (organization_id, created_at, id)
  include (state, payable_until, owed, billing_account_id, due_on);
create index invoices_due on invoices (organization_id, due_on, id)
  include (state, payable_until, owed, billing_account_id) where opened_at is not null;
create index invoices_state on invoices (organization_id, state, created_at, id)
  include (payable_until, owed, billing_account_id, due_on);
create index invoices_owed on invoices (organization_id, due_on, id)
  include (payable_until, reminded_until, billing_account_id, state, currency, owed) where owed > 0;
create index invoices_owed_recent on invoices (organization_id, created_at, id)
  include (payable_until, billing_account_id, state, due_on, owed) where owed > 0;
-- What reports add up: by the month of opening, and by the time of settling.
create index invoices_opened on invoices (organization_id, currency, opened_on)
  include (total, received, credited, written_off, owed, payable_until) where opened_at is not null and voided_at is null;
create index invoices_settled on invoices (organization_id, currency, settled_at)
  include (total, received, opened_on, payable_until) where settled_at is not null and voided_at is null;
-- For who types only what was counted of a number.
create index invoices_sequence on invoices (organization_id, sequence) where sequence is not null;
create index invoices_of_account on invoices (organization_id, billing_account_id, created_at, id)
  include (state, payable_until, owed, due_on);
-- A draft does not exist for a customer, and a customer writes none.
call protect_for_platform('invoices');
create policy organization_isolation on invoices to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy account_reading on invoices for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id()) and opened_at is not null);
grant select, delete on invoices to balcao_app;
-- What the ledger's triggers keep is nobody else's to write.
grant insert (organization_id, billing_account_id, id, currency, title, purchase_order, note, message, due_on, payable_until, fine_percent,
    interest_percent, allows_partial, discount_percent, discount_amount, subtotal, discount, tax_added, tax_included, total, source,
    created_by_id, created_at, updated_at),
  update (billing_account_id, currency, title, number, sequence_year, sequence, purchase_order, note, message, due_on, payable_until,
    fine_percent, interest_percent, allows_partial, discount_percent, discount_amount, subtotal, discount, tax_added, tax_included,
    total, issuer, bill_to, check_code, opened_on, opened_at, voided_at, void_reason, reminded_until, version, updated_at) on invoices to balcao_app;

create table invoice_lines (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  invoice_id uuid not null,
  id uuid not null,
  position integer not null check (position between 0 and 499),
  description text not null check (length(description) between 1 and 255),
  detail text check (length(detail) between 1 and 500),
  -- Of the service; the end is no longer part of it.
  starts_on date,
  ends_on date check (ends_on > starts_on),
  quantity numeric(18,6) not null check (quantity > 0),
  unit_price bigint not null check (unit_price between 0 and 9007199254740991),
  discount_percent numeric(7,4) check (discount_percent > 0 and discount_percent <= 100),
  discount_amount bigint check (discount_amount > 0),
  tax_name text check (length(tax_name) between 1 and 40),
  tax_percent numeric(7,4) check (tax_percent between 0 and 100),
  tax_is_included boolean not null default false,
  -- Quantity times price; the line's own discount and its part of the invoice's; the tax on what is left.
  gross bigint not null check (gross between 0 and 9007199254740991),
  discount bigint not null check (discount between 0 and gross),
  shared_discount bigint not null check (shared_discount between 0 and gross - discount),
  tax bigint not null check (tax between 0 and 9007199254740991),
  check (discount_percent is null or discount_amount is null),
  check ((tax_name is null) = (tax_percent is null)),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, invoice_id, position) deferrable initially immediate,
  foreign key (organization_id, billing_account_id, invoice_id)
    references invoices (organization_id, billing_account_id, id) on update cascade on delete cascade
);
call protect_for_platform('invoice_lines');
create policy organization_isolation on invoice_lines to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
-- As their invoice, whose own policy decides.
create policy account_reading on invoice_lines for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id())
    and exists (select from invoices i where i.organization_id = invoice_lines.organization_id and i.id = invoice_lines.invoice_id));
grant select, insert, update, delete on invoice_lines to balcao_app;

-- A debit is what the customer owes, a credit what they need not pay any more. Rows only come. Of one source there is one
-- entry of a kind, whoever posts it how often.
create table ledger_entries (
  organization_id uuid not null default app_organization_id(),
  billing_account_id uuid not null,
  id uuid not null,
  currency text not null,
  kind text not null check (kind in ('invoice', 'late_charge', 'refund', 'chargeback', 'write_off_reversal', 'adjustment_debit',
    'payment', 'deposit', 'credit_note', 'void', 'write_off', 'adjustment_credit')),
  side text not null generated always as (case
    when kind in ('invoice', 'late_charge', 'refund', 'chargeback', 'write_off_reversal', 'adjustment_debit') then 'debit' else 'credit' end) stored,
  amount bigint not null check (amount between 1 and 9007199254740991),
  -- What allocations have used of it.
  allocated bigint not null default 0 check (allocated between 0 and amount),
  -- What it came from: the invoice, the credit note, the payment, the write-off that it takes back; itself where nothing else tells of it.
  source_id uuid not null,
  -- The invoice that it is about.
  invoice_id uuid check (invoice_id is not null
    or kind not in ('invoice', 'void', 'credit_note', 'write_off', 'write_off_reversal', 'late_charge')),
  reason text check (length(reason) between 1 and 500),
  posted_on date not null,
  posted_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, kind, source_id),
  unique (organization_id, billing_account_id, currency, side, id),
  foreign key (organization_id, billing_account_id, currency) references ledger_accounts (organization_id, billing_account_id, currency),
  foreign key (organization_id, billing_account_id, currency, invoice_id)
    references invoices (organization_id, billing_account_id, currency, id)
);
create index ledger_entries_statement on ledger_entries (organization_id, billing_account_id, posted_at, id)
  include (currency, kind, amount);
create index ledger_entries_unallocated on ledger_entries (organization_id, billing_account_id, currency, side, posted_at, id)
  include (amount, allocated) where allocated < amount;
create index ledger_entries_posted on ledger_entries (organization_id, posted_on, id);
create index ledger_entries_invoice on ledger_entries (organization_id, invoice_id) where invoice_id is not null;
call protect_read_only_account_table('ledger_entries');
revoke insert, update, delete on ledger_entries from balcao_app;
grant insert (organization_id, billing_account_id, id, currency, kind, amount, source_id, invoice_id, reason, posted_on, posted_at)
  on ledger_entries to balcao_app;

-- Which credit pays which debit. What is taken back stays, with a row of the same amount below zero behind it.
create table allocations (
  organization_id uuid not null default app_organization_id(),
  billing_account_id uuid not null,
  id uuid not null,
  currency text not null,
  debit_id uuid not null,
  credit_id uuid not null,
  amount bigint not null check (amount <> 0),
  reverses_id uuid,
  debit_side text not null generated always as ('debit') stored,
  credit_side text not null generated always as ('credit') stored,
  reversed_amount bigint not null generated always as (-amount) stored,
  posted_at timestamptz(3) not null,
  check ((amount < 0) = (reverses_id is not null)),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, reverses_id),
  unique (organization_id, billing_account_id, id, debit_id, credit_id, amount),
  foreign key (organization_id, billing_account_id, currency, debit_side, debit_id)
    references ledger_entries (organization_id, billing_account_id, currency, side, id),
  foreign key (organization_id, billing_account_id, currency, credit_side, credit_id)
    references ledger_entries (organization_id, billing_account_id, currency, side, id),
  foreign key (organization_id, billing_account_id, reverses_id, debit_id, credit_id, reversed_amount)
    references allocations (organization_id, billing_account_id, id, debit_id, credit_id, amount)
);
create index allocations_debit on allocations (organization_id, debit_id);
create index allocations_credit on allocations (organization_id, credit_id);
call protect_read_only_account_table('allocations');
revoke insert, update, delete on allocations from balcao_app;
grant insert (organization_id, billing_account_id, id, currency, debit_id, credit_id, amount, reverses_id, posted_at) on allocations to balcao_app;

create table credit_notes (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  invoice_id uuid not null,
  id uuid not null,
  currency text not null,
  number text not null check (length(number) between 1 and 40),
  amount bigint not null check (amount between 1 and 9007199254740991),
  reason text not null check (length(reason) between 1 and 500),
  created_by_id uuid,
  issued_on date not null,
  issued_at timestamptz(3) not null,
  -- Where it credits what a refund gave back.
  refund_id uuid,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, number),
  foreign key (organization_id, billing_account_id, currency, invoice_id)
    references invoices (organization_id, billing_account_id, currency, id)
);
create index credit_notes_invoice on credit_notes (organization_id, invoice_id);
call protect_read_only_account_table('credit_notes');
revoke update, delete on credit_notes from balcao_app;

-- Money that came in outside of the product, as staff wrote it down.
create table deposits (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount between 1 and 9007199254740991),
  method text not null check (method in ('transfer', 'pix', 'boleto', 'card', 'cash', 'check', 'other')),
  received_on date not null,
  reference text check (length(reference) between 1 and 100),
  note text check (length(note) between 1 and 500),
  recorded_by_id uuid,
  recorded_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, currency, id),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id)
);
create index deposits_account on deposits (organization_id, billing_account_id, received_on, id);
create index deposits_received on deposits (organization_id, currency, received_on) include (method, amount);
call protect_read_only_account_table('deposits');
revoke update, delete on deposits from balcao_app;

-- What lateness added to what money paid: owed and paid with it, or left open until an invoice asks for it.
create table late_charges (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  currency text not null,
  -- The money: staff wrote it down, or a gateway brought it for one of the invoices that it was asked for.
  deposit_id uuid,
  payment_receipt_id uuid,
  payment_target_id uuid,
  invoice_id uuid not null,
  amount bigint not null check (amount between 1 and 9007199254740991),
  -- The day of which it was reckoned.
  paid_on date not null,
  is_carried boolean not null,
  -- The invoice that asks for it.
  carried_by_id uuid check (carried_by_id is null or is_carried),
  check (num_nonnulls(deposit_id, payment_receipt_id) = 1 and (payment_receipt_id is null) = (payment_target_id is null)),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, deposit_id, invoice_id, is_carried),
  unique (organization_id, payment_receipt_id, payment_target_id, is_carried),
  foreign key (organization_id, billing_account_id, currency, deposit_id)
    references deposits (organization_id, billing_account_id, currency, id),
  foreign key (organization_id, billing_account_id, currency, invoice_id)
    references invoices (organization_id, billing_account_id, currency, id),
  foreign key (organization_id, billing_account_id, currency, carried_by_id)
    references invoices (organization_id, billing_account_id, currency, id)
);
create index late_charges_carried on late_charges (organization_id, billing_account_id, currency) where is_carried and carried_by_id is null;
create index late_charges_carried_by on late_charges (organization_id, carried_by_id) where carried_by_id is not null;
create index late_charges_invoice on late_charges (organization_id, invoice_id);
call protect_read_only_account_table('late_charges');
revoke update, delete on late_charges from balcao_app;
grant update (carried_by_id) on late_charges to balcao_app;

-- Charges that are open, for whoever opens the customer's next invoice: what it would ask for, where the organization asks for them at
-- all; who takes them takes each once; and a void leaves them open again.
create function carried_charges(p_billing_account_id uuid, p_currency text) returns bigint
  language sql stable set search_path = public, pg_temp as $$
  select sum(c.amount)::bigint from late_charges c
  where c.organization_id = app_organization_id() and c.billing_account_id = p_billing_account_id and c.currency = p_currency
    and c.is_carried and c.carried_by_id is null
    and exists (select from billing_settings s where s.organization_id = c.organization_id and s.late_charges = 'next_invoice')
$$;
create function take_carried_charges(p_invoice_id uuid, p_most integer)
  returns table (number text, due_on date, paid_on date, amount bigint)
  language sql set search_path = public, pg_temp as $$
  with open as (
    select c.id from invoices i join late_charges c on c.organization_id = i.organization_id
      and c.billing_account_id = i.billing_account_id and c.currency = i.currency and c.is_carried and c.carried_by_id is null
    where i.organization_id = app_organization_id() and i.id = p_invoice_id order by c.id limit p_most for no key update of c
  ), taken as (
    update late_charges c set carried_by_id = p_invoice_id from open o
    where c.organization_id = app_organization_id() and c.id = o.id and c.carried_by_id is null
    returning c.id, c.organization_id, c.invoice_id, c.paid_on, c.amount
  )
  select i.number, i.due_on, t.paid_on, t.amount from taken t
  join invoices i on i.organization_id = t.organization_id and i.id = t.invoice_id
  order by t.id
$$;
create function return_carried_charges(p_invoice_id uuid) returns void
  language sql set search_path = public, pg_temp as $$
  update late_charges c set carried_by_id = null where c.organization_id = app_organization_id() and c.carried_by_id = p_invoice_id
$$;
grant execute on function carried_charges, take_carried_charges, return_carried_charges to balcao_app;

-- What became of an invoice, for both sides to read. Only grows.
create table invoice_events (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  invoice_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('opened', 'sent', 'reminded', 'overdue', 'paid', 'partially_paid', 'credited', 'written_off', 'write_off_taken_back', 'voided',
    'due_changed', 'refunded', 'charged_back', 'proof_sent', 'proof_withdrawn', 'proof_accepted', 'proof_refused', 'disputed')),
  amount bigint,
  -- To whom a mail went.
  recipient text check (length(recipient) <= 254),
  -- The due date that it has since.
  due_on date,
  actor_type text not null check (actor_type in ('portal', 'staff', 'system')),
  actor_id uuid,
  created_at timestamptz(3) not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, invoice_id)
    references invoices (organization_id, billing_account_id, id)
);
create index invoice_events_invoice on invoice_events (organization_id, invoice_id, created_at, id);
call protect_read_only_account_table('invoice_events');
revoke update, delete on invoice_events from balcao_app;

-- Rendered documents, kept by what they were rendered from.
create table billing_documents (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  -- The invoice that it is of, or the credit note's; none of a statement.
  invoice_id uuid,
  id uuid not null,
  -- SHA-256 of all that stands in it.
  inputs_hash text not null check (inputs_hash ~ '^[0-9a-f]{64}$'),
  storage_key text not null,
  bytes integer not null check (bytes > 0),
  -- SHA-256 of the file's bytes, by which whoever has it can ask what it is.
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  created_at timestamptz(3) not null default now(),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, inputs_hash),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, billing_account_id, invoice_id)
    references invoices (organization_id, billing_account_id, id)
);
create index billing_documents_invoice on billing_documents (organization_id, invoice_id) where invoice_id is not null;
call protect_read_only_account_table('billing_documents');
revoke update, delete on billing_documents from balcao_app;

-- Times of which somebody wants the books as a document: what the job reads that draws it.
create table account_statements (
  organization_id uuid not null default app_organization_id(),
  billing_account_id uuid not null,
  id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  locale text not null,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, currency, starts_on, ends_on, locale),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id)
);
call protect_account_table('account_statements');
revoke update, delete on account_statements from balcao_app;

-- The fiscal notes (NFS-e) of an invoice, whose number is the municipality's. Of those that came as a file (`xml_key`) amounts are in
-- reais, and what is kept of their printed form is the latest, by all that stands in it.
create table fiscal_notes (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  invoice_id uuid not null,
  id uuid not null,
  number text not null check (length(number) between 1 and 20),
  access_key text check (access_key ~ '^[0-9]{9}[A-Z0-9]{12}[0-9]{29}$'),
  verification_code text check (length(verification_code) between 1 and 50),
  url text check (length(url) <= 2000),
  issued_on date not null,
  status text not null default 'authorized' check (status in ('authorized', 'cancelled', 'replaced')),
  status_on date,
  status_reason text check (length(status_reason) <= 255),
  replaces_key text,
  replaced_by_key text,
  competence_on date,
  is_test boolean not null default false,
  service_amount bigint check (service_amount between 0 and 9007199254740991),
  net_amount bigint check (net_amount between 0 and 9007199254740991),
  total_amount bigint check (total_amount between 0 and 9007199254740991),
  xml_key text,
  xml_bytes integer,
  event_xml_key text,
  event_xml_bytes integer,
  document_key text,
  document_hash text,
  document_bytes integer,
  created_at timestamptz(3) not null default now(),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, access_key),
  check (xml_key is null or (xml_bytes > 0 and access_key is not null and service_amount is not null and competence_on is not null)),
  check (document_key is null or (xml_key is not null and document_hash is not null and document_bytes > 0)),
  foreign key (organization_id, billing_account_id, invoice_id)
    references invoices (organization_id, billing_account_id, id)
);
create index fiscal_notes_invoice on fiscal_notes (organization_id, invoice_id);
create index fiscal_notes_account on fiscal_notes (organization_id, billing_account_id, issued_on, id);
create index fiscal_notes_issued on fiscal_notes (organization_id, issued_on, id);
create index fiscal_notes_replaces on fiscal_notes (organization_id, replaces_key) where replaces_key is not null;
call protect_read_only_account_table('fiscal_notes');

-- Locks the ledger accounts of these customers in one currency, in the order of their ids; one that is new is made. First of
-- all locks of a transaction that posts or allocates. A row lock wants the right to update, which the application lacks.
create function ledger_lock(p_accounts uuid[], p_currency text) returns void
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if app_scope() is distinct from 'organization' then
    raise insufficient_privilege using message = 'the ledger is written for the organization';
  end if;
  insert into ledger_accounts (organization_id, billing_account_id, currency)
  select distinct app_organization_id(), account, p_currency from unnest(p_accounts) account
  order by account on conflict do nothing;
  perform from ledger_accounts a where a.organization_id = app_organization_id() and a.billing_account_id = any(p_accounts)
    and a.currency = p_currency order by a.billing_account_id for update;
end $$;
grant execute on function ledger_lock to balcao_app;

-- An entry tells the truth of what it came from, and moves the balance.
create function post_ledger_entry() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not (case new.kind
    when 'invoice' then exists (select from invoices i where i.organization_id = new.organization_id and i.id = new.source_id
      and i.id = new.invoice_id and i.total = new.amount and i.opened_at is not null and i.voided_at is null)
    when 'void' then exists (select from invoices i where i.organization_id = new.organization_id and i.id = new.source_id
      and i.id = new.invoice_id and i.total = new.amount and i.voided_at is not null)
    when 'credit_note' then exists (select from credit_notes n where n.organization_id = new.organization_id and n.id = new.source_id
      and n.billing_account_id = new.billing_account_id and n.currency = new.currency and n.invoice_id = new.invoice_id
      and n.amount = new.amount)
    when 'deposit' then exists (select from deposits d where d.organization_id = new.organization_id and d.id = new.source_id
      and d.billing_account_id = new.billing_account_id and d.currency = new.currency and d.amount = new.amount)
    when 'late_charge' then exists (select from late_charges c where c.organization_id = new.organization_id and c.id = new.source_id
      and c.billing_account_id = new.billing_account_id and c.currency = new.currency and c.invoice_id = new.invoice_id
      and c.amount = new.amount and not c.is_carried)
    when 'write_off' then new.source_id = new.id and new.reason is not null
    when 'write_off_reversal' then new.reason is not null and exists (select from ledger_entries w
      where w.organization_id = new.organization_id and w.id = new.source_id and w.kind = 'write_off'
      and w.billing_account_id = new.billing_account_id and w.currency = new.currency and w.invoice_id = new.invoice_id
      and w.amount = new.amount)
    when 'adjustment_debit' then new.source_id = new.id and new.reason is not null
    when 'adjustment_credit' then new.source_id = new.id and new.reason is not null
    -- Money that came through a gateway, or went back.
    else payment_ledger_source(new) end)
  then
    raise check_violation using message = 'a ledger entry says something else than what it came from', table = 'ledger_entries',
      constraint = 'ledger_entries_source_check';
  end if;
  update ledger_accounts a set balance = a.balance + case new.side when 'debit' then new.amount else -new.amount end
  where a.organization_id = new.organization_id and a.billing_account_id = new.billing_account_id and a.currency = new.currency;
  return null;
end $$;
create trigger post after insert on ledger_entries for each row execute function post_ledger_entry();

-- An allocation uses up both of its sides, and settles the invoice whose debit it covers.
create function post_allocation() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  invoice uuid;
  -- Behind `returning` the name of the new row is the one of the entry.
  moved bigint := new.amount;
  paid bigint;
  given_up bigint;
begin
  perform from ledger_accounts a where a.organization_id = new.organization_id and a.billing_account_id = new.billing_account_id
    and a.currency = new.currency for update;
  update ledger_entries e set allocated = e.allocated + new.amount
  where e.organization_id = new.organization_id and e.id = new.credit_id
  returning case when e.kind in ('credit_note', 'write_off', 'void') then 0 else moved end,
    case when e.kind = 'write_off' then moved else 0 end into paid, given_up;
  update ledger_entries e set allocated = e.allocated + new.amount
  where e.organization_id = new.organization_id and e.id = new.debit_id
  returning case when e.kind = 'invoice' then e.invoice_id end into invoice;
  if invoice is not null then
    update invoices i set settled = i.settled + new.amount, received = i.received + paid, written_off = i.written_off + given_up, updated_at = new.posted_at,
      settled_at = case when i.settled + new.amount = i.total then new.posted_at end
    where i.organization_id = new.organization_id and i.id = invoice;
  end if;
  return null;
end $$;
create trigger post after insert on allocations for each row execute function post_allocation();

-- A credit note is of an open invoice, and all of them together are no more than it.
create function credit_invoice() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update invoices i set credited = i.credited + new.amount,
    refunded = i.refunded + case when new.refund_id is null then 0 else new.amount end
  where i.organization_id = new.organization_id and i.id = new.invoice_id and i.opened_at is not null and i.voided_at is null;
  if not found then
    raise check_violation using message = 'only an open invoice can be credited', table = 'credit_notes', constraint = 'credit_notes_invoice_check';
  end if;
  return null;
end $$;
create trigger credit after insert on credit_notes for each row execute function credit_invoice();

-- Gives an opened invoice the next number of its year. One that was brought in under such a number keeps it: that one is passed over.
create function number_invoice(p_id uuid, p_prefix text, p_year integer, p_first integer) returns text
  language plpgsql set search_path = public, pg_temp as $$
declare
  drawn integer;
  called text;
begin
  loop
    drawn := next_billing_number('invoice', p_year, p_first);
    called := p_prefix || p_year || '-' || lpad(drawn::text, greatest(6, length(drawn::text)), '0');
    continue when exists (select from invoices i where i.organization_id = app_organization_id() and i.number = called);
    begin
      update invoices i set sequence_year = p_year, sequence = drawn, number = called
      where i.organization_id = app_organization_id() and i.id = p_id;
      return called;
    exception when unique_violation then
      -- It came at the same time, and was not to be seen yet.
      null;
    end;
  end loop;
end $$;
grant execute on function number_invoice to balcao_app;

-- What was opened stays as it was printed. A draft is opened once, and voided only while nothing is settled.
create function keep_opened_invoice() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    -- Who takes a whole organization away is another.
    if old.opened_at is not null and current_user = 'balcao_app' then
      raise check_violation using message = 'an opened invoice stays', table = 'invoices', constraint = 'invoices_opened_check';
    end if;
    return old;
  end if;
  if old.opened_at is null then
    return new;
  end if;
  if old.voided_at is not null and (new.voided_at, new.void_reason, new.due_on) is distinct from (old.voided_at, old.void_reason, old.due_on)
    or old.voided_at is null and new.voided_at is not null and old.settled <> 0
    or old.number is not null and new.number is distinct from old.number
    or (new.billing_account_id, new.currency, new.title, new.note, new.discount_percent, new.discount_amount, new.subtotal, new.discount,
      new.tax_added, new.tax_included, new.total, new.issuer, new.bill_to, new.check_code, new.opened_on, new.opened_at, new.source)
      is distinct from (old.billing_account_id, old.currency, old.title, old.note, old.discount_percent, old.discount_amount, old.subtotal,
      old.discount, old.tax_added, old.tax_included, old.total, old.issuer, old.bill_to, old.check_code, old.opened_on, old.opened_at, old.source)
  then
    raise check_violation using message = 'an opened invoice stays as it is', table = 'invoices', constraint = 'invoices_opened_check';
  end if;
  return new;
end $$;
create trigger keep_opened before update or delete on invoices for each row execute function keep_opened_invoice();

create function keep_opened_lines() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
declare
  line invoice_lines := case when tg_op = 'DELETE' then old else new end;
  opened timestamptz;
begin
  -- Locked, so that nobody opens it meanwhile. It is gone already where a draft takes its lines along.
  select i.opened_at into opened from invoices i
  where i.organization_id = line.organization_id and i.id = line.invoice_id for no key update;
  if opened is not null and (tg_op <> 'DELETE' or current_user = 'balcao_app') then
    raise check_violation using message = 'the lines of an opened invoice stay', table = 'invoice_lines', constraint = 'invoice_lines_opened_check';
  end if;
  return line;
end $$;
create trigger keep_opened before insert or update or delete on invoice_lines for each row execute function keep_opened_lines();

-- At its end a transaction has said of every opened invoice what the ledger says: its lines are its total, it has its number and its
-- debit, and its void its credit, which covers it whole.
create function check_opened_invoice() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  i invoices;
begin
  select * into i from invoices where organization_id = new.organization_id and id = new.id;
  if not found or i.opened_at is null then
    return null;
  end if;
  if i.number is null
    or not (select count(*) > 0 and sum(l.gross - l.discount) = i.subtotal and sum(l.shared_discount) = i.discount
      and coalesce(sum(l.tax) filter (where not l.tax_is_included), 0) = i.tax_added
      and coalesce(sum(l.tax) filter (where l.tax_is_included), 0) = i.tax_included
      from invoice_lines l where l.organization_id = i.organization_id and l.invoice_id = i.id)
    or i.total > 0 and not exists (select from ledger_entries e
      where e.organization_id = i.organization_id and e.kind = 'invoice' and e.source_id = i.id)
    or i.total > 0 and (i.voided_at is not null) <> exists (select from ledger_entries e
      where e.organization_id = i.organization_id and e.kind = 'void' and e.source_id = i.id and e.allocated = e.amount)
    or i.voided_at is not null and i.settled <> i.total
  then
    raise check_violation using message = 'an opened invoice and its books differ', table = 'invoices', constraint = 'invoices_books_check';
  end if;
  return null;
end $$;
create constraint trigger check_opened after insert or update of opened_at, voided_at, number, total on invoices
  deferrable initially deferred for each row when (new.opened_at is not null) execute function check_opened_invoice();

-- A credit note and a deposit are in the ledger at the end of the transaction that made them.
create function check_is_posted() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if not exists (select from ledger_entries e where e.organization_id = new.organization_id and e.kind = tg_argv[0] and e.source_id = new.id) then
    raise check_violation using message = 'what is not in the ledger does not exist', table = tg_table_name, constraint = tg_table_name || '_books_check';
  end if;
  return null;
end $$;
create constraint trigger check_posted after insert on credit_notes deferrable initially deferred
  for each row execute function check_is_posted('credit_note');
create constraint trigger check_posted after insert on deposits deferrable initially deferred
  for each row execute function check_is_posted('deposit');
create constraint trigger check_posted after insert on late_charges deferrable initially deferred
  for each row when (not new.is_carried) execute function check_is_posted('late_charge');

-- Customers' lists know whether what they read before is still true.
create constraint trigger bump_account_version after insert or update or delete on invoices
  deferrable initially deferred for each row execute function bump_account_version('billing');
create constraint trigger bump_account_version after insert on ledger_entries
  deferrable initially deferred for each row execute function bump_account_version('billing');
create constraint trigger bump_account_version after insert or update or delete on fiscal_notes
  deferrable initially deferred for each row execute function bump_account_version('billing');

-- Down Migration

drop table fiscal_notes, account_statements, billing_documents, invoice_events, late_charges, deposits, credit_notes, allocations,
  ledger_entries, invoice_lines, invoices, ledger_accounts, billing_counters, billing_settings;
drop function return_carried_charges, take_carried_charges, carried_charges, check_is_posted, check_opened_invoice, keep_opened_lines,
  keep_opened_invoice, number_invoice, credit_invoice, post_allocation, post_ledger_entry, ledger_lock, next_billing_number;
