-- Up Migration

create extension if not exists unaccent;
create extension if not exists pg_trgm;
create extension if not exists btree_gin;
create extension if not exists fuzzystrmatch;

-- How people look things up: accents and case count only where nothing else differs. Whatever a list is ordered by and
-- people read is of it, so that its order, its indexes and its comparisons are the same everywhere.
create collation alphabetical (provider = icu, locale = 'und');

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
-- planner takes it for a coin toss instead of a rarity, without which large lists get plans for a single row. Where no
-- `with check` stands, what is written must fulfil `using` as well.

-- Each procedure below gives one table its policies and its grants. The platform role sees all: its callers are listed.
create procedure protect_for_platform(relation regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', relation);
  execute format('create policy platform on %s to balcao_platform using (true)', relation);
  execute format('grant select, insert, update, delete on %s to balcao_platform', relation);
end $$;

-- Staff's table: invisible to a customer.
create procedure protect_organization_table(relation regclass) language plpgsql as $$
begin
  call protect_for_platform(relation);
  execute format('create policy organization_isolation on %s to balcao_app
    using (organization_id = app_organization_id() and (select app_scope() = ''organization''))', relation);
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
      and ((select app_scope() = ''organization'') or ((select app_scope() = ''account'') and billing_account_id = (select app_billing_account_id()))))', relation);
  execute format('grant select, insert, update, delete on %s to balcao_app', relation);
end $$;

-- Staff write it, a customer reads the own account's rows.
create procedure protect_read_only_account_table(relation regclass) language plpgsql as $$
begin
  call protect_organization_table(relation);
  execute format('create policy account_reading on %s for select to balcao_app
    using (organization_id = app_organization_id() and (select app_scope() = ''account'')
      and billing_account_id = (select app_billing_account_id()))', relation);
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

-- Functions whose names begin so are for these roles.
create procedure reserve_functions(beginning text, roles text) language plpgsql as $$
declare f regprocedure;
begin
  for f in select oid from pg_proc where pronamespace = 'public'::regnamespace and starts_with(proname, beginning) loop
    execute format('grant execute on function %s to %s', f, roles);
  end loop;
end $$;

-- Accents fold away in every comparison of people's words.
create function fold(value text) returns text language sql immutable strict parallel safe
  set search_path = public, pg_catalog
  as $$ select lower(public.unaccent('public.unaccent'::regdictionary, value)) $$;

-- Text search: one way of cutting words for what is stored and for what is asked, so that both are cut and dropped alike.

-- Dictionaries that keep words as they are, without those that say nothing.
create text search dictionary search_plain_pt (template = pg_catalog.simple, stopwords = portuguese);
create text search dictionary search_plain_en (template = pg_catalog.simple, stopwords = english);
create text search configuration search_plain_pt (copy = pg_catalog.simple);
alter text search configuration search_plain_pt alter mapping replace pg_catalog.simple with search_plain_pt;
create text search configuration search_plain_en (copy = pg_catalog.simple);
alter text search configuration search_plain_en alter mapping replace pg_catalog.simple with search_plain_en;

-- Folded, and cut at whatever is neither letter nor digit. A sign that joins words (wi-fi, E-4711) or digits (10.77.88.99)
-- stays for the next step, as do the groups of a phone's number: +55 (11) 98765-4321. What cannot be seen divides nothing.
create function search_cut(value text) returns text language sql immutable strict parallel safe set search_path = public, pg_catalog as $$
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(
    fold(translate(normalize(value, NFKC), U&'\00AD\200B\200C\200D\2060\FEFF', '')),
    '(?<=[0-9])[./:](?=[0-9])', '-', 'g'),
    '[^0-9a-z\u00c0-\u1fff\u2c00-\u2dff\u3040-\ufffd''_-]+', ' ', 'g'),
    '\m([0-9]{3,5}) (?=[0-9]{3,4}\M)', '\1-', 'g'),
    '\m([0-9]{1,4}) (?=([0-9]{1,3}[ -]){0,3}([0-9]{3,5}-[0-9]{3,4}|[0-9]{8,11})\M)', '\1-', 'g')
