-- Up Migration

-- Sessions of all three realms. Only SHA-256 of the token is kept. Written through the functions below alone.
create table sessions (
  id uuid primary key,
  token_hash bytea not null unique check (length(token_hash) = 32),
  realm text not null check (realm in ('portal', 'staff', 'operator')),
  organization_id uuid references organizations,
  portal_id uuid,
  billing_account_id uuid,
  subject_id uuid not null,
  credential_version integer not null,
  -- How and when the person proved who they are.
  methods text[] not null check (cardinality(methods) > 0),
  authenticated_at timestamptz not null default now(),
  -- Steps that are still missing. Until they are done the session opens nothing.
  pending text[] not null default '{}',
  ip text not null,
  user_agent text not null,
  created_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  expires_at timestamptz not null,
  absolute_expires_at timestamptz not null,
  check ((realm = 'operator') = (organization_id is null)),
  check ((realm = 'portal') = (portal_id is not null and billing_account_id is not null)),
  foreign key (organization_id, portal_id) references portals (organization_id, id)
);
create index sessions_subject on sessions (subject_id, realm, id);
create index sessions_expiry on sessions (expires_at);
alter table sessions enable row level security;
create policy account_isolation on sessions for select to balcao_app
  using (organization_id = app_organization_id()
    and (app_scope() = 'organization' or (app_scope() = 'account' and billing_account_id = app_billing_account_id())));
grant select on sessions to balcao_app;

-- Opens a session for somebody who may have one at this moment, or answers no row. Their row stays locked until the
-- commit, so that none outlives a suspension or a new password that comes at the same time. They keep the newest hundred
-- (ids are in the order of their making).
create function session_open(
  p_id uuid, p_token_hash bytea, p_realm text, p_organization_id uuid, p_portal_id uuid, p_subject_id uuid,
  p_credential_version integer, p_methods text[], p_pending text[], p_ip text, p_user_agent text, p_idle interval,
  p_absolute interval
) returns table ("expiresAt" timestamptz) language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_account uuid;
begin
  case p_realm
    when 'portal' then
      select u.billing_account_id into v_account from portal_users u
      where u.organization_id = p_organization_id and u.id = p_subject_id and u.credential_version = p_credential_version
        and u.status in ('active', 'locked') and exists (
          select from portals p where p.organization_id = p_organization_id and p.id = p_portal_id and portal_admits(p, u.role_id))
      for share;
    when 'staff' then
      perform from staff_users u where u.organization_id = p_organization_id and u.id = p_subject_id
        and u.credential_version = p_credential_version and u.status in ('active', 'locked') for share;
    when 'operator' then
      perform from operators u where u.id = p_subject_id and u.credential_version = p_credential_version
        and u.status = 'active' for share;
  end case;
  if not found then return; end if;
  delete from sessions where id in (
    select id from sessions where id in (
      select id from sessions where subject_id = p_subject_id and realm = p_realm order by id desc offset 99)
    order by id for update);
  return query
    insert into sessions (id, token_hash, realm, organization_id, portal_id, billing_account_id, subject_id,
      credential_version, methods, pending, ip, user_agent, expires_at, absolute_expires_at)
    values (p_id, p_token_hash, p_realm, p_organization_id, p_portal_id, v_account, p_subject_id,
      p_credential_version, p_methods, p_pending, p_ip, p_user_agent, now() + least(p_idle, p_absolute), now() + p_absolute)
    returning expires_at;
end $$;

-- Slides the idle limit; at most once a minute, so that readers do not become writers.
create function session_touch(p_id uuid, p_idle interval)
  returns table ("expiresAt" timestamptz) language sql security definer set search_path = public, pg_temp as $$
  update sessions set last_seen_at = now(), expires_at = least(now() + p_idle, absolute_expires_at)
  where id = p_id and expires_at > now() and last_seen_at < now() - interval '1 minute'
  returning expires_at
$$;

