-- Up Migration

-- pending → dispatched (to the queue) → done (in the handler's own transaction). Not done in time: dispatched again.
create table outbox (
  organization_id uuid references organizations,
  id uuid primary key,
  -- An event that nobody has carried on has no job; then each of its subscribers gets a row with both.
  event text,
  job text,
  version integer not null,
  payload jsonb not null,
  status text not null default 'pending' check (status in ('pending', 'dispatched', 'done')),
  dispatches integer not null default 0,
  -- Last time that it went to its queue; absent where the queue could not take it.
  dispatched_at timestamptz,
  due_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  done_at timestamptz,
  -- Whose turn it is: an organization's events of a kind, with what hears them, or its jobs of a name. Turns share the queues.
  turn text not null generated always as
    (coalesce(organization_id::text, '') || ' ' || coalesce(split_part(event, '.', 1), job)) stored,
  check (event is not null or job is not null)
);
create index outbox_due on outbox (turn, due_at) where status <> 'done';
create index outbox_dispatched on outbox (turn, dispatched_at) where status = 'dispatched';
create index outbox_done on outbox (done_at) where status = 'done';
call protect_append_table('outbox');
grant update on outbox to balcao_app;
create policy finishing on outbox for update to balcao_app
  using (organization_id = app_organization_id() and app_scope() = 'organization')
  with check (organization_id = app_organization_id() and status = 'done');

-- Append-only: the app's role can neither change nor delete a row.
create table audit_log (
  organization_id uuid references organizations,
  id uuid primary key,
  at timestamptz not null default now(),
  billing_account_id uuid,
  actor_type text not null check (actor_type in ('user', 'staff', 'operator', 'api_key', 'system', 'anonymous')),
  actor_id uuid,
  impersonator_id uuid,
  action text not null,
  target_type text not null,
  target_id uuid,
  request_id text,
  ip text,
  user_agent text,
  changes jsonb
);
create index audit_log_recent on audit_log (organization_id, id desc);
create index audit_log_account on audit_log (organization_id, billing_account_id, id desc);
call protect_append_table('audit_log');
create policy account_reading on audit_log for select to balcao_app
  using (organization_id = app_organization_id() and app_scope() = 'account' and billing_account_id = app_billing_account_id());
revoke update, delete on audit_log from balcao_platform;

-- One row for each business event that sends a mail. The worker renders it and derives its link when it sends.
create table mails (
  organization_id uuid references organizations,
  id uuid primary key,
  business_key text not null check (length(business_key) <= 200),
  template text not null,
  locale text not null,
  recipient_email text not null check (length(recipient_email) <= 320),
  recipient_name text,
  subject_ids jsonb not null default '{}',
  status text not null default 'queued' check (status in ('queued', 'sent', 'failed', 'dropped')),
  attempts integer not null default 0,
  last_error text,
  -- What kept it from being delivered, as a word that clients can put into people's language.
  problem text check (problem in ('recipient_refused', 'message_refused', 'server_unavailable', 'unknown')),
  -- The delivery that is sending it now, so that two dispatches of one mail do not both talk to the server.
  claimed_by text,
  claimed_until timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  unique nulls not distinct (organization_id, business_key)
);
create index mails_recent on mails (organization_id, id desc);
call protect_append_table('mails');
create policy sending on mails for update to balcao_app
  using (organization_id = app_organization_id() and app_scope() = 'organization');
grant update on mails to balcao_app;

-- Down Migration

drop table mails, audit_log, outbox;
