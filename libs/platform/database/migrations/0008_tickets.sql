-- Up Migration

create table ticket_counters (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  year integer not null,
  last_number integer not null,
  primary key (organization_id, id),
  unique (organization_id, year)
);
call protect_organization_table('ticket_counters');

-- The next number of the organization's year. A customer may draw one without seeing the counter. The counter's row
-- stays locked until the caller's transaction ends, so it is drawn last.
create function next_ticket_number(p_year integer)
  returns integer language sql security definer set search_path = public, pg_temp as $$
  insert into ticket_counters as c (organization_id, id, year, last_number)
  select app_organization_id(), gen_random_uuid(), p_year, 1 where app_scope() in ('organization', 'account')
  on conflict (organization_id, year) do update set last_number = c.last_number + 1
  returning last_number
$$;
revoke all on function next_ticket_number(integer) from public;
grant execute on function next_ticket_number(integer) to balcao_app;

create table tickets (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  portal_id uuid,
  number text not null check (length(number) <= 40),
  subject text not null check (length(subject) between 1 and 255),
  description text not null check (length(description) between 1 and 20000),
  type text not null default 'request' check (type in ('incident', 'change', 'request')),
  priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  status text not null default 'new' check (status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')),
  source text not null default 'portal' check (source in ('portal', 'staff', 'email', 'api')),
  submitted_by_id uuid,
  submitted_by_name text not null,
  assignee_id uuid,
  -- A customer cannot read the staff's table, but may know who takes care.
  assignee_name text,
  external_ticket_id text check (length(external_ticket_id) <= 255),
  external_ticket_url text check (length(external_ticket_url) <= 2000),
  public_comment_count integer not null default 0,
  last_reply_by text not null default 'customer' check (last_reply_by in ('customer', 'staff')),
  -- Last message or act of the customer, internal notes included; orders the inbox.
  last_activity_at timestamptz(3) not null default now(),
  -- Counts the changes: who writes names the one that they read.
  version integer not null default 1,
  resolved_at timestamptz(3),
  -- A resolved ticket closes at the moment that its customer was told, whatever the setting becomes meanwhile.
  auto_close_at timestamptz(3) check (auto_close_at is null or status = 'resolved'),
  closed_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  -- Last change that the customer can see. Whole milliseconds, since they travel in cursors through JavaScript dates.
  updated_at timestamptz(3) not null default now(),
  -- What a search looks at, folded once.
  search text not null generated always as (
    fold(number || ' ' || subject || ' ' || submitted_by_name || ' ' || left(description, 2000))) stored,
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, number),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, portal_id) references portals (organization_id, id),
  foreign key (organization_id, billing_account_id, submitted_by_id)
    references portal_users (organization_id, billing_account_id, id),
  foreign key (organization_id, assignee_id) references staff_users (organization_id, id),
  check ((assignee_id is null) = (assignee_name is null))
);
create index tickets_account_recent on tickets (organization_id, billing_account_id, created_at desc, id desc);
create index tickets_account_updated on tickets (organization_id, billing_account_id, updated_at desc, id desc);
create index tickets_submitter_recent on tickets (organization_id, billing_account_id, submitted_by_id, created_at desc, id desc);
create index tickets_inbox on tickets (organization_id, last_activity_at desc, id desc) include (billing_account_id);
create index tickets_inbox_open on tickets (organization_id, last_activity_at desc, id desc) include (billing_account_id)
  where status not in ('resolved', 'closed');
create index tickets_inbox_assignee on tickets (organization_id, assignee_id, last_activity_at desc, id desc) include (billing_account_id)
  where status not in ('resolved', 'closed');
create index tickets_auto_close on tickets (organization_id, auto_close_at, id) where auto_close_at is not null;
call protect_account_table('tickets');

create table ticket_comments (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  author_type text not null check (author_type in ('portal_user', 'staff')),
  author_id uuid not null,
  author_name text not null,
  body text not null,
  is_public boolean not null default true,
  created_at timestamptz(3) not null default now(),
  edited_at timestamptz(3),
  -- What was taken back leaves its place, without its words.
  deleted_at timestamptz(3),
  check (case when deleted_at is null then length(body) between 1 and 20000 else body = '' end),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, ticket_id) references tickets (organization_id, billing_account_id, id)
);
create index ticket_comments_ticket on ticket_comments (organization_id, ticket_id, created_at, id);
-- An internal note does not exist for a customer, whatever the code asks for.
call protect_for_platform('ticket_comments');
create policy account_isolation on ticket_comments to balcao_app
  using (organization_id = app_organization_id()
    and ((select app_scope() = 'organization')
      or ((select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()) and is_public)))
  with check (organization_id = app_organization_id()
    and ((select app_scope() = 'organization')
      or ((select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()) and is_public and author_type = 'portal_user')));
grant select, insert on ticket_comments to balcao_app;
-- These columns only: nobody becomes the author of another's words, and a note stays a note.
grant update (body, edited_at, deleted_at) on ticket_comments to balcao_app;

-- How often the rows of a kind have changed for an account. Whoever knows the number knows whether what they read
-- before is still true, without reading it again. It grows in the transaction that changes the rows, under a lock, so
-- that a later number is never seen before an earlier one; at its end, so that the lock is short.
create table account_versions (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  resource text not null check (resource in ('tickets')),
  version bigint not null,
  primary key (organization_id, billing_account_id, resource)
);
call protect_account_table('account_versions');
revoke insert, update, delete on account_versions from balcao_app;

create function bump_account_version() returns trigger
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed record := case when tg_op = 'DELETE' then old else new end;
begin
  insert into account_versions as v (organization_id, billing_account_id, resource, version)
  values (changed.organization_id, changed.billing_account_id, tg_argv[0], 1)
  on conflict (organization_id, billing_account_id, resource) do update set version = v.version + 1;
  return null;
end $$;
revoke all on function bump_account_version() from public;

create constraint trigger bump_account_version after insert or update or delete on tickets
  deferrable initially deferred for each row execute function bump_account_version('tickets');

-- Down Migration

drop trigger bump_account_version on tickets;
drop function bump_account_version();
drop table account_versions;
drop table ticket_comments;
drop table tickets;
drop function next_ticket_number(integer);
drop table ticket_counters;
