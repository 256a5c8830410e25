-- Up Migration

-- The one form in which addresses are stored; the applications make it (`emailAddress`).
create function is_email_address(value text) returns boolean language sql immutable parallel safe as $$
  select length(value) <= 254 and position('@' in value) <= 65
    and value ~ '^[a-z0-9!#$%&''*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&''*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?!\d+$|0x[0-9a-f]*$)[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$'
$$;
grant execute on function is_email_address to balcao_app, balcao_platform;

create table organizations (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'),
  name text collate alphabetical not null check (length(name) between 1 and 255),
  locale text not null default 'pt-BR',
  time_zone text not null default 'America/Sao_Paulo',
  currency text not null default 'BRL' check (currency ~ '^[A-Z]{3}$'),
  status text not null default 'active' check (status in ('active', 'suspended')),
  -- Made for trying things out, with a business time of its own: so from its first day to its last.
  is_sandbox boolean not null default false,
  -- Of what its own people say of it: the name.
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call protect_for_platform('organizations');
create policy own_organization on organizations for select to balcao_app
  using (id = app_organization_id() and app_scope() in ('organization', 'account'));
grant select on organizations to balcao_app;
-- Its own people name it; all else of it is the operators'.
create policy own_naming on organizations for update to balcao_app
  using (id = app_organization_id() and app_scope() = 'organization');
grant update (name, version) on organizations to balcao_app;

-- What time it is in a sandbox organization: it stands still there, and goes forward when somebody moves it. Others have no
-- row, their time is the real one.
create table organization_clocks (
  organization_id uuid primary key default app_organization_id() references organizations,
  now timestamptz not null,
  -- The moment that the clock is on its way to, day by day.
  advancing_to timestamptz check (advancing_to >= now),
  status text not null generated always as (case when advancing_to is null then 'ready' else 'advancing' end) stored,
  updated_at timestamptz not null default now()
);
call protect_organization_table('organization_clocks');
revoke insert, update, delete on organization_clocks from balcao_app;
grant update (now, advancing_to) on organization_clocks to balcao_app;

create function keep_sandbox() returns trigger language plpgsql as $$
begin
  raise check_violation using constraint = 'organizations_is_sandbox_stays', table = 'organizations',
    message = 'an organization is a sandbox from its first day to its last, or never';
end $$;
create trigger keep_sandbox before update on organizations for each row
  when (old.is_sandbox is distinct from new.is_sandbox) execute function keep_sandbox();

-- As the tables' owner: nobody else makes a clock, so that no ordinary organization has one.
create function start_clock() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into organization_clocks (organization_id, now) values (new.id, date_trunc('minute', now()));
  return null;
end $$;
create trigger start_clock after insert on organizations for each row when (new.is_sandbox) execute function start_clock();

create function keep_clock_forward() returns trigger language plpgsql as $$
begin
  raise check_violation using constraint = 'organization_clocks_forward', table = 'organization_clocks',
    message = 'a clock goes forward only';
end $$;
create trigger keep_forward before update on organization_clocks for each row
  when (new.now < old.now or new.organization_id <> old.organization_id) execute function keep_clock_forward();

-- What time it is in an organization where it stands still; null where the real time passes.
create function organization_now(o organizations) returns timestamptz language sql stable as $$
  select c.now from organization_clocks c where o.is_sandbox and c.organization_id = o.id
$$;
grant execute on function organization_now to balcao_app, balcao_platform;

-- What the platform below may know of an organization.
create view organization_standings with (security_invoker = true) as
  select o.id, o.name, o.status, o.time_zone, c.now
  from organizations o left join organization_clocks c on o.is_sandbox and c.organization_id = o.id;
grant select on organization_standings to balcao_app, balcao_platform;

-- What an organization was called by each version of it. Rows only come; what was said stays as it was said.
create table organization_versions (
  organization_id uuid not null default app_organization_id() references organizations,
  version integer not null,
  author_type text not null check (author_type in ('staff', 'operator', 'api_key', 'system', 'demo')),
  author_id uuid,
  author_name text,
  note text check (length(note) <= 200),
  -- The earlier version that was put back.
  restored_from integer,
  name text not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, version)
);
call protect_organization_table('organization_versions');
revoke update, delete on organization_versions from balcao_app;

-- Whoever makes an organization, its first version is kept.
create function keep_first_organization_version() returns trigger language plpgsql as $$
begin
  insert into organization_versions (organization_id, version, author_type, name)
  values (new.id, new.version, 'system', new.name);
  return null;
end $$;
create trigger first_version after insert on organizations
  for each row execute function keep_first_organization_version();