-- Ends these sessions of a person, or all of them.
create function session_end(p_realm text, p_subject_id uuid, p_ids uuid[])
  returns void language sql security definer set search_path = public, pg_temp as $$
  delete from sessions where id in (
    select id from sessions where realm = p_realm and subject_id = p_subject_id and (p_ids is null or id = any (p_ids))
    order by id for update)
$$;

create function sessions_of_organizations_end(p_organization_ids uuid[])
  returns void language sql security definer set search_path = public, pg_temp as $$
  delete from sessions where id in (
    select id from sessions where organization_id = any(p_organization_ids) order by id for update)
$$;

-- Those at one portal of an organization.
create function session_end_of_portal(p_organization_id uuid, p_portal_id uuid)
  returns void language sql security definer set search_path = public, pg_temp as $$
  delete from sessions where id in (
    select id from sessions where organization_id = p_organization_id and portal_id = p_portal_id order by id for update)
$$;

create function sessions_purge(p_limit integer)
  returns integer language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from sessions where id in (
      select id from sessions where expires_at < now() limit p_limit for update skip locked)
    returning 1)
  select count(*)::integer from gone
$$;

call reserve_functions('session', 'balcao_app, balcao_platform');
revoke execute on function sessions_of_organizations_end from balcao_app;

-- Open pages learn with the commit that somebody's access is not what it was, however that came about: each process looks
-- at once whether those concerned may still listen (platform/live).
create function tell_of_access() returns trigger language plpgsql as $$
begin
  perform pg_notify('balcao_live', jsonb_build_array(
    jsonb_build_object('name', 'access.changed', tg_argv[0], to_jsonb(old) ->> tg_argv[1]))::text);
  return null;
end $$;
create trigger tell_of_access after delete on sessions for each row
  when (old.expires_at > now()) execute function tell_of_access('subjectId', 'subject_id');
create trigger tell_of_access after update on portal_users for each row
  when ((old.status, old.credential_version, old.role_id) is distinct from (new.status, new.credential_version, new.role_id))
  execute function tell_of_access('subjectId', 'id');
create trigger tell_of_access after update on staff_users for each row
  when ((old.status, old.credential_version, old.role) is distinct from (new.status, new.credential_version, new.role))
  execute function tell_of_access('subjectId', 'id');
create trigger tell_of_access after update on roles for each row
  when (old.permissions is distinct from new.permissions) execute function tell_of_access('organizationId', 'organization_id');
create trigger tell_of_access after update on portals for each row
  when ((old.settings, old.status, old.role_ids) is distinct from (new.settings, new.status, new.role_ids)) execute function tell_of_access('organizationId', 'organization_id');
create trigger tell_of_access after update on organizations for each row
  when (old.status is distinct from new.status) execute function tell_of_access('organizationId', 'id');

-- Links that were sent by mail: an id here, and an HMAC that is never stored. Single use, newest only.
create table one_time_tokens (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null unique,
  purpose text not null check (purpose in ('invitation', 'email_verification', 'password_reset')),
  subject_type text not null check (subject_type in ('portal_user', 'staff_user')),
  subject_id uuid not null,
  portal_id uuid,
  credential_version integer not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  superseded_at timestamptz,
  created_at timestamptz not null default now(),
  primary key (organization_id, id)
);
create index one_time_tokens_subject on one_time_tokens (organization_id, subject_id, purpose);
call protect_organization_table('one_time_tokens');

-- Consecutive wrong passwords, by whom they aim at and from which device they come (none: from strangers). Both are
-- keyed digests, whether or not that person exists, so the table tells nothing about anybody.
create table login_failures (
  subject bytea not null,
  device bytea not null,
  failures integer not null,
  locked_until timestamptz,
  updated_at timestamptz not null default now(),
  primary key (subject, device)
);
create index login_failures_old on login_failures (updated_at);
alter table login_failures enable row level security;

