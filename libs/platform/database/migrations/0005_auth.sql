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
create index sessions_subject on sessions (subject_id, realm);
create index sessions_expiry on sessions (expires_at);
alter table sessions enable row level security;
create policy account_isolation on sessions for select to balcao_app
  using (organization_id = app_organization_id()
    and (app_scope() = 'organization' or (app_scope() = 'account' and billing_account_id = app_billing_account_id())));
grant select on sessions to balcao_app;

create function state_session_create(
  p_id uuid, p_token_hash bytea, p_realm text, p_organization_id uuid, p_portal_id uuid, p_billing_account_id uuid,
  p_subject_id uuid, p_credential_version integer, p_ip text, p_user_agent text, p_idle interval, p_absolute interval
) returns setof sessions language sql security definer set search_path = public, pg_temp as $$
  insert into sessions (id, token_hash, realm, organization_id, portal_id, billing_account_id, subject_id,
    credential_version, ip, user_agent, expires_at, absolute_expires_at)
  values (p_id, p_token_hash, p_realm, p_organization_id, p_portal_id, p_billing_account_id, p_subject_id,
    p_credential_version, p_ip, p_user_agent, now() + least(p_idle, p_absolute), now() + p_absolute)
  returning *
$$;

create function state_session_find(p_token_hash bytea)
  returns setof sessions language sql stable security definer set search_path = public, pg_temp as $$
  select * from sessions where token_hash = p_token_hash and expires_at > now()
$$;

create function state_session_find_by_id(p_id uuid)
  returns setof sessions language sql stable security definer set search_path = public, pg_temp as $$
  select * from sessions where id = p_id and expires_at > now()
$$;

-- Slides the idle limit; at most once a minute, so that readers do not become writers.
create function state_session_touch(p_id uuid, p_idle interval)
  returns timestamptz language sql security definer set search_path = public, pg_temp as $$
  update sessions set last_seen_at = now(), expires_at = least(now() + p_idle, absolute_expires_at)
  where id = p_id and expires_at > now() and last_seen_at < now() - interval '1 minute'
  returning expires_at
$$;

create function state_session_revoke(p_id uuid)
  returns integer language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from sessions where id = p_id returning 1) select count(*)::integer from gone
$$;

create function state_session_revoke_subject(p_realm text, p_subject_id uuid, p_except uuid)
  returns integer language sql security definer set search_path = public, pg_temp as $$
  with gone as (
    delete from sessions where realm = p_realm and subject_id = p_subject_id and id is distinct from p_except returning 1
  ) select count(*)::integer from gone
$$;

create function state_sessions_of_organizations_end(p_organization_ids uuid[])
  returns void language sql security definer set search_path = public, pg_temp as $$
  delete from sessions where organization_id = any(p_organization_ids)
$$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname like 'state\_session%' loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to balcao_app, balcao_platform', f);
  end loop;
end $$;

revoke execute on function state_sessions_of_organizations_end(uuid[]) from balcao_app;

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

-- Consecutive wrong passwords, counted whether or not that user exists (decision 11).
create table login_failures (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  realm text not null check (realm in ('portal', 'staff')),
  email_hash bytea not null,
  device_hash bytea not null,
  failures integer not null default 0,
  locked_until timestamptz,
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, realm, email_hash, device_hash)
);
call protect_organization_table('login_failures');

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
create policy platform on signing_keys to balcao_platform using (true) with check (true);
grant select, insert, delete, update (private_key_sealed) on signing_keys to balcao_platform;

-- The doors: what may be asked before the tenant is known, and nothing else.

create type door_portal as (
  organization_id uuid, organization_slug text, organization_name text, organization_status text,
  organization_locale text, organization_time_zone text, organization_currency text,
  portal_id uuid, portal_slug text, portal_name text, custom_domain text, domain_verified boolean,
  branding jsonb, features jsonb, security jsonb, allowed_invitation_domains text[]
);

create function portal_view(p portals, o organizations) returns door_portal language sql stable as $$
  select o.id, o.slug, o.name, o.status, o.locale, o.time_zone, o.currency,
    p.id, p.slug, p.name, p.custom_domain, p.domain_verified_at is not null,
    p.branding, p.features, p.security, p.allowed_invitation_domains
$$;