create table operators (
  id uuid primary key,
  email text not null unique check (is_email_address(email)),
  name text collate alphabetical not null check (length(name) between 1 and 255),
  password_hash text not null,
  credential_version integer not null default 1,
  status text not null default 'active' check (status in ('active', 'suspended')),
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
call protect_for_platform('operators');

create table portals (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  slug text not null unique check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'),
  -- Names its signup page; the slug does where none is chosen.
  signup_slug text constraint portals_signup_slug_key unique check (signup_slug ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'),
  name text collate alphabetical not null check (length(name) between 1 and 255),
  is_default boolean not null default false,
  -- An archived one answers nothing any more; what happened there stays.
  status text not null default 'active' check (status in ('active', 'archived')),
  archived_at timestamptz,
  -- Roles whose people come in, as `portal_roles` has them; null lets every role in.
  role_ids uuid[],
  -- What `domain_claims` says of it, kept beside the slug for the look-up of every request.
  custom_domain text check (custom_domain = lower(custom_domain) and length(custom_domain) <= 253),
  domain_verified_at timestamptz,
  -- Whether that domain leads visitors here: only then is the portal at home there.
  domain_leads_here boolean not null default false,
  -- By section and name, what was ever set; the modules say what there is and what counts where nothing is said.
  settings jsonb not null default '{}',
  version integer not null default 1,
  -- The version that last changed the name, and each section.
  part_versions jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  check (status = 'active' or not is_default),
  check ((status = 'archived') = (archived_at is not null))
);
create unique index portals_one_default on portals (organization_id) where is_default;
-- Only a verified domain answers, so an unverified claim can never shadow another tenant.
create unique index portals_verified_domain on portals (custom_domain) where domain_verified_at is not null;
call protect_shared_table('portals');

create table roles (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  name text collate alphabetical not null check (length(name) between 1 and 100),
  permissions text[] not null default '{}',
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, name)
);
create unique index roles_one_default on roles (organization_id) where is_default;
call protect_shared_table('roles');

-- Roles that whoever bears a role may give to people of their account.
create table role_grants (
  organization_id uuid not null default app_organization_id(),
  role_id uuid not null,
  granted_role_id uuid not null,
  primary key (organization_id, role_id, granted_role_id),
  foreign key (organization_id, role_id) references roles (organization_id, id) on delete cascade,
  foreign key (organization_id, granted_role_id) references roles (organization_id, id) on delete cascade
);
create index role_grants_granted on role_grants (organization_id, granted_role_id);
call protect_shared_table('role_grants');

-- Roles whose people come in at a portal; one without rows lets every role in.
create table portal_roles (
  organization_id uuid not null default app_organization_id(),
  portal_id uuid not null,
  role_id uuid not null,
  primary key (organization_id, portal_id, role_id),
  foreign key (organization_id, portal_id) references portals (organization_id, id) on delete cascade,
  foreign key (organization_id, role_id) references roles (organization_id, id)
);
create index portal_roles_role on portal_roles (organization_id, role_id);
call protect_shared_table('portal_roles');

-- What each request asks for stands on the portal's own row.
create function keep_portal_role_ids() returns trigger language plpgsql as $$
begin
  update portals p set role_ids = (
    select array_agg(r.role_id order by r.role_id) from portal_roles r
    where r.organization_id = p.organization_id and r.portal_id = p.id)
  where (p.organization_id, p.id) in (select organization_id, portal_id from changed);
  return null;
end $$;
create trigger keep_added after insert on portal_roles referencing new table as changed
  for each statement execute function keep_portal_role_ids();
create trigger keep_removed after delete on portal_roles referencing old table as changed
  for each statement execute function keep_portal_role_ids();

-- Whether people with this role come in at a portal.
create function portal_admits(p portals, p_role_id uuid) returns boolean language sql immutable parallel safe
  as $$ select p.status = 'active' and coalesce(p.role_ids is null or p_role_id = any (p.role_ids), false) $$;

-- Where people with this role are at home: at the portal that is preferred, if it lets them in, else at the first that does,
-- the default one before others. Where none does, at the one that is preferred or the default one, which says so. Without a
-- role every portal will do.
create function portal_for(p_organization_id uuid, p_role_id uuid, p_preferred uuid) returns setof portals language sql stable
  as $$
  select p.* from portals p where p.organization_id = p_organization_id and p.status = 'active'
  order by (p_role_id is null or portal_admits(p, p_role_id)) desc, coalesce(p.id = p_preferred, false) desc, p.is_default desc, p.id limit 1
$$;
grant execute on function portal_admits, portal_for to balcao_app, balcao_platform;

-- Every slug that leads to a portal, in the installation: its own, that of its signup page, and for 90 days those that either
-- had before, which nobody else can take meanwhile.
create table portal_slugs (
  organization_id uuid not null,
  slug text not null unique,
  portal_id uuid not null,
  kept_until timestamptz,
  primary key (organization_id, slug),
  foreign key (organization_id, portal_id) references portals (organization_id, id) on delete cascade
);
create index portal_slugs_portal on portal_slugs (organization_id, portal_id);
call protect_organization_table('portal_slugs');
revoke insert, update, delete on portal_slugs from balcao_app;

-- As the tables' owner: whose a slug is that somebody else has, they do not see.
create function keep_portal_slugs() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  named text[] := array_remove(array[new.slug, new.signup_slug], null);
  missed text;
begin
  if tg_op = 'UPDATE' then
    update portal_slugs s set kept_until = now() + interval '90 days'
    where s.organization_id = new.organization_id and s.portal_id = new.id and s.kept_until is null and not s.slug = any(named);
    delete from portal_slugs where organization_id = new.organization_id and kept_until < now();
  end if;
  insert into portal_slugs as s (slug, organization_id, portal_id)
  select distinct name, new.organization_id, new.id from unnest(named) name order by name
  on conflict (slug) do update set organization_id = excluded.organization_id, portal_id = excluded.portal_id, kept_until = null
  where s.portal_id = excluded.portal_id or s.kept_until < now();
  select name into missed from unnest(named) with ordinality slugs (name, place)
  where not exists (select from portal_slugs s where s.slug = name and s.portal_id = new.id) order by place limit 1;
  if missed = new.slug then
    raise unique_violation using constraint = 'portals_slug_key', table = 'portals', message = 'the slug is another portal''s, or was lately';
  elsif missed is not null then
    raise unique_violation using constraint = 'portals_signup_slug_key', table = 'portals', message = 'the slug is another portal''s, or was lately';
  end if;
  return null;
end $$;
create trigger keep_slugs after insert on portals for each row execute function keep_portal_slugs();
create trigger keep_new_slugs after update of slug, signup_slug on portals for each row
  when ((old.slug, old.signup_slug) is distinct from (new.slug, new.signup_slug)) execute function keep_portal_slugs();

create table billing_accounts (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  name text collate alphabetical not null check (length(name) between 1 and 255),
  legal_name text check (length(legal_name) <= 255),
  tax_id text check (tax_id ~ '^([A-Z0-9]{12}[0-9]{2}|[0-9]{11})$'),
  external_id text check (length(external_id) between 1 and 50),
  email text check (is_email_address(email)),
  phone text check (length(phone) <= 50),
  address jsonb,
  -- Where the company's data come from; null where staff wrote them.
  source text check (source in ('registry', 'signup')),
  role_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, external_id),
  unique (organization_id, tax_id),
  foreign key (organization_id, role_id) references roles (organization_id, id)
);
create index billing_accounts_name on billing_accounts (organization_id, name, id);
call protect_for_platform('billing_accounts');
-- A customer reads the own billing account and no more: a policy for everything would let its scope delete the row, since
-- a deletion has no new row to check.
create policy organization_isolation on billing_accounts to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'organization'));
create policy own_account_reading on billing_accounts for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and id = (select app_billing_account_id()));
grant select, insert, update, delete on billing_accounts to balcao_app;

