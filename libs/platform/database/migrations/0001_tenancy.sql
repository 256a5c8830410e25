-- Up Migration

create extension if not exists unaccent;
create extension if not exists pg_trgm;

revoke all on schema public from public;
grant usage on schema public to balcao_app, balcao_platform;

-- The three settings that decide what a connection sees. An unset one is null, and null fits nothing.
create function app_organization_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.organization_id', true), '')::uuid $$;
create function app_scope() returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.scope', true), '') $$;
create function app_billing_account_id() returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.billing_account_id', true), '')::uuid $$;

-- A policy asks for the scope in a subselect: so it is evaluated once for a statement instead of once for a row, and the
-- planner takes it for a coin toss instead of a rarity, without which large lists get plans for a single row.

-- Each procedure below gives one table its policies and its grants. The platform role sees all: its callers are listed.
create procedure protect_for_platform(relation regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('create policy platform on %s to balcao_platform using (true) with check (true)', relation);
  execute format('grant select, insert, update, delete on %s to balcao_platform', relation);
end $$;

-- Staff's table: invisible to a customer.
create procedure protect_organization_table(relation regclass) language plpgsql as $$
begin
  call protect_for_platform(relation);
  execute format('create policy organization_isolation on %s to balcao_app
    using (organization_id = app_organization_id() and (select app_scope() = ''organization''))
    with check (organization_id = app_organization_id() and (select app_scope() = ''organization''))', relation);
  execute format('grant select, insert, update, delete on %s to balcao_app', relation);
end $$;

-- Staff write it, customers read it.
create procedure protect_shared_table(relation regclass) language plpgsql as $$
begin
  call protect_organization_table(relation);
  execute format('create policy shared_reading on %s for select to balcao_app
    using (organization_id = app_organization_id() and (select app_scope() = ''account''))', relation);
end $$;

-- A customer's table: in account scope only that account's rows exist.
create procedure protect_account_table(relation regclass) language plpgsql as $$
begin
  call protect_for_platform(relation);
  execute format('create policy account_isolation on %s to balcao_app
    using (organization_id = app_organization_id()
      and ((select app_scope() = ''organization'') or ((select app_scope() = ''account'') and billing_account_id = (select app_billing_account_id()))))
    with check (organization_id = app_organization_id()
      and ((select app_scope() = ''organization'') or ((select app_scope() = ''account'') and billing_account_id = (select app_billing_account_id()))))', relation);
  execute format('grant select, insert, update, delete on %s to balcao_app', relation);
end $$;

-- Written from every scope of the organization, read by staff only: outbox, mails, audit.
create procedure protect_append_table(relation regclass) language plpgsql as $$
begin
  call protect_for_platform(relation);
  execute format('create policy organization_reading on %s for select to balcao_app
    using (organization_id = app_organization_id() and (select app_scope() = ''organization''))', relation);
  execute format('create policy appending on %s for insert to balcao_app
    with check (organization_id = app_organization_id() and app_scope() in (''organization'', ''account''))', relation);
  execute format('grant select, insert on %s to balcao_app', relation);
end $$;

-- Accents fold away in every comparison of people's words.
create function fold(value text) returns text language sql immutable strict parallel safe
  set search_path = public, pg_catalog
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

create function touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;

-- Down Migration

drop function touch_updated_at();
drop function fold(text);
drop procedure protect_append_table(regclass);
drop procedure protect_account_table(regclass);
drop procedure protect_shared_table(regclass);
drop procedure protect_organization_table(regclass);
drop procedure protect_for_platform(regclass);
drop function app_billing_account_id();
drop function app_scope();
drop function app_organization_id();
drop extension pg_trgm;
drop extension unaccent;
