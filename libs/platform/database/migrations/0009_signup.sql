-- Up Migration

-- A company on its way to becoming a customer. Its people are nobody yet, so that all it does is done in the organization's
-- name by whoever holds the signup's token, which is made of its id and stored nowhere.
create table signups (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null unique,
  portal_id uuid not null,
  -- Drawn when the data are sent.
  number text check (length(number) <= 40),
  -- Counts its changes, which open pages wait for.
  version integer not null default 1,
  kind text not null check (kind in ('cnpj', 'cpf')),
  tax_id text not null check (tax_id ~ '^([A-Z0-9]{12}[0-9]{2}|[0-9]{11})$'),
  status text not null check (status in
    ('started', 'submitted', 'in_review', 'awaiting_confirmation', 'completed', 'refused', 'withdrawn', 'expired')),
  locale text not null,
  -- How the register of companies was asked, and what it answered.
  lookup text not null check (lookup in ('none', 'waiting', 'active', 'inactive', 'unknown', 'not_found', 'unavailable')),
  lookup_attempt integer not null default 0,
  lookup_due_at timestamptz,
  looked_up_at timestamptz,
  -- What the register answered, and what the person wrote beside it.
  company jsonb,
  corrections jsonb,
  administrator_name text check (length(administrator_name) between 1 and 255),
  administrator_email text check (is_email_address(administrator_email)),
  administrator_phone text check (length(administrator_phone) <= 50),
  -- Whether whoever reads that mailbox, or staff, have spoken for the address: the browser that began corrects it no more.
  address_kept boolean not null default false,
  -- How often whoever reads the mailbox has sent the data, or staff have given it another one: with each time what opened it in a
  -- browser before opens nothing more.
  handovers integer not null default 0,
  password_hash text,
  consents jsonb not null default '[]',
  -- Whether the person says that the register is wrong.
  disputed boolean not null default false,
  refusal text check (refusal in
    ('null', 'suspended', 'unfit', 'closed', 'already_registered', 'staff')),
  refusal_reason text check (length(refusal_reason) <= 1000),
  -- Who asked the company's administrators for access, and when.
  access_request jsonb,
  -- What the person wrote, once staff have corrected it, who did that last, and who corrected which field.
  typed jsonb,
  corrected_fields jsonb not null default '[]',
  corrected_by_name text,
  corrected_at timestamptz,
  reviewed_by_id uuid,
  reviewed_by_name text,
  reviewed_at timestamptz,
  -- What was made of it.
  account_id uuid,
  user_id uuid,
  -- How often the person's address had changed when it was last the signup's own: once more, and staff have given them another.
  email_changes integer not null default 0,
  -- When it ends by itself.
  expires_at timestamptz not null,
  submitted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, number),
  foreign key (organization_id, portal_id) references portals (organization_id, id)
);
create index signups_recent on signups (organization_id, status, id desc);
create index signups_tax_id on signups (organization_id, tax_id);
create index signups_account on signups (organization_id, account_id) where account_id is not null;
create index signups_user on signups (organization_id, user_id) where user_id is not null;
create index signups_expiry on signups (expires_at) where status not in ('completed', 'expired', 'withdrawn');
call protect_organization_table('signups');
create trigger touch before update on signups for each row execute function touch_updated_at();

create table signup_counters (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  year integer not null,
  last_number integer not null,
  primary key (organization_id, id),
  unique (organization_id, year)
);
call protect_organization_table('signup_counters');

-- What somebody agreed to, when and where; goes with the person.
create table consents (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  portal_user_id uuid not null,
  kind text not null check (kind in ('terms', 'privacy')),
  version text not null check (length(version) <= 100),
  url text not null check (length(url) <= 2000),
  given_at timestamptz not null,
  ip text not null,
  user_agent text not null check (length(user_agent) <= 500),
  primary key (organization_id, id),
  foreign key (organization_id, portal_user_id) references portal_users (organization_id, id) on delete cascade
);
create index consents_of_user on consents (organization_id, portal_user_id, given_at desc);
call protect_organization_table('consents');

-- Public data, the same for every tenant. Asked and kept through the doors below alone.
create table registry_answers (
  cnpj text primary key check (cnpj ~ '^[A-Z0-9]{12}[0-9]{2}$'),
  -- Null where the register knows no such company.
  company jsonb,
  answered_at timestamptz not null default now(),
  expires_at timestamptz not null
);
create index registry_answers_expiry on registry_answers (expires_at);
alter table registry_answers enable row level security;

create function door_registry_answer(p_cnpj text) returns table (company jsonb, "answeredAt" timestamptz)
  language sql stable security definer set search_path = public, pg_temp as $$
  select company, answered_at from registry_answers where cnpj = p_cnpj and expires_at > now()
$$;

-- An older answer never takes a newer one's place.
create function door_registry_keep(p_cnpj text, p_company jsonb, p_answered_at timestamptz, p_kept interval)
  returns void language sql security definer set search_path = public, pg_temp as $$
  insert into registry_answers as r (cnpj, company, answered_at, expires_at)
  values (p_cnpj, p_company, p_answered_at, now() + p_kept)
  on conflict (cnpj) do update set company = excluded.company, answered_at = excluded.answered_at,
    expires_at = excluded.expires_at where r.answered_at <= excluded.answered_at
$$;

create function door_registry_purge(p_limit integer)
  returns integer language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from registry_answers where cnpj in (
      select cnpj from registry_answers where expires_at < now() limit p_limit for update skip locked)
    returning 1)
  select count(*)::integer from gone
$$;

-- Whose signup an id names; the token is checked with what this answers. Where staff have given its person another address, or
-- another and this one back, what they have is its mailbox, and it has been handed over (`SignupBook`). What waits is followed at
-- another portal once its own is archived.
create function door_signup(p_id uuid) returns table (
  "organizationId" uuid, "organizationStatus" text, "organizationNow" timestamptz, "portalId" uuid, email text, handovers integer
) language sql stable security definer set search_path = public, pg_temp as $$
  select s.organization_id, o.status, organization_now(o), s.portal_id, coalesce(u.email, s.administrator_email),
    s.handovers + (u.id is not null)::integer
  from signups s join organizations o on o.id = s.organization_id
  left join portal_users u on u.organization_id = s.organization_id and u.id = s.user_id
    and s.status = 'awaiting_confirmation' and u.email_changes <> s.email_changes
  where s.id = p_id
$$;

-- By any name that leads to its portal: links that were printed go on leading there.
create function door_portal_by_signup_slug(p_slug text)
  returns setof door_portal language sql stable security definer set search_path = public, pg_temp as $$
  select (portal_view(p, o)).* from portal_slugs s
  join portals p on p.organization_id = s.organization_id and p.id = s.portal_id and p.status = 'active'
  join organizations o on o.id = p.organization_id
  where s.slug = p_slug and (s.kept_until is null or s.kept_until > now())
$$;

grant execute on function door_registry_answer, door_registry_keep, door_registry_purge, door_signup,
  door_portal_by_signup_slug to balcao_app;

-- Down Migration

drop function door_portal_by_signup_slug, door_signup, door_registry_purge, door_registry_keep,
  door_registry_answer;
drop table registry_answers, consents, signup_counters, signups;
