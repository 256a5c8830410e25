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

-- Fixed windows with a block after them (S3.27–31). Keys are hashes; nobody's address or e-mail stands here.
create unlogged table rate_limits (
  key text primary key check (length(key) <= 100),
  points integer not null,
  window_ends_at timestamptz not null,
  blocked_until timestamptz
);
alter table rate_limits enable row level security;

create function state_rate_limit_consume(p_key text, p_limit integer, p_window interval, p_block interval)
  returns table (allowed boolean, remaining integer, retry_after_seconds integer)
  language sql security definer set search_path = public, pg_temp as $$
  insert into rate_limits as r (key, points, window_ends_at) values (p_key, 1, now() + p_window)
  on conflict (key) do update set
    points = case
      when r.blocked_until > now() then r.points
      when r.window_ends_at <= now() or r.blocked_until is not null then 1
      else r.points + 1 end,
    window_ends_at = case
      when r.blocked_until > now() then r.window_ends_at
      when r.window_ends_at <= now() or r.blocked_until is not null then now() + p_window
      else r.window_ends_at end,
    blocked_until = case
      when r.blocked_until > now() then r.blocked_until
      when r.window_ends_at <= now() or r.blocked_until is not null then null
      when r.points + 1 > p_limit then greatest(now() + p_block, r.window_ends_at)
      else null end
  returning coalesce(blocked_until <= now(), true), greatest(p_limit - points, 0),
    coalesce(ceil(extract(epoch from blocked_until - now()))::integer, 0)
$$;

create function state_rate_limit_clear(p_key text)
  returns void language sql security definer set search_path = public, pg_temp as $$
  delete from rate_limits where key = p_key
$$;

-- One answer for one Idempotency-Key of one actor.
create table idempotency_keys (
  key text primary key check (length(key) <= 100),
  fingerprint text not null,
  status integer,
  body text,
  expires_at timestamptz not null
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);
alter table idempotency_keys enable row level security;

-- Claims the key, or answers what is known of it. A claim that was never completed lapses after p_lease.
create function state_idempotency_claim(p_key text, p_fingerprint text, p_lease interval)
  returns table (claimed boolean, fingerprint text, status integer, body text)
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
    insert into idempotency_keys as k (key, fingerprint, expires_at) values (p_key, p_fingerprint, now() + p_lease)
    on conflict (key) do update set fingerprint = p_fingerprint, status = null, body = null, expires_at = now() + p_lease
      where k.expires_at <= now()
    returning true, k.fingerprint, k.status, k.body;
  if not found then
    return query select false, k.fingerprint, k.status, k.body from idempotency_keys k where k.key = p_key;
  end if;
end $$;

create function state_idempotency_complete(p_key text, p_status integer, p_body text, p_ttl interval)
  returns void language sql security definer set search_path = public, pg_temp as $$
  update idempotency_keys set status = p_status, body = p_body, expires_at = now() + p_ttl where key = p_key
$$;

create function state_idempotency_release(p_key text)
  returns void language sql security definer set search_path = public, pg_temp as $$
  delete from idempotency_keys where key = p_key and status is null
$$;

create function state_purge(p_limit integer)
  returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare gone integer; total integer := 0;
begin
  delete from sessions where id in (select id from sessions where expires_at < now() limit p_limit);
  get diagnostics gone = row_count; total := total + gone;
  delete from rate_limits where key in (
    select key from rate_limits where window_ends_at < now() and coalesce(blocked_until, window_ends_at) < now() limit p_limit);
  get diagnostics gone = row_count; total := total + gone;
  delete from idempotency_keys where key in (select key from idempotency_keys where expires_at < now() limit p_limit);
  get diagnostics gone = row_count; total := total + gone;
  return total;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname like 'state\_%' loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to balcao_app, balcao_platform', f);
  end loop;
end $$;

revoke execute on function state_sessions_of_organizations_end(uuid[]) from balcao_app;

-- Down Migration

drop function state_purge(integer);
drop function state_idempotency_release(text);
drop function state_idempotency_complete(text, integer, text, interval);
drop function state_idempotency_claim(text, text, interval);
drop table idempotency_keys;
drop function state_rate_limit_clear(text);
drop function state_rate_limit_consume(text, integer, interval, interval);
drop table rate_limits;
drop function state_sessions_of_organizations_end(uuid[]);
drop function state_session_revoke_subject(text, uuid, uuid);
drop function state_session_revoke(uuid);
drop function state_session_touch(uuid, interval);
drop function state_session_find_by_id(uuid);
drop function state_session_find(bytea);
drop function state_session_create(uuid, bytea, text, uuid, uuid, uuid, uuid, integer, text, text, interval, interval);
drop table sessions;