-- Files of customers or of invoices: checked as a whole first, then written by the worker, slice after slice. What they hold are
-- copies, so they go after a month; what nobody started, after a day.
create table data_imports (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  kind text not null check (kind in ('accounts', 'invoices')),
  status text not null default 'checked' check (status in ('checked', 'running', 'finished', 'stopped')),
  file_name text not null check (length(file_name) between 1 and 255),
  -- How it is to be read, as it was chosen.
  options jsonb not null,
  -- As the file has them.
  headings text[] not null,
  -- What the kind tells of the whole file.
  summary jsonb not null,
  total integer not null,
  waiting integer not null default 0,
  created integer not null default 0,
  updated integer not null default 0,
  -- What is here already.
  known integer not null default 0,
  refused integer not null default 0,
  created_by_id uuid not null,
  created_by_name text not null,
  finished_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id)
);
-- One at a time: what waits is bounded, and nobody starts the same file twice.
create unique index data_imports_one_running on data_imports (organization_id, kind) where status = 'running';
create index data_imports_recent on data_imports (organization_id, kind, created_at desc, id desc);
create index data_imports_old on data_imports (created_at);
call protect_organization_table('data_imports');
create trigger touch before update on data_imports for each row execute function touch_updated_at();

create table data_import_rows (
  organization_id uuid not null default app_organization_id() references organizations,
  import_id uuid not null,
  place integer not null,
  -- As a spreadsheet counts, from 1.
  line integer not null,
  -- Rows of one customer or invoice are one item, counted from 0 in the order of their first rows.
  item integer not null,
  -- Its name or number, and what else tells which one it is.
  title text not null,
  detail text not null,
  cells text[] not null,
  -- What was read of them; of the first row of an item, where nothing is wrong with it.
  record jsonb,
  -- What it is about to become, while it waits.
  plan text check (plan in ('create', 'update')),
  status text not null check (status in ('waiting', 'created', 'updated', 'known', 'refused')),
  -- Code of what is wrong, and the heading of its column.
  problem text,
  heading text,
  primary key (organization_id, import_id, place),
  foreign key (organization_id, import_id) references data_imports (organization_id, id) on delete cascade
);
create index data_import_rows_waiting on data_import_rows (organization_id, import_id, item) where status = 'waiting';
call protect_organization_table('data_import_rows');