-- Lets an attempt in and counts it before anything is compared, so that of any number at once no more than the threshold
-- are. Answers whether it may go on.
create function door_login_begin(p_subject bytea, p_device bytea, p_threshold integer)
  returns table (allowed boolean) language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into login_failures as f (subject, device, failures) values (p_subject, p_device, 1)
  on conflict (subject, device) do update set
    failures = case when f.locked_until <= now() then 1 else least(f.failures + 1, p_threshold) end,
    locked_until = null, updated_at = now()
  where f.locked_until <= now() or (f.locked_until is null and (f.failures < p_threshold
    -- All that were let in must have ended by now; one that did not belonged to a process that is gone.
    or f.updated_at < now() - interval '1 minute'));
  return query select found;
end $$;

-- A wrong one. Answers until when it locked, if this one did; 0 minutes last until somebody ends the lock.
create function door_login_failed(p_subject bytea, p_device bytea, p_threshold integer, p_minutes integer)
  returns table ("lockedUntil" timestamptz) language sql security definer set search_path = public, pg_temp as $$
  update login_failures set locked_until = case when p_minutes = 0 then '9999-12-31'::timestamptz
    else now() + make_interval(mins => p_minutes) end
  where subject = p_subject and device = p_device and failures >= p_threshold and locked_until is null
  returning locked_until
$$;

-- One that was not compared after all, or was no guess, since who made it has proved to be somebody else's owner.
create function door_login_taken_back(p_subject bytea, p_device bytea)
  returns void language sql security definer set search_path = public, pg_temp as $$
  update login_failures set failures = failures - 1
  where subject = p_subject and device = p_device and failures > 0
$$;

-- Forgets one counter, or without a device all that aim at somebody.
create function door_login_forgiven(p_subject bytea, p_device bytea)
  returns void language sql security definer set search_path = public, pg_temp as $$
  delete from login_failures where subject = p_subject and device = coalesce(p_device, device)
$$;

create function door_login_failures_purge(p_limit integer)
  returns integer language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from login_failures where (subject, device) in (
      select subject, device from login_failures
      where updated_at < now() - interval '30 days' and coalesce(locked_until, updated_at) < now() limit p_limit
      for update skip locked)
    returning 1
  ) select count(*)::integer from gone
$$;

-- Asymmetric keys that sign JWTs; the private half is encrypted with a key derived from the master secret.
create table signing_keys (
  kid text primary key,
  algorithm text not null,
  public_jwk jsonb not null,
  private_key_sealed bytea not null,
  created_at timestamptz not null default now(),
  retires_at timestamptz not null
);
alter table signing_keys enable row level security;
create policy platform on signing_keys to balcao_platform using (true);
grant select, insert, delete, update (private_key_sealed) on signing_keys to balcao_platform;

-- The doors: what may be asked before the tenant is known, and nothing else.

create type door_portal as (
  organization_id uuid, organization_slug text, organization_name text, organization_status text,
  organization_locale text, organization_time_zone text, organization_currency text, organization_now timestamptz,
  portal_id uuid, portal_slug text, portal_name text, custom_domain text, domain_verified boolean,
  domain_leads_here boolean, settings jsonb, signup_slug text
);
-- Where somebody finds what they look for at an address that is no portal's any more.
create type door_other_portal as (
  portal_slug text, portal_name text, custom_domain text, domain_leads_here boolean, is_same boolean
);

create function portal_view(p portals, o organizations) returns door_portal language sql stable as $$
  select o.id, o.slug, o.name, o.status, o.locale, o.time_zone, o.currency, case when o.is_sandbox then organization_now(o) end,
    p.id, p.slug, p.name, p.custom_domain, p.domain_verified_at is not null,
    p.domain_leads_here, p.settings - 'style', p.signup_slug
$$;

create function door_portal_by_slug(p_slug text)
  returns setof door_portal language sql stable security definer set search_path = public, pg_temp as $$
  select (portal_view(p, o)).* from portals p join organizations o on o.id = p.organization_id
  where p.slug = p_slug and p.status = 'active'
$$;

