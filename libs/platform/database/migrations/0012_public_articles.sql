-- Up Migration

-- What a tenant wrote to dress its portal, as it was typed: it is checked and confined anew whenever it is served.
alter table portals add column custom_css text check (length(custom_css) between 1 and 20000);

-- The scope of somebody who is not signed in. No other policy knows it, so nothing else exists in it.
create policy public_reading on kb_articles for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'visitor') and visibility = 'public');
create policy public_reading on kb_categories for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'visitor'));

-- Joining texts depends on no setting, though the general function for arrays of any type is not known to.
create function kb_tags_text(tags text[]) returns text language sql immutable parallel safe
  as $$ select array_to_string(tags, ' ') $$;

-- Tags are found like titles' words.
alter table kb_articles drop column search;
alter table kb_articles add column search tsvector not null generated always as (
  setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, title)), 'A')
  || setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, kb_tags_text(tags))), 'B')
  || setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, excerpt)), 'B')
  || setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, body_text)), 'C')) stored;
create index kb_articles_search on kb_articles using gin (organization_id, search);

-- What misspelt words are compared with where nothing has them as they were typed.
alter table kb_articles add column near_text text not null generated always as (
  fold(left(title || ' ' || kb_tags_text(tags) || ' ' || excerpt || ' ' || body_text, 4000))) stored;
create index kb_articles_near on kb_articles using gin (organization_id, near_text gin_trgm_ops);

drop function kb_search(text[], text, uuid, text, integer, integer);

-- Searches the articles that the bound scope may read, in the languages that are offered. Row-level security would keep
-- these indexes unused, because the operators of text search are not leakproof; so the function works as the tables'
-- owner, demands the tenant's settings itself, and answers ids only: their rows are then read under the policies.
-- It searches every word; where nothing has them all, any word; and where nothing has any, words that look like the
-- longest three. The last word may be unfinished, and titles forgive misspelling at once. An article shows in the
-- reader's language, and in the other where it has no translation that they may read.
create function kb_search(
  p_words text[], p_locale text, p_languages text[], p_category_id uuid, p_tag text, p_limit integer, p_offset integer
) returns table (id uuid, rank real, total bigint)
  language plpgsql stable security definer rows 20
  set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.5
  set plan_cache_mode = force_custom_plan
  set client_min_messages = warning
as $$
declare
  v_organization_id constant uuid := app_organization_id();
  v_visible constant text[] := case app_scope()
    when 'visitor' then array['public'] when 'account' then array['portal', 'public'] when 'organization' then array['portal', 'public'] end;
  v_phrase constant text := fold(array_to_string(p_words, ' '));
  v_all tsquery := '';
  v_any tsquery := '';
  v_word text;
  v_term tsquery;
  v_near text[];
  v_near1 text;
  v_near2 text;
  v_near3 text;
begin
  if v_organization_id is null or v_visible is null then
    return;
  end if;
  for position in 1 .. cardinality(p_words) loop
    v_word := p_words[position];
    v_term := plainto_tsquery('pg_catalog.portuguese', kb_words('pt-BR', v_word)) || plainto_tsquery('pg_catalog.english', kb_words('en-US', v_word));
    if position = cardinality(p_words) and numnode(v_term) > 0 then
      v_word := regexp_replace(fold(v_word), '[^a-z0-9]', '', 'g');
      if length(v_word) >= 2 then
        v_term := v_term || (v_word || ':*')::tsquery;
      end if;
    end if;
    v_all := v_all && v_term;
    v_any := v_any || v_term;
  end loop;
  if not kb_finds(v_organization_id, v_visible, p_languages, v_all, v_phrase) then
    v_all := v_any;
    if not kb_finds(v_organization_id, v_visible, p_languages, v_any, v_phrase) then
      -- Shorter words look like too many others.
      v_near := array(select fold(w) from unnest(p_words) w where length(w) >= 4 order by length(w) desc, w limit 3);
      v_near1 := v_near[1];
      v_near2 := v_near[2];
      v_near3 := v_near[3];
    end if;
  end if;
  return query
    select a.id,
      case when v_near1 is not null
        then word_similarity(v_near1, a.near_text) + word_similarity(v_near1, a.title_folded)
        else ts_rank('{0.05, 0.2, 0.5, 1}', a.search, v_all, 1) + word_similarity(v_phrase, a.title_folded) end::real as score,
      count(*) over ()
    from kb_articles a
    where a.organization_id = v_organization_id
      and (v_near1 is not null or a.search @@ v_all or v_phrase <% a.title_folded)
      and (v_near1 is null or v_near1 <% a.near_text)
      and (v_near2 is null or v_near2 <% a.near_text)
      and (v_near3 is null or v_near3 <% a.near_text)
      and a.visibility = any (v_visible)
      and a.locale = any (p_languages)
      and (a.locale = p_locale or not exists (
        select from kb_articles own where own.organization_id = v_organization_id and own.slug = a.slug and own.locale = p_locale
          and own.visibility = any (v_visible)))
      and (p_category_id is null or a.category_id = p_category_id)
      and (p_tag is null or p_tag = any (a.tags))
    order by score desc, a.published_at desc, a.id desc
    limit p_limit offset p_offset;
