-- Up Migration

-- The transaction that a request commits marks its key as carried out, so that the request cannot be repeated however
-- its process ends. `claim` is the request that holds the key: one whose lease ran out, and whose key another has taken
-- over, can no longer commit.
alter table idempotency_keys
  add column claim uuid,
  add column leased_until timestamptz not null default now(),
  add column carried_out boolean not null default false;

drop function state_idempotency_claim(text, text, interval);
drop function state_idempotency_complete(text, integer, text, interval);
drop function state_idempotency_release(text);

-- Claims the key, or answers what is known of it. A claim that nothing was committed under lapses after p_lease.
create function state_idempotency_claim(p_key text, p_claim uuid, p_fingerprint text, p_lease interval)
  returns table (claimed boolean, fingerprint text, carried_out boolean, status integer, body text)
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  return query
    insert into idempotency_keys as k (key, claim, fingerprint, leased_until, expires_at)
    values (p_key, p_claim, p_fingerprint, now() + p_lease, now() + p_lease)
    on conflict (key) do update set claim = p_claim, fingerprint = p_fingerprint, leased_until = now() + p_lease,
        carried_out = false, status = null, body = null, expires_at = now() + p_lease
      where k.expires_at <= now()
    returning true, k.fingerprint, k.carried_out, k.status, k.body;
  if not found then
    -- Within its lease the process that carried it out is about to keep the answer. The time is that after the wait for
    -- whoever held the row, not that of the beginning.
    return query select false, k.fingerprint, k.carried_out and k.leased_until <= clock_timestamp(), k.status, k.body
      from idempotency_keys k where k.key = p_key;
  end if;
end $$;

-- Called in the transaction of the change. False where the claim is lost: the change must not be committed then.
create function state_idempotency_carry_out(p_key text, p_claim uuid, p_kept interval)
  returns boolean language sql security definer set search_path = public, pg_temp as $$
  with marked as (
    update idempotency_keys set carried_out = true, expires_at = now() + p_kept
    where key = p_key and claim = p_claim returning 1
  ) select exists (select from marked)
$$;

create function state_idempotency_complete(p_key text, p_claim uuid, p_status integer, p_body text, p_kept interval)
  returns void language sql security definer set search_path = public, pg_temp as $$
  update idempotency_keys set status = p_status, body = p_body, expires_at = now() + p_kept
  where key = p_key and claim = p_claim
$$;

-- Frees the key where nothing was committed. Where something was, no answer will come any more.
create function state_idempotency_release(p_key text, p_claim uuid)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Waits for a commit that is still under way, and heeds its outcome.
  delete from idempotency_keys where key = p_key and claim = p_claim and status is null and not carried_out;
  update idempotency_keys set leased_until = now() where key = p_key and claim = p_claim and status is null;
end $$;

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname like 'state\_idempotency\_%' loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to balcao_app, balcao_platform', f);
  end loop;
end $$;

-- Down Migration

drop function state_idempotency_release(text, uuid);
drop function state_idempotency_complete(text, uuid, integer, text, interval);
drop function state_idempotency_carry_out(text, uuid, interval);
drop function state_idempotency_claim(text, uuid, text, interval);
-- Without the mark a request that was carried out could be repeated: its key stays taken, without an answer.
update idempotency_keys set status = 409, body = 'null' where carried_out and status is null;
alter table idempotency_keys drop column claim, drop column leased_until, drop column carried_out;

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

do $$
declare f regprocedure;
begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'public' and p.proname like 'state\_idempotency\_%' loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to balcao_app, balcao_platform', f);
  end loop;
end $$;