$$;

-- A phone's number as it may be dialled: without the zeros and the country before it (Brazil's, or North America's).
create function search_dialled(number text) returns text language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select coalesce(substring(number from '^0*55([1-9][0-9]{9,10})$'), substring(number from '^0*1([2-9][0-9]{9})$'), ltrim(number, '0'))
$$;

-- The numbers by which the groups of a phone's number are found: with what stands before it and without, down to what
-- neighbours dial.
create function search_phones(word text) returns text language sql immutable strict parallel safe set search_path = public, pg_catalog as $$
  select string_agg(distinct form, ' ') from (
    select array_to_string(groups[n:], '') as rest from string_to_array(word, '-') groups, generate_series(1, least(cardinality(groups), 4)) n
  ) written, search_dialled(rest) dialled,
    unnest(array[rest, dialled, ltrim(rest, '0'), substring(dialled from '^[1-9][0-9]([0-9]{8,9})$')]) form
  where length(form) between 7 and 15
$$;

-- The words that a text holds: the parts of a joined word, then each joined word written together, and numbers without
-- their leading zeros and as phones dial them.
create function search_words(value text) returns text language sql immutable strict parallel safe set search_path = public, pg_catalog as $$
  select concat_ws(' ', parts,
    (select string_agg(translate(word, '-_''', ''), ' ') from string_to_table(cut, ' ') word where word ~ '[^-_''][-_''][^-_'']'),
    (select string_agg(found[1], ' ') from regexp_matches(parts, '\m0+([1-9][0-9]*)\M', 'g') found),
    (select string_agg(search_phones(word), ' ') from string_to_table(cut, ' ') word
      where word ~ '^[0-9]+(-[0-9]+)*$' and length(translate(word, '-', '')) between 8 and 15))
  from search_cut(value) cut, translate(cut, '-_''', '   ') parts
$$;

-- The stemmer keeps some Portuguese plurals apart from their singular: those without their accent (-oes, -ais, -eis), -ns,
-- and those of borrowed words (links, e-mails). It also takes "modem" for a form of "modo".
create function search_singular(words text) returns text language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(words,
    '(?:oes|aes|aos)\M', 'ao', 'g'), '(\w\w[aeou])is\M', '\1l', 'g'), '(\w[^\Waeiou])(?:is|il)\M', '\1el', 'g'),
    '([^\Waeious])s\M', '\1', 'g'), 'n\M', 'm', 'g'), '\mmodem\M', 'modeme', 'g')
$$;

-- What is indexed of a text: every word as it is, so that its beginning finds it, and its stem in the text's language.
create function search_vector(locale text, value text) returns tsvector language sql immutable parallel safe set search_path = public, pg_catalog as $$
  select case when locale like 'en%'
    then to_tsvector('pg_catalog.english', words) || to_tsvector('public.search_plain_en', words)
    else to_tsvector('pg_catalog.portuguese', search_singular(words)) || to_tsvector('public.search_plain_pt', words) end
  from search_words(value) words
$$;

-- Whether a word says nothing in Portuguese or in English; some have lost their accent.
create function search_ignores(word text) returns boolean language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select ts_lexize('portuguese_stem', word) = '{}' or ts_lexize('english_stem', word) = '{}'
    or word in ('nao', 'sao', 'ate', 'ja', 'so', 'tambem', 'voce', 'voces', 'ha', 'estao', 'sera', 'serao', 'tera', 'terao', 'pra', 'vc')
$$;

create function search_beginning(word text) returns tsquery language sql immutable strict parallel safe set search_path = pg_catalog as $$
  select (quote_literal(word) || ':*')::tsquery
$$;

