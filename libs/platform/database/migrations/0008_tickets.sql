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
  returns text language sql security definer set search_path = public, pg_temp as $$
  insert into ticket_counters as c (organization_id, id, year, last_number)
  select app_organization_id(), gen_random_uuid(), p_year, 1 where app_scope() in ('organization', 'account')
  on conflict (organization_id, year) do update set last_number = c.last_number + 1
  returning 'T-' || year || '-' || lpad(last_number::text, greatest(6, length(last_number::text)), '0')
$$;
grant execute on function next_ticket_number to balcao_app;

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
  -- For the indexes: a function of the priority would not be answered from them.
  priority_rank smallint not null generated always as (array_position(array['low', 'normal', 'high', 'urgent'], priority)) stored,
  status text not null default 'new' check (status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')),
  source text not null default 'portal' check (source in ('portal', 'staff', 'email', 'api')),
  submitted_by_id uuid,
  submitted_by_name text not null,
  assignee_id uuid,
  external_ticket_id text check (length(external_ticket_id) <= 255),
  external_ticket_url text check (length(external_ticket_url) <= 2000),
  -- Messages that the customer sees, and whose the last of them is.
  comment_count integer not null default 0,
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
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  unique (organization_id, number),
  foreign key (organization_id, billing_account_id) references billing_accounts (organization_id, id),
  foreign key (organization_id, portal_id) references portals (organization_id, id),
  foreign key (organization_id, billing_account_id, submitted_by_id)
    references portal_users (organization_id, billing_account_id, id),
  foreign key (organization_id, assignee_id) references staff_users (organization_id, id)
);
-- Every list walks one of these: it begins with what the list is about, goes on in its order, and carries what else may
-- be filtered, so that an entry is looked at without its row. The customers' lists:
create index tickets_account_recent on tickets (organization_id, billing_account_id, created_at, id)
  include (status, priority_rank, type);
create index tickets_account_updated on tickets (organization_id, billing_account_id, updated_at, id)
  include (status, priority_rank, type);
create index tickets_account_status on tickets (organization_id, billing_account_id, status, created_at, id)
  include (priority_rank, type);
create index tickets_account_priority on tickets (organization_id, billing_account_id, priority_rank, created_at, id)
  include (status, type);
create index tickets_submitter_recent on tickets (organization_id, billing_account_id, submitted_by_id, created_at, id)
  include (status, priority_rank, type, updated_at);
-- The staff's lists. The policy asks for the account, so it is carried too.
create index tickets_inbox on tickets (organization_id, last_activity_at, id)
  include (status, priority_rank, type, assignee_id, billing_account_id);
create index tickets_inbox_open on tickets (organization_id, last_activity_at, id)
  include (status, priority_rank, type, assignee_id, billing_account_id) where status not in ('resolved', 'closed');
create index tickets_inbox_assignee on tickets (organization_id, assignee_id, last_activity_at, id)
  include (status, priority_rank, type, billing_account_id) where status not in ('resolved', 'closed');
create index tickets_inbox_status on tickets (organization_id, status, last_activity_at, id)
  include (priority_rank, type, assignee_id, billing_account_id);
create index tickets_inbox_account on tickets (organization_id, billing_account_id, last_activity_at, id)
  include (status, priority_rank, type, assignee_id);
create index tickets_auto_close on tickets (organization_id, auto_close_at, id) where auto_close_at is not null;
call protect_account_table('tickets');

create table ticket_comments (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  author_type text not null check (author_type in ('portal', 'staff')),
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
      or ((select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()) and is_public and author_type = 'portal')));
grant select, insert on ticket_comments to balcao_app;
-- These columns only: nobody becomes the author of another's words, and a note stays a note.
grant update (body, edited_at, deleted_at) on ticket_comments to balcao_app;

-- What became of a ticket beside its messages: who took it, how its status and priority changed. Only grows.
create table ticket_events (
  organization_id uuid not null default app_organization_id() references organizations,
  billing_account_id uuid not null,
  ticket_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('taken', 'assigned', 'unassigned', 'status', 'priority', 'type')),
  -- Words of the status, priority or type; ids of the one who takes care.
  from_value text,
  to_value text,
  actor_type text not null check (actor_type in ('portal', 'staff', 'system')),
  actor_id uuid,
  created_at timestamptz(3) not null default now(),
  check ((actor_type = 'system') = (actor_id is null)),
  primary key (organization_id, id),
  unique (organization_id, billing_account_id, id),
  foreign key (organization_id, billing_account_id, ticket_id) references tickets (organization_id, billing_account_id, id)
);
create index ticket_events_ticket on ticket_events (organization_id, ticket_id, created_at, id);
call protect_for_platform('ticket_events');
-- A customer leaves no trace in the name of staff.
create policy account_isolation on ticket_events to balcao_app
  using (organization_id = app_organization_id()
    and ((select app_scope() = 'organization')
      or ((select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()))))
  with check (organization_id = app_organization_id()
    and ((select app_scope() = 'organization')
      or ((select app_scope() = 'account') and billing_account_id = (select app_billing_account_id()) and actor_type <> 'staff')));
