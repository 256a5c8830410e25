-- Up Migration

-- Fixed windows with a block that lasts at least as long. Keys are hashes; nobody's address or e-mail stands here.
create unlogged table rate_limits (
  key text primary key check (length(key) <= 100),
  points integer not null,
  window_ends_at timestamptz not null,
  blocked_until timestamptz
);
alter table rate_limits enable row level security;

-- Takes points of all the keys, or of none where one refuses. Only a limit with a block of its own then blocks: work that is
-- refused gives back what it took, so going over by itself leaves nothing behind.
create function state_rate_limit_consume(p_keys text[], p_limits integer[], p_window interval, p_block interval,
    p_points integer)
  returns table (allowed boolean, remaining integer, retry_after_seconds integer)
  language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Makes, renews or only locks each of them: in one order, so that two callers never wait for each other.
  insert into rate_limits as r (key, points, window_ends_at)
  select name, 0, now() + p_window from unnest(p_keys) name order by name
  on conflict (key) do update set points = 0, window_ends_at = excluded.window_ends_at, blocked_until = null
    where coalesce(r.blocked_until, r.window_ends_at) <= now();
  update rate_limits r set blocked_until = greatest(now() + p_block, r.window_ends_at)
  from unnest(p_keys, p_limits) as asked (key, most)
  where r.key = asked.key and p_block > interval '0' and r.blocked_until is null and r.points + p_points > asked.most;
  select not coalesce(bool_or(over), false), greatest(min(most - points), 0),
    coalesce(ceil(extract(epoch from max(free_at) filter (where over) - now()))::integer, 0)
  into allowed, remaining, retry_after_seconds
  from (
    select asked.most, r.points, r.blocked_until is not null or r.points + p_points > asked.most as over,
      coalesce(r.blocked_until, r.window_ends_at) as free_at
    from unnest(p_keys, p_limits) as asked (key, most) join rate_limits r using (key)
  ) found;
  if allowed then
    update rate_limits set points = points + p_points where key = any (p_keys);
    remaining := remaining - p_points;
  end if;
  return next;
end $$;

-- A row where a key is refused now, because of what was counted before. Counts nothing; the block begins with the first
-- that it refuses.
create function state_rate_limit_check(p_key text, p_limit integer, p_block interval)
  returns table (retry_after_seconds integer)
  language sql security definer set search_path = public, pg_temp as $$
  -- Without a block the window ends by itself: who asks with a lower limit than others keeps nobody out for them.
  update rate_limits set blocked_until = coalesce(blocked_until,
    case when p_block > interval '0' then greatest(now() + p_block, window_ends_at) end)
  where key = p_key
    and (blocked_until > now() or (blocked_until is null and window_ends_at > now() and points >= p_limit))
  returning ceil(extract(epoch from coalesce(blocked_until, window_ends_at) - now()))::integer
$$;

-- Gives points of the keys back; a block stays.
create function state_rate_limit_return(p_keys text[], p_points integer)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from rate_limits where key = any (p_keys) order by key for update;
  update rate_limits set points = greatest(points - p_points, 0) where key = any (p_keys) and blocked_until is null;
end $$;

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
  -- The request that holds the key, and until when. The transaction that it commits marks the key as carried out, so that
  -- the request cannot be repeated however its process ends.
  claim uuid,
  leased_until timestamptz not null default now(),
  carried_out boolean not null default false,
  expires_at timestamptz not null
);
create index idempotency_keys_expiry on idempotency_keys (expires_at);
alter table idempotency_keys enable row level security;

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

-- Frees the key where nothing was committed. Where something was, no answer will come any more.
create function state_idempotency_release(p_key text, p_claim uuid)
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- Waits for a commit that is still under way, and heeds its outcome.
  delete from idempotency_keys where key = p_key and claim = p_claim and status is null and not carried_out;
  update idempotency_keys set leased_until = now() where key = p_key and claim = p_claim;
end $$;

-- Keeps the answer, while all that is kept of each of p_shares is less than its bytes of p_most; otherwise as if it had been
-- lost.
create function state_idempotency_complete(p_key text, p_claim uuid, p_status integer, p_body text, p_kept interval,
    p_shares text[], p_most integer[])
  returns void language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if (select allowed from state_rate_limit_consume(p_shares, p_most, p_kept, interval '0',
      octet_length(p_body))) then
    update idempotency_keys set status = p_status, body = p_body, expires_at = now() + p_kept
    where key = p_key and claim = p_claim;
  else
    perform state_idempotency_release(p_key, p_claim);
  end if;
end $$;

create function state_purge(p_limit integer)
  returns integer language plpgsql security definer set search_path = public, pg_temp as $$
declare gone integer; total integer := 0;
begin
  delete from rate_limits where key in (
    select key from rate_limits where coalesce(blocked_until, window_ends_at) < now() limit p_limit
    for update skip locked);
  get diagnostics gone = row_count; total := total + gone;
  delete from idempotency_keys where key in (
    select key from idempotency_keys where expires_at < now() limit p_limit for update skip locked);
  get diagnostics gone = row_count; total := total + gone;
  return total;
end $$;

call reserve_functions('state_', 'balcao_app, balcao_platform');

-- Down Migration

drop function state_purge, state_idempotency_complete, state_idempotency_release, state_idempotency_carry_out,
  state_idempotency_claim, state_rate_limit_clear, state_rate_limit_return, state_rate_limit_check,
  state_rate_limit_consume;
drop table idempotency_keys, rate_limits;
