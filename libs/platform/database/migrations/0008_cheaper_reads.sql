-- Up Migration

-- Session, user, account, role and portal switches of several requests in one statement (decision 8). In PL/pgSQL,
-- because servers before 18 plan a function written in SQL anew with each call.
drop function door_portal_session(bytea, uuid);
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
revoke all on function door_portal_sessions(bytea[], uuid[]) from public;
grant execute on function door_portal_sessions(bytea[], uuid[]) to balcao_app;

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
drop function door_portal_sessions(bytea[], uuid[]);
create function door_portal_session(p_token_hash bytea, p_session_id uuid) returns table (
  session_id uuid, token_hash bytea, created_at timestamptz, expires_at timestamptz, last_seen_at timestamptz,
  organization_id uuid, organization_slug text, organization_name text, organization_status text,
  organization_locale text, organization_time_zone text, organization_currency text,
  portal_id uuid, portal_slug text, portal_name text, features jsonb, security jsonb,
  billing_account_id uuid, billing_account_name text, billing_account_external_id text,
  user_id uuid, email text, name text, user_status text, receive_notifications boolean, locale text, time_zone text,
  permissions text[]
) language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.token_hash, s.created_at, s.expires_at, s.last_seen_at,
    o.id, o.slug, o.name, o.status, o.locale, o.time_zone, o.currency,
    p.id, p.slug, p.name, p.features, p.security,
    a.id, a.name, a.external_id,
    u.id, u.email, u.name, u.status, u.receive_notifications, u.locale, u.time_zone,
    r.permissions
  from sessions s
  join organizations o on o.id = s.organization_id
  join portals p on p.organization_id = s.organization_id and p.id = s.portal_id
  join portal_users u on u.organization_id = s.organization_id and u.id = s.subject_id
  join billing_accounts a on a.organization_id = s.organization_id and a.id = u.billing_account_id
  join roles r on r.organization_id = s.organization_id and r.id = u.role_id
  where s.realm = 'portal' and s.expires_at > now()
    and (s.token_hash = p_token_hash or s.id = p_session_id)
    and s.credential_version = u.credential_version
    and s.billing_account_id = u.billing_account_id
    and u.status in ('active', 'locked')
$$;
revoke all on function door_portal_session(bytea, uuid) from public;
grant execute on function door_portal_session(bytea, uuid) to balcao_app;