grant select, insert on ticket_events to balcao_app;

-- Whether somebody still works here, for a customer's act: a customer cannot read the staff's table.
create function staff_works_here(p_id uuid) returns boolean
  language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from staff_users s
    where s.organization_id = app_organization_id() and s.id = p_id and s.status <> 'suspended'
      and app_scope() in ('organization', 'account'))
$$;
grant execute on function staff_works_here to balcao_app;

-- What somebody of staff is called, for a customer who reads what they wrote or take care of. It is asked for each comment: in
-- PL/pgSQL, whose plan stays, it costs a fraction of what it does in SQL.
create function staff_name(p_id uuid) returns text
  language plpgsql stable strict security definer set search_path = public, pg_temp as $$
begin
  return (select s.name from staff_users s
    where s.organization_id = app_organization_id() and s.id = p_id and app_scope() in ('organization', 'account'));
end $$;
grant execute on function staff_name to balcao_app;

-- What is found by words: number, subject, submitter, description and conversation. A table of its own, because a change
-- of a ticket would rewrite all of its words in the index. The app's role has no other way to it than the functions
-- below: row-level security keeps the planner from an index of words, whose operators could tell what they saw.
create table ticket_search (
  organization_id uuid not null,
  billing_account_id uuid not null,
  submitted_by_id uuid,
  ticket_id uuid not null,
  words tsvector not null,
  -- The same with the internal notes; absent where there are none.
  staff_words tsvector,
  primary key (organization_id, ticket_id),
  unique (organization_id, billing_account_id, ticket_id),
  foreign key (organization_id, billing_account_id, ticket_id)
    references tickets (organization_id, billing_account_id, id) on delete cascade
);
create index ticket_search_submitter on ticket_search (organization_id, billing_account_id, submitted_by_id, ticket_id);
-- Entries are added at once: a list of pending ones would be read by every search.
create index ticket_search_words on ticket_search using gin (organization_id, billing_account_id, words) with (fastupdate = off);
create index ticket_search_staff_words on ticket_search using gin (organization_id, billing_account_id, staff_words)
  with (fastupdate = off) where staff_words is not null;
call protect_for_platform('ticket_search');

-- Writes down anew what the tickets that the scope may see are found by. @returns how many were there
create function ticket_index(p_ids uuid[]) returns integer
  language plpgsql security definer set search_path = public, pg_temp as $$
declare
  indexed integer;
begin
  -- Locked before they are read: of two who index a ticket, the later one sees all that the earlier one saw.
  perform from tickets t where t.organization_id = app_organization_id() and t.id = any(p_ids)
    and (app_scope() = 'organization' or (app_scope() = 'account' and t.billing_account_id = app_billing_account_id()))
    order by t.billing_account_id, t.id for no key update;
  insert into ticket_search as s (organization_id, billing_account_id, submitted_by_id, ticket_id, words, staff_words)
  select t.organization_id, t.billing_account_id, t.submitted_by_id, t.id,
    search_vector(o.locale, left(own.words || coalesce(said.answers, ''), 65536)),
    case when said.notes is not null then search_vector(o.locale, left(own.words || said.notes || coalesce(said.answers, ''), 65536)) end
  from tickets t
  join organizations o on o.id = t.organization_id
  left join portal_users u on u.organization_id = t.organization_id and u.id = t.submitted_by_id
  cross join lateral (
    select concat_ws(E'\n', t.number, t.subject, coalesce(u.name, t.submitted_by_name), t.description) as words
  ) own
  left join lateral (
    select string_agg(E'\n' || c.body, '' order by c.created_at desc) filter (where c.is_public) as answers,
      string_agg(E'\n' || c.body, '' order by c.created_at desc) filter (where not c.is_public) as notes
    from ticket_comments c
    where c.organization_id = t.organization_id and c.ticket_id = t.id and c.deleted_at is null
  ) said on true
  where t.organization_id = app_organization_id() and t.id = any(p_ids)
    and (app_scope() = 'organization' or (app_scope() = 'account' and t.billing_account_id = app_billing_account_id()))
  on conflict (organization_id, ticket_id) do update
    set submitted_by_id = excluded.submitted_by_id, words = excluded.words, staff_words = excluded.staff_words;
  get diagnostics indexed = row_count;
  return indexed;
end $$;
grant execute on function ticket_index to balcao_app;

-- Where a walk over the newest 3,000 ends; nothing where it reaches the oldest.
create function ticket_walks_end(p_organization uuid, p_account uuid, p_submitter uuid, p_before uuid) returns uuid
  language plpgsql stable set search_path = public, pg_temp
  set enable_bitmapscan = off set enable_sort = off set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