-- What finds one word, or its beginning where it may be unfinished: in either language, since a reader may type one and
-- be shown the other. A number's leading zeros do not matter, nor does a phone's country.
create function search_term(word text, unfinished boolean) returns tsquery language sql immutable strict parallel safe set search_path = public, pg_catalog as $$
  select plainto_tsquery('pg_catalog.portuguese', search_singular(word)) || plainto_tsquery('pg_catalog.english', word)
    || plainto_tsquery('pg_catalog.simple', word)
    || case when word ~ '^0+[1-9][0-9]*$' then plainto_tsquery('pg_catalog.simple', ltrim(word, '0')) else '' end
    || case when word ~ '^[0-9]{10,15}$' then plainto_tsquery('pg_catalog.simple', search_dialled(word)) else '' end
    || case when unfinished and length(word) > 1 then search_beginning(word) else '' end
$$;

-- What a text asks for, word by word: the spellings that count, and what finds them. The last word may be unfinished,
-- words that say nothing are not asked for while another one does, and more than eight narrow a search no further.
create function search_terms(value text, out spellings text[], out term tsquery)
  returns setof record language plpgsql immutable strict parallel safe rows 4 set search_path = public, pg_catalog as $$
declare
  words constant text[] := array(select word from string_to_table(search_cut(value), ' ') word where word ~ '[^-_'']' limit 8);
  whole text;
  parts text[];
  every tsquery;
  unfinished boolean;
  silent boolean := true;
begin
  for n in 1 .. cardinality(words) loop
    whole := translate(words[n], '-_''', '');
    parts := array(select part from regexp_split_to_table(words[n], '[-_'']+') part where part <> '');
    unfinished := n = cardinality(words);
    spellings := array[whole];
    term := search_term(whole, unfinished);
    if cardinality(parts) > 1 then
      every := '';
      for p in 1 .. cardinality(parts) loop
        continue when search_ignores(parts[p]);
        spellings := spellings || parts[p];
        every := every && search_term(parts[p], unfinished and p = cardinality(parts));
      end loop;
      -- "e-mail" is no "mail", but the number of "E-4711" says enough.
      if cardinality(spellings) > cardinality(parts) or whole ~ '[0-9]' then
        term := term || every;
      else
        spellings := array[whole];
      end if;
    elsif search_ignores(whole) then
      continue;
    end if;
    silent := false;
    return next;
  end loop;
  if silent and length(whole) > 1 then
    spellings := array[whole];
    term := search_beginning(whole);
    return next;
  end if;
end $$;

-- A whole text as a query: every word of it, or any.
create function search_query(value text, every boolean default true) returns tsquery language sql immutable strict parallel safe set search_path = public, pg_catalog as $$
  select coalesce(string_agg('(' || term::text || ')', case when every then ' & ' else ' | ' end)::tsquery, '')
  from search_terms(value) where numnode(term) > 0
$$;

create function touch_updated_at() returns trigger language plpgsql as $$
begin
  new.updated_at := now();
  return new;
end $$;

-- Whoever binds a connection may call what stands above. Whatever is made from here on is called by nobody who is not
-- named, so that a door whose grant was forgotten is shut.
alter default privileges revoke execute on routines from public;

-- Down Migration

alter default privileges grant execute on routines to public;
drop function touch_updated_at, search_query, search_terms, search_term, search_beginning, search_ignores,
  search_vector, search_singular, search_words, search_phones, search_dialled, search_cut;
drop text search configuration search_plain_en, search_plain_pt;
drop text search dictionary search_plain_en, search_plain_pt;
drop function fold;
drop procedure protect_append_table, protect_read_only_account_table, protect_account_table, protect_shared_table, protect_organization_table,
  protect_for_platform, reserve_functions;
drop function app_billing_account_id, app_scope, app_organization_id;
drop collation alphabetical;
drop extension fuzzystrmatch, btree_gin, pg_trgm, unaccent;