create function door_portal_by_host(p_host text)
  returns setof door_portal language sql stable security definer set search_path = public, pg_temp as $$
  select (portal_view(p, o)).* from portals p join organizations o on o.id = p.organization_id
  where p.custom_domain = p_host and p.domain_verified_at is not null and p.status = 'active'
$$;

-- Of a slug that a portal had before, or its signup page, that portal; of an archived portal's address, the organization's default one.
create function door_portal_instead(p_slug text, p_host text)
  returns setof door_other_portal language sql stable security definer set search_path = public, pg_temp as $$
  select p.slug, p.name, p.custom_domain, p.domain_leads_here, p.id = before.id
  from (
    select p.* from portal_slugs s join portals p on p.organization_id = s.organization_id and p.id = s.portal_id
    where s.slug = p_slug and (s.kept_until is null or s.kept_until > now())
    union all
    select p.* from portals p where p.custom_domain = p_host and p.domain_verified_at is not null
  ) before
  join organizations o on o.id = before.organization_id and o.status = 'active'
  join portals p on p.organization_id = before.organization_id
    and case when before.status = 'active' then p.id = before.id else p.is_default end
  limit 1
$$;

-- Whose a slug is, be it one that a portal had lately.
create function door_portal_slug(p_slug text)
  returns table ("organizationId" uuid, "portalId" uuid) language sql stable security definer set search_path = public, pg_temp as $$
  select organization_id, portal_id from portal_slugs where slug = p_slug and (kept_until is null or kept_until > now())
$$;

create function door_portal_of_organization(p_organization_id uuid, p_slug text)
  returns setof door_portal language sql stable security definer set search_path = public, pg_temp as $$
  select (portal_view(p, o)).* from organizations o join portals p on p.organization_id = o.id and p.is_default
  where o.id = p_organization_id or o.slug = p_slug
$$;

-- Whom a name at sign-in can mean, or who a user is: those who proved their e-mail first, then the newest sign-in.
-- Where no organization is named, each has one candidate only: none can crowd another's customers out. Each with the portal
-- where they are at home, the one that is named before others.
create function door_portal_login(
  p_login text, p_organization_id uuid, p_billing_account_id uuid, p_user_id uuid, p_portal_id uuid)
  returns table (
    "organizationId" uuid, "organizationSlug" text, "organizationName" text, "organizationStatus" text,
    "organizationNow" timestamptz, "portalId" uuid, settings jsonb, "billingAccountId" uuid, "billingAccountName" text, "userId" uuid, email text,
    "passwordHash" text, "credentialVersion" integer, status text, "lockedUntil" timestamptz, "ssoOnly" boolean,
    "emailProved" boolean
  ) language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.slug, o.name, o.status, organization_now(o), p.id, p.settings - '{branding,style}'::text[], a.id, a.name, u.id, u.email, u.password_hash,
    u.credential_version, u.status, u.locked_until, u.sso_only, u.email_proved_at is not null
  from (
    select u.*, row_number() over (
      partition by u.organization_id
      order by u.email_proved_at is null, u.status like 'pending%', u.last_login_at desc nulls last, u.id) as place
    from portal_users u
    where case
        when p_user_id is not null then u.id = p_user_id
        when p_organization_id is not null then u.email = p_login or u.username = p_login
        else u.email = p_login end
      and (p_organization_id is null or u.organization_id = p_organization_id)
      and (p_billing_account_id is null or u.billing_account_id = p_billing_account_id)
  ) u
  join organizations o on o.id = u.organization_id
  cross join lateral portal_for(u.organization_id, u.role_id, p_portal_id) p
  join billing_accounts a on a.organization_id = u.organization_id and a.id = u.billing_account_id
  where u.place = 1 or p_organization_id is not null
  order by u.email_proved_at is null, u.status like 'pending%', u.last_login_at desc nulls last, u.id
  limit 5
$$;