create function door_portal_by_slug(p_slug text)
  returns setof door_portal language sql stable security definer set search_path = public, pg_temp as $$
  select (portal_view(p, o)).* from portals p join organizations o on o.id = p.organization_id where p.slug = p_slug
$$;

create function door_portal_by_host(p_host text)
  returns setof door_portal language sql stable security definer set search_path = public, pg_temp as $$
  select (portal_view(p, o)).* from portals p join organizations o on o.id = p.organization_id
  where p.custom_domain = p_host and p.domain_verified_at is not null
$$;

create function door_portal_of_organization(p_organization_id uuid, p_slug text)
  returns setof door_portal language sql stable security definer set search_path = public, pg_temp as $$
  select (portal_view(p, o)).* from organizations o join portals p on p.organization_id = o.id and p.is_default
  where o.id = p_organization_id or o.slug = p_slug
$$;

create function door_portal_login(
  p_email text, p_organization_id uuid, p_organization_slug text, p_billing_account_id uuid, p_limit integer
) returns table (
  organization_id uuid, organization_slug text, organization_name text, organization_status text,
  billing_account_id uuid, billing_account_name text, user_id uuid, password_hash text, credential_version integer,
  status text, locked_until timestamptz, sso_only boolean
) language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.slug, o.name, o.status, a.id, a.name, u.id, u.password_hash, u.credential_version,
    u.status, u.locked_until, u.sso_only
  from portal_users u
  join organizations o on o.id = u.organization_id
  join billing_accounts a on a.organization_id = u.organization_id and a.id = u.billing_account_id
  where (u.email = p_email or (p_organization_id is not null and u.username = p_email))
    and (p_organization_id is null or o.id = p_organization_id)
    and (p_organization_slug is null or o.slug = p_organization_slug)
    and (p_billing_account_id is null or a.id = p_billing_account_id)
  order by u.last_login_at desc nulls last, u.id
  limit least(p_limit, 20)
$$;

create function door_staff_login(p_email text, p_organization_slug text, p_limit integer) returns table (
  organization_id uuid, organization_slug text, organization_name text, organization_status text,
  user_id uuid, password_hash text, credential_version integer, status text, locked_until timestamptz
) language sql stable security definer set search_path = public, pg_temp as $$
  select o.id, o.slug, o.name, o.status, u.id, u.password_hash, u.credential_version, u.status, u.locked_until
  from staff_users u join organizations o on o.id = u.organization_id
  where u.email = p_email and (p_organization_slug is null or o.slug = p_organization_slug)
  order by u.last_login_at desc nulls last, u.id
  limit least(p_limit, 20)
$$;

create function door_operator_login(p_email text) returns table (
  user_id uuid, password_hash text, credential_version integer, status text
) language sql stable security definer set search_path = public, pg_temp as $$
  select id, password_hash, credential_version, status from operators where email = p_email
$$;

create function door_operator_signed_in(p_id uuid)
  returns void language sql security definer set search_path = public, pg_temp as $$
  update operators set last_login_at = now() where id = p_id
$$;

-- Session, user, account, role and portal switches of several requests in one statement (decision 8). In PL/pgSQL,
-- because servers before 18 plan a function written in SQL anew with each call.
create function door_portal_sessions(p_token_hashes bytea[], p_session_ids uuid[]) returns table (
  session_id uuid, token_hash bytea, expires_at timestamptz, last_seen_at timestamptz,
  organization_id uuid, organization_slug text, organization_name text, organization_status text,
  organization_locale text, organization_time_zone text, organization_currency text,
  portal_id uuid, portal_slug text, portal_name text, portal_languages jsonb, features jsonb,
  billing_account_id uuid, billing_account_name text, billing_account_external_id text,
  user_id uuid, email text, name text, user_status text, receive_notifications boolean, locale text, time_zone text,
  permissions text[]
) language plpgsql stable security definer set search_path = public, pg_temp as $$
#variable_conflict use_column
declare
  asked record;