end $$;

-- Whether a search would find anything, whatever the filters besides it. Called by `kb_search` alone.
create function kb_finds(p_organization_id uuid, p_visible text[], p_languages text[], p_query tsquery, p_phrase text)
  returns boolean language plpgsql stable
  set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.5
  set plan_cache_mode = force_custom_plan
as $$
begin
  return exists (
    select from kb_articles a
    where a.organization_id = p_organization_id and (a.search @@ p_query or p_phrase <% a.title_folded)
      and a.visibility = any (p_visible) and a.locale = any (p_languages));
end $$;
revoke all on function kb_finds(uuid, text[], text[], tsquery, text) from public;
revoke all on function kb_search(text[], text, text[], uuid, text, integer, integer) from public;
grant execute on function kb_search(text[], text, text[], uuid, text, integer, integer) to balcao_app;

-- Down Migration

drop function kb_search(text[], text, text[], uuid, text, integer, integer);
drop function kb_finds(uuid, text[], text[], tsquery, text);
alter table kb_articles drop column near_text;
alter table kb_articles drop column search;
alter table kb_articles add column search tsvector not null generated always as (
  setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, title)), 'A')
  || setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, excerpt)), 'B')
  || setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, body_text)), 'C')) stored;
create index kb_articles_search on kb_articles using gin (organization_id, search);
drop function kb_tags_text(text[]);
drop policy public_reading on kb_categories;
drop policy public_reading on kb_articles;
alter table portals drop column custom_css;
create function kb_search(p_words text[], p_locale text, p_category_id uuid, p_tag text, p_limit integer, p_offset integer)
  returns table (id uuid, rank real, total bigint)
  language plpgsql stable security definer rows 20
  set search_path = public, pg_temp
  set pg_trgm.word_similarity_threshold = 0.5
  set plan_cache_mode = force_custom_plan
  set client_min_messages = warning
as $$
declare
  v_organization_id constant uuid := app_organization_id();
  v_phrase constant text := fold(array_to_string(p_words, ' '));
  v_all tsquery := '';
  v_any tsquery := '';
  v_word text;
  v_term tsquery;
begin
  if v_organization_id is null or app_scope() is null or app_scope() not in ('organization', 'account') then
    return;
  end if;
  for position in 1 .. cardinality(p_words) loop
    v_word := p_words[position];
    v_term := plainto_tsquery('pg_catalog.portuguese', kb_words('pt-BR', v_word)) || plainto_tsquery('pg_catalog.english', kb_words('en-US', v_word));
    if position = cardinality(p_words) and numnode(v_term) > 0 then
      v_word := regexp_replace(fold(v_word), '[^a-z0-9]', '', 'g');
      if length(v_word) >= 2 then
        v_term := v_term || (v_word || ':*')::tsquery;
      end if;
    end if;
    v_all := v_all && v_term;
    v_any := v_any || v_term;
  end loop;
  if not exists (
    select from kb_articles a
    where a.organization_id = v_organization_id and (a.search @@ v_all or v_phrase <% a.title_folded) and a.visibility in ('portal', 'public')
  ) then
    v_all := v_any;
  end if;
  return query
    select a.id, (ts_rank('{0.05, 0.2, 0.5, 1}', a.search, v_all, 1) + word_similarity(v_phrase, a.title_folded))::real as score, count(*) over ()
    from kb_articles a
    where a.organization_id = v_organization_id
      and (a.search @@ v_all or v_phrase <% a.title_folded)
      and a.visibility in ('portal', 'public')
      and (a.locale = p_locale or not exists (
        select from kb_articles own where own.organization_id = v_organization_id and own.slug = a.slug and own.locale = p_locale
          and own.visibility in ('portal', 'public')))
      and (p_category_id is null or a.category_id = p_category_id)
      and (p_tag is null or p_tag = any (a.tags))
    order by score desc, a.published_at desc, a.id desc
    limit p_limit offset p_offset;
end $$;
revoke all on function kb_search(text[], text, uuid, text, integer, integer) from public;
grant execute on function kb_search(text[], text, uuid, text, integer, integer) to balcao_app;
