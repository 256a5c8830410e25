-- Up Migration

-- For how many banking days a proof of payment keeps reminders back, and whether an open dispute does.
alter table billing_settings
  add column proof_pause_days integer not null default 3 check (proof_pause_days between 0 and 30),
  add column disputes_pause_reminders boolean not null default true;

-- What customers send to show that an invoice is paid: a file, and what they say about it. Staff decide.
create table payment_proofs (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  invoice_id uuid not null,
  id uuid not null,
  -- Who sent it.
  portal_user_id uuid not null,
  -- A row that is `receiving` is older than its file, so that no file is without one; `uploaded`, its file is there and nothing was said yet.
  status text not null default 'receiving'
    check (status in ('receiving', 'uploaded', 'open', 'accepted', 'refused', 'withdrawn')),
  file_name text not null check (length(file_name) between 1 and 200),
  -- By what it begins with, not by its name.
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  bytes integer not null check (bytes between 1 and 10485760),
  paid_on date,
  -- In minor units of the invoice's currency; what the customer says, which counts for nothing by itself.
  amount bigint check (amount between 1 and 9007199254740991),
  method text check (method in ('transfer', 'pix', 'boleto', 'card', 'cash', 'check', 'other')),
  note text check (length(note) between 1 and 500),
  -- Last day on which it keeps reminders back, as its sender was told; null where it does not.
  paused_until date,
  sent_at timestamptz(3),
  -- By staff, or by whoever sent it and took it back.
  decided_at timestamptz(3),
  decided_by_id uuid,
  -- Why it was refused, for the customer to read.
  reason text check (length(reason) between 1 and 500),
  -- The money that was written down by it.
  deposit_id uuid,
  created_at timestamptz(3) not null default now(),
  check ((status in ('receiving', 'uploaded')) = (sent_at is null)),
  check (sent_at is null or paid_on is not null),
  check ((status in ('accepted', 'refused', 'withdrawn')) = (decided_at is not null)),
  check ((status in ('accepted', 'refused')) = (decided_by_id is not null)),
  check ((status = 'refused') = (reason is not null)),
  check ((status = 'accepted') = (deposit_id is not null)),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, deposit_id),
  foreign key (organization_id, billing_account_id, invoice_id)
    references invoices (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, portal_user_id)
    references portal_users (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, deposit_id)
    references deposits (organization_id, billing_account_id, id),
  foreign key (organization_id, decided_by_id) references staff_users (organization_id, id)
);
-- One at a time of an invoice and a person.
create unique index payment_proofs_open on payment_proofs (organization_id, invoice_id, portal_user_id) where status = 'open';
create index payment_proofs_invoice on payment_proofs (organization_id, invoice_id, created_at, id);
-- The staff's queue, the oldest first, and what was decided, the latest first.
create index payment_proofs_waiting on payment_proofs (organization_id, sent_at, id) where status = 'open';
create index payment_proofs_sent on payment_proofs (organization_id, sent_at, id) where sent_at is not null;
create index payment_proofs_unsent on payment_proofs (created_at) where status in ('receiving', 'uploaded', 'withdrawn');
-- A customer sends one and takes it back; what staff decide is no customer's to write.
call protect_for_platform('payment_proofs');
create policy organization_isolation on payment_proofs to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy account_isolation on payment_proofs to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id()))
  with check (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id()) and status in ('receiving', 'uploaded', 'open', 'withdrawn'));
grant select, insert, delete on payment_proofs to balcao_app;
-- What was sent, by whom and about what stays.
grant update (status, paid_on, amount, method, note, paused_until, sent_at, decided_at, decided_by_id, reason, deposit_id)
  on payment_proofs to balcao_app;

-- A proof is decided once, and what was said stays as it was said.
create function keep_payment_proof() returns trigger
  language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    -- Who takes a whole organization away, or what nobody sent, is another.
    if old.status <> 'receiving' and current_user = 'balcao_app' then
      raise check_violation using message = 'a proof of payment stays', table = 'payment_proofs', constraint = 'payment_proofs_kept_check';
    end if;
    return old;
  end if;
  if (old.status, new.status) not in (('receiving', 'uploaded'), ('uploaded', 'open'), ('open', 'accepted'), ('open', 'refused'), ('open', 'withdrawn'))
    or old.sent_at is not null and (new.paid_on, new.amount, new.method, new.note, new.paused_until, new.sent_at)
      is distinct from (old.paid_on, old.amount, old.method, old.note, old.paused_until, old.sent_at)
  then
    raise check_violation using message = 'a proof of payment is decided once', table = 'payment_proofs', constraint = 'payment_proofs_kept_check';
  end if;
  return new;
end $$;
create trigger keep_proof before update or delete on payment_proofs for each row execute function keep_payment_proof();

-- A customer leaves in an invoice's history what they did about it, and nothing else.
create policy account_appending on invoice_events for insert to balcao_app
  with check (organization_id = app_organization_id() and (select app_scope() = 'account')
    and billing_account_id = (select app_billing_account_id())
    and kind in ('proof_sent', 'proof_withdrawn', 'disputed') and actor_type = 'portal');

-- A ticket in which a charge is disputed names its invoice.
alter table tickets add column invoice_id uuid,
  add foreign key (organization_id, billing_account_id, invoice_id) references invoices (organization_id, billing_account_id, id);
create index tickets_invoice on tickets (organization_id, invoice_id, created_at, id) where invoice_id is not null;

-- Whether open disputes keep reminders back: that alone of the organization's terms is everybody's to know.
create function disputes_pause_reminders() returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select s.disputes_pause_reminders from billing_settings s where s.organization_id = app_organization_id()), true)
$$;
grant execute on function disputes_pause_reminders to balcao_app;

-- Why reminders of an invoice wait, and until which day; null for as long as it takes. The one place that says so: who reminds,
-- what a mail says when it leaves, and pages all ask it.
create view reminder_pauses with (security_invoker = true) as
  select p.organization_id, p.billing_account_id, p.invoice_id, 'proof' as reason, p.id as source_id, p.sent_at as since, p.paused_until as until
  from payment_proofs p where p.status = 'open' and p.paused_until is not null
  union all
  select t.organization_id, t.billing_account_id, t.invoice_id, 'dispute', t.id, t.created_at, null
  from tickets t
  where t.invoice_id is not null and t.status not in ('resolved', 'closed') and (select disputes_pause_reminders());
grant select on reminder_pauses to balcao_app;

-- Down Migration

drop view reminder_pauses;
drop function disputes_pause_reminders;
alter table tickets drop column invoice_id;
drop policy account_appending on invoice_events;
drop table payment_proofs;
drop function keep_payment_proof;
alter table billing_settings drop column proof_pause_days, drop column disputes_pause_reminders;