create table portal_users (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  id uuid not null,
  email text not null check (is_email_address(email)),
  username text check (username = lower(username) and length(username) between 1 and 100),
  name text collate alphabetical not null check (length(name) between 1 and 255),
  password_hash text,
  -- How often the address became another, be it one that it had before.
  email_changes integer not null default 0,
  credential_version integer not null default 1,
  status text not null default 'active'
    check (status in ('active', 'pending_verification', 'pending_invitation', 'suspended', 'locked')),
  -- What somebody suspended was waiting for, which restoring goes back to.
  suspended_from text check (suspended_from in ('pending_verification', 'pending_invitation')),
  locked_until timestamptz,
  -- When the password was set by a link that was mailed to this address: whoever knows the one reads the other.
  email_proved_at timestamptz,
  -- When a link that was mailed to it was followed, whose the password is or not.
  email_confirmed_at timestamptz,
  role_id uuid not null,
  sso_only boolean not null default false,
  receive_notifications boolean not null default true,
  locale text,
  time_zone text,
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, billing_account_id, email),
  unique (organization_id, username),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, role_id) references roles (organization_id, id)
);
create index portal_users_email on portal_users (email);
create index portal_users_name on portal_users (organization_id, name, id);
call protect_account_table('portal_users');

create table staff_users (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  email text not null check (is_email_address(email)),
  name text collate alphabetical not null check (length(name) between 1 and 255),
  password_hash text,
  credential_version integer not null default 1,
  role text not null check (role in ('owner', 'admin', 'agent', 'billing')),
  status text not null default 'active' check (status in ('active', 'pending_invitation', 'suspended', 'locked')),
  locked_until timestamptz,
  email_proved_at timestamptz,
  locale text,
  last_login_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, email)
);
create index staff_users_email on staff_users (email);
call protect_organization_table('staff_users');
-- Addresses that somebody has shown to read, by a link that was mailed there. Staff come in by such a link, or are the first
-- owner, whom the operator names.
create view proved_addresses with (security_invoker = true) as
  select organization_id, email from portal_users where email_proved_at is not null or email_confirmed_at is not null
  union all
  select organization_id, email from staff_users where status <> 'pending_invitation';
grant select on proved_addresses to balcao_app;

-- How often the rows of a kind have changed for an account. Whoever knows the number knows whether what they read
-- before is still true, without reading it again. It grows in the transaction that changes the rows, under a lock, so
-- that a later number is never seen before an earlier one; at its end, so that the lock is short, and once for each
-- account, however many of its rows changed.
create table account_versions (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  resource text not null check (resource in ('tickets', 'billing')),
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
  -- A trigger of a whole statement cannot wait for the end. What this transaction has written is the newest there is.
  if exists (select from account_versions v where v.organization_id = changed.organization_id
    and v.billing_account_id = changed.billing_account_id and v.resource = tg_argv[0] and v.xmin = pg_current_xact_id()::xid)
  then
    return null;
  end if;
  insert into account_versions as v (organization_id, billing_account_id, resource, version)
  values (changed.organization_id, changed.billing_account_id, tg_argv[0], 1)
  on conflict (organization_id, billing_account_id, resource) do update set version = v.version + 1;
  return null;
end $$;

create trigger touch before update on organizations for each row execute function touch_updated_at();
create trigger touch before update on organization_clocks for each row execute function touch_updated_at();
create trigger touch before update on operators for each row execute function touch_updated_at();
create trigger touch before update on portals for each row execute function touch_updated_at();
create trigger touch before update on roles for each row execute function touch_updated_at();
create trigger touch before update on billing_accounts for each row execute function touch_updated_at();
create trigger touch before update on portal_users for each row execute function touch_updated_at();
create trigger touch before update on staff_users for each row execute function touch_updated_at();

-- Down Migration

drop view proved_addresses, organization_standings;
drop table account_versions, staff_users, portal_users, data_import_rows, data_imports, billing_accounts, portal_slugs, portal_roles, role_grants, roles;
drop function portal_for, portal_admits;
drop function organization_now;
drop table portals, operators, organization_clocks, organization_versions, organizations;
drop function bump_account_version, keep_clock_forward, start_clock, keep_sandbox, keep_first_organization_version, keep_portal_slugs, keep_portal_role_ids, is_email_address;