begin
  -- One after the other: with a list of keys the planner expects many sessions, and reads whole tables for one.
  for asked in
    select s.id from sessions s where s.token_hash = any (p_token_hashes)
    union
    select s.id from sessions s where s.id = any (p_session_ids)
  loop
    return query
      select s.id, s.token_hash, s.expires_at, s.last_seen_at,
        o.id, o.slug, o.name, o.status, o.locale, o.time_zone, o.currency,
        p.id, p.slug, p.name,
        jsonb_strip_nulls(jsonb_build_object('languages', p.branding -> 'languages', 'defaultLocale', p.branding -> 'defaultLocale')),
        p.features,
        a.id, a.name, a.external_id,
        u.id, u.email, u.name, u.status, u.receive_notifications, u.locale, u.time_zone,
        r.permissions
      from sessions s
      join organizations o on o.id = s.organization_id
      join portals p on p.organization_id = s.organization_id and p.id = s.portal_id
      join portal_users u on u.organization_id = s.organization_id and u.id = s.subject_id
      join billing_accounts a on a.organization_id = s.organization_id and a.id = u.billing_account_id
      join roles r on r.organization_id = s.organization_id and r.id = u.role_id
      where s.id = asked.id and s.realm = 'portal' and s.expires_at > now()
        and s.credential_version = u.credential_version
        and s.billing_account_id = u.billing_account_id
        and u.status in ('active', 'locked');
  end loop;
end $$;

create function door_staff_session(p_token_hash bytea) returns table (
  session_id uuid, expires_at timestamptz, last_seen_at timestamptz,
  organization_id uuid, organization_slug text, organization_name text, organization_status text,
  organization_locale text, organization_time_zone text, organization_currency text,
  user_id uuid, email text, name text, role text, locale text
) language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.expires_at, s.last_seen_at,
    o.id, o.slug, o.name, o.status, o.locale, o.time_zone, o.currency,
    u.id, u.email, u.name, u.role, u.locale
  from sessions s
  join organizations o on o.id = s.organization_id
  join staff_users u on u.organization_id = s.organization_id and u.id = s.subject_id
  where s.realm = 'staff' and s.expires_at > now() and s.token_hash = p_token_hash
    and s.credential_version = u.credential_version and u.status in ('active', 'locked')
$$;

create function door_operator_session(p_token_hash bytea) returns table (
  session_id uuid, expires_at timestamptz, last_seen_at timestamptz, user_id uuid, email text, name text
) language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.expires_at, s.last_seen_at, u.id, u.email, u.name
  from sessions s join operators u on u.id = s.subject_id
  where s.realm = 'operator' and s.expires_at > now() and s.token_hash = p_token_hash
    and s.credential_version = u.credential_version and u.status = 'active'
$$;

create function door_one_time_token(p_id uuid) returns table (
  organization_id uuid, organization_status text, purpose text, subject_type text, subject_id uuid, portal_id uuid,
  credential_version integer, usable boolean
) language sql stable security definer set search_path = public, pg_temp as $$
  select t.organization_id, o.status, t.purpose, t.subject_type, t.subject_id, t.portal_id, t.credential_version,
    t.used_at is null and t.superseded_at is null and t.expires_at > now()
  from one_time_tokens t join organizations o on o.id = t.organization_id where t.id = p_id
$$;

create function door_signing_keys() returns setof signing_keys
  language sql stable security definer set search_path = public, pg_temp as $$
  select * from signing_keys order by created_at desc
$$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname like 'door\_%' loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to balcao_app', f);
  end loop;
end $$;

-- Down Migration

drop function door_signing_keys();
drop function door_one_time_token(uuid);
drop function door_operator_session(bytea);
drop function door_staff_session(bytea);
drop function door_portal_sessions(bytea[], uuid[]);
drop function door_operator_signed_in(uuid);
drop function door_operator_login(text);
drop function door_staff_login(text, text, integer);
drop function door_portal_login(text, uuid, text, uuid, integer);
drop function door_portal_of_organization(uuid, text);
drop function door_portal_by_host(text);
drop function door_portal_by_slug(text);
drop function portal_view(portals, organizations);
drop type door_portal;
drop table signing_keys;
drop table login_failures;
drop table one_time_tokens;
drop function state_sessions_of_organizations_end(uuid[]);
drop function state_session_revoke_subject(text, uuid, uuid);
drop function state_session_revoke(uuid);
drop function state_session_touch(uuid, interval);
drop function state_session_find_by_id(uuid);
drop function state_session_find(bytea);
drop function state_session_create(uuid, bytea, text, uuid, uuid, uuid, uuid, integer, text, text, interval, interval);
drop table sessions;