begin
  return (
    select case when count(*) > 3000 then (array_agg(w.ticket_id order by w.ticket_id desc))[3000] end from (
      select s.ticket_id from ticket_search s
      where s.organization_id = p_organization and (p_account is null or s.billing_account_id = p_account)
        and (p_submitter is null or s.submitted_by_id = p_submitter) and (p_before is null or s.ticket_id < p_before)
      order by s.ticket_id desc limit 3001
    ) w
  );
end $$;

-- The two ways to find words, each kept to its own plan. Nobody may call them but the function below.
-- The newest 3,000 tickets, looked at one by one: quick where a word is frequent.
create function ticket_find_walking(
  p_organization uuid, p_account uuid, p_submitter uuid, p_staff boolean, p_query tsquery, p_people uuid[], p_before uuid, p_limit integer
) returns table (id uuid) language plpgsql stable set search_path = public, pg_temp
  set enable_bitmapscan = off set enable_sort = off set enable_seqscan = off set plan_cache_mode = force_custom_plan as $$
begin
  return query
  select w.ticket_id from (
    select s.ticket_id, s.words, s.staff_words, s.submitted_by_id from ticket_search s
    where s.organization_id = p_organization and (p_account is null or s.billing_account_id = p_account)
      and (p_submitter is null or s.submitted_by_id = p_submitter) and (p_before is null or s.ticket_id < p_before)
    order by s.ticket_id desc limit 3000
  ) w
  where w.words @@ p_query or (p_staff and w.staff_words @@ p_query) or w.submitted_by_id = any(p_people) limit p_limit;
end $$;
-- Up to 5,000 of all, by the index of words: quick where a word is rare.
create function ticket_find_by_words(
  p_organization uuid, p_account uuid, p_submitter uuid, p_staff boolean, p_query tsquery, p_people uuid[]
) returns table (id uuid) language plpgsql stable set search_path = public, pg_temp
  set enable_indexscan = off set enable_indexonlyscan = off set enable_seqscan = off
  set plan_cache_mode = force_custom_plan as $$
begin
  return query
  select s.ticket_id from ticket_search s
  where s.organization_id = p_organization and (p_account is null or s.billing_account_id = p_account)
    and (p_submitter is null or s.submitted_by_id = p_submitter)
    and (s.words @@ p_query or (p_staff and s.staff_words @@ p_query) or s.submitted_by_id = any(p_people))
  limit 5000;
end $$;

-- Ids of the newest p_limit tickets before p_before that have every word, or for staff a submitter with an e-mail like
-- p_email, and that the scope may see, and how far was
-- looked: `searched_to` is absent where there is nothing older. In account scope the account is the scope's own, and
-- internal notes have no words.
create function ticket_find(p_query text, p_email text, p_account uuid, p_submitter uuid, p_before uuid, p_limit integer)
  returns table (ids uuid[], searched_to uuid)
  language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  organization uuid := app_organization_id();
  staff boolean := app_scope() = 'organization';
  account uuid := case when staff then p_account else app_billing_account_id() end;
  query tsquery := search_query(p_query);
  -- Told apart from the words: a customer learns nobody's address by searching for its beginning.
  people uuid[] := array(select u.id from portal_users u
    where staff and p_email is not null and u.organization_id = organization and u.email like p_email order by u.id limit 200);
  by_words uuid[];
begin
  ids := '{}';
  if organization is null or coalesce(app_scope(), '') not in ('organization', 'account') or (not staff and account is null)
    or numnode(query) = 0 then
    return next;
    return;
  end if;
  ids := array(select f.id from ticket_find_walking(organization, account, p_submitter, staff, query, people, p_before, p_limit) f);
  if cardinality(ids) = p_limit then
    searched_to := ids[p_limit];
    return next;
    return;
  end if;
  searched_to := ticket_walks_end(organization, account, p_submitter, p_before);
  if searched_to is not null and cardinality(ids) < 50 then
    by_words := array(select f.id from ticket_find_by_words(organization, account, p_submitter, staff, query, people) f);
    if cardinality(by_words) < 5000 then
      ids := array(select f.id from unnest(by_words) f (id) where p_before is null or f.id < p_before order by f.id desc limit p_limit);
      searched_to := case when cardinality(ids) = p_limit then ids[p_limit] end;
    end if;
  end if;
  return next;
end $$;
grant execute on function ticket_find to balcao_app;

create constraint trigger bump_account_version after insert or update or delete on tickets
  deferrable initially deferred for each row execute function bump_account_version('tickets');
-- Lists say what their submitters are called now.
create constraint trigger bump_account_version after update of name on portal_users
  deferrable initially deferred for each row when (old.name <> new.name) execute function bump_account_version('tickets');

-- Down Migration

drop trigger bump_account_version on portal_users;
drop table ticket_search, ticket_events, ticket_comments, tickets, ticket_counters;
drop function ticket_find, ticket_find_by_words, ticket_find_walking, ticket_walks_end, ticket_index,
  staff_name, staff_works_here, next_ticket_number;