create function door_staff_login(p_email text, p_organization_slug text, p_user_id uuid) returns table (
  "organizationId" uuid, "organizationSlug" text, "organizationName" text, "organizationStatus" text,
  "organizationNow" timestamptz, "userId" uuid, email text, "passwordHash" text, "credentialVersion" integer, status text,
  "lockedUntil" timestamptz, "emailProved" boolean
) language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.slug, o.name, o.status, organization_now(o), u.id, u.email, u.password_hash, u.credential_version, u.status,
    u.locked_until, u.email_proved_at is not null
  from staff_users u join organizations o on o.id = u.organization_id
  where (u.email = p_email or u.id = p_user_id) and (p_organization_slug is null or o.slug = p_organization_slug)
  order by u.email_proved_at is null, u.status like 'pending%', u.last_login_at desc nulls last, u.id
  limit 5
$$;

create function door_operator_login(p_email text) returns table (
  "userId" uuid, email text, "passwordHash" text, "credentialVersion" integer, status text
) language sql stable security definer set search_path = public, pg_temp as $$
  select id, email, password_hash, credential_version, status from operators where email = p_email
$$;

-- Session, user, account, role and portal switches of several requests in one statement. Planning it costs ten times as much
-- as what it does, so it is planned once for each connection: in PL/pgSQL, because servers before 18 plan a function written in
-- SQL anew with each call, and generic, because a list of keys whose length is known looks cheaper with every call. Each row is
-- asked for by its key and none is joined before another (`offset 0`), so that one plan is right for every size of table.
create function door_portal_sessions(p_token_hashes bytea[], p_session_ids uuid[]) returns table (
  "sessionId" uuid, "tokenHash" bytea, "expiresAt" timestamptz, "lastSeenAt" timestamptz, methods text[],
  "authenticatedAt" timestamptz,
  "organizationId" uuid, "organizationSlug" text, "organizationName" text, "organizationStatus" text,
  "organizationLocale" text, "organizationTimeZone" text, "organizationCurrency" text, "organizationNow" timestamptz,
  "portalId" uuid, "portalSlug" text, "portalName" text, "isAdmitted" boolean, settings jsonb,
  "billingAccountId" uuid, "billingAccountName" text, "billingAccountExternalId" text,
  "userId" uuid, email text, name text, "userStatus" text, "receiveNotifications" boolean, locale text, "timeZone" text,
  permissions text[]
) language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
    select s.id, s.token_hash, s.expires_at, s.last_seen_at, s.methods, s.authenticated_at,
      o.id, o.slug, o.name, o.status, o.locale, o.time_zone, o.currency, o.time_there,
      p.id, p.slug, p.name, p.admits,
      -- Of what the portal is set to, what a request needs.
      jsonb_build_object('features', p.settings -> 'features', 'branding', jsonb_build_object(
        'languages', p.settings #> '{branding,languages}', 'defaultLocale', p.settings #> '{branding,defaultLocale}')),
      a.id, a.name, a.external_id,
      u.id, u.email, u.name, u.status, u.receive_notifications, u.locale, u.time_zone,
      r.permissions
    from (
      select s.* from unnest(p_token_hashes) asked (hash)
      cross join lateral (select * from sessions s where s.token_hash = asked.hash offset 0) s
      union all
      select s.* from unnest(p_session_ids) asked (id)
      cross join lateral (select * from sessions s where s.id = asked.id offset 0) s
    ) s
    cross join lateral (
      select *, case when o.is_sandbox then organization_now(o) end as time_there from organizations o
      where o.id = s.organization_id offset 0) o
    cross join lateral (select * from portal_users u where u.organization_id = s.organization_id and u.id = s.subject_id offset 0) u
    cross join lateral (
      select *, portal_admits(p, u.role_id) as admits from portals p
      where p.organization_id = s.organization_id and p.id = s.portal_id and p.status = 'active' offset 0) p
    cross join lateral (
      select * from billing_accounts a where a.organization_id = s.organization_id and a.id = u.billing_account_id offset 0) a
    cross join lateral (select * from roles r where r.organization_id = s.organization_id and r.id = u.role_id offset 0) r
    where s.realm = 'portal' and s.expires_at > now() and s.pending = '{}'
      and s.credential_version = u.credential_version
      and s.billing_account_id = u.billing_account_id
      and u.status in ('active', 'locked');
end $$;

-- As above.
create function door_staff_sessions(p_token_hashes bytea[]) returns table (
  "sessionId" uuid, "tokenHash" bytea, "expiresAt" timestamptz, "lastSeenAt" timestamptz, methods text[],
  "authenticatedAt" timestamptz,
  "organizationId" uuid, "organizationSlug" text, "organizationName" text, "organizationStatus" text,
  "organizationLocale" text, "organizationTimeZone" text, "organizationCurrency" text, "organizationNow" timestamptz,
  "userId" uuid, email text, name text, role text, locale text
) language plpgsql stable security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
    select s.id, s.token_hash, s.expires_at, s.last_seen_at, s.methods, s.authenticated_at,
      o.id, o.slug, o.name, o.status, o.locale, o.time_zone, o.currency, o.time_there,
      u.id, u.email, u.name, u.role, u.locale
    from unnest(p_token_hashes) asked (hash)
    cross join lateral (select * from sessions s where s.token_hash = asked.hash offset 0) s
    cross join lateral (
      select *, case when o.is_sandbox then organization_now(o) end as time_there from organizations o
      where o.id = s.organization_id offset 0) o
    cross join lateral (select * from staff_users u where u.organization_id = s.organization_id and u.id = s.subject_id offset 0) u
    where s.realm = 'staff' and s.expires_at > now() and s.pending = '{}'
      and s.credential_version = u.credential_version and u.status in ('active', 'locked');
end $$;

create function door_operator_session(p_token_hash bytea) returns table (
  "sessionId" uuid, "expiresAt" timestamptz, "lastSeenAt" timestamptz, methods text[], "authenticatedAt" timestamptz,
  "userId" uuid, email text, name text
) language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.expires_at, s.last_seen_at, s.methods, s.authenticated_at, u.id, u.email, u.name
  from sessions s join operators u on u.id = s.subject_id
  where s.realm = 'operator' and s.expires_at > now() and s.pending = '{}' and s.token_hash = p_token_hash
    and s.credential_version = u.credential_version and u.status = 'active'
$$;

create function door_one_time_token(p_id uuid) returns table (
  "organizationId" uuid, "organizationStatus" text, "organizationNow" timestamptz, purpose text, "subjectType" text, "subjectId" uuid, "portalId" uuid,
  "credentialVersion" integer, usable boolean, used boolean, expired boolean
) language sql stable security definer set search_path = public, pg_temp as $$
  select t.organization_id, o.status, organization_now(o), t.purpose, t.subject_type, t.subject_id, t.portal_id, t.credential_version,
    t.used_at is null and t.superseded_at is null and t.expires_at > now(),
    t.used_at is not null and t.superseded_at is null,
    t.used_at is null and t.superseded_at is null and t.expires_at <= now()
  from one_time_tokens t join organizations o on o.id = t.organization_id where t.id = p_id
$$;

create function door_signing_keys() returns setof signing_keys
  language sql stable security definer set search_path = public, pg_temp as $$
  select * from signing_keys order by created_at desc
$$;

call reserve_functions('door_', 'balcao_app');
grant execute on function door_login_forgiven to balcao_platform;

-- Down Migration

drop function door_signing_keys, door_one_time_token, door_operator_session, door_staff_sessions, door_portal_sessions,
  door_operator_login, door_staff_login, door_portal_login, door_portal_of_organization, door_portal_slug, door_portal_instead,
  door_portal_by_host, door_portal_by_slug, portal_view, door_login_failures_purge, door_login_forgiven, door_login_taken_back,
  door_login_failed, door_login_begin, sessions_purge, sessions_of_organizations_end, session_end_of_portal, session_end, session_touch,
  session_open;
drop type door_portal, door_other_portal;
drop table signing_keys, login_failures, one_time_tokens, sessions;
-- With its triggers.
drop function tell_of_access cascade;
