-- Up Migration

create extension if not exists btree_gin;

create function kb_search_configuration(locale text) returns regconfig language sql immutable parallel safe
  as $$ select case when locale like 'en%' then 'pg_catalog.english'::regconfig else 'pg_catalog.portuguese'::regconfig end $$;

-- Words as search compares them. Accents are folded before stemming, and a word with a hyphen counts as one word too
-- (Wi-Fi, wifi). Then Portuguese plurals in -ões, -ães and -ãos meet their singular (the stemmer keeps them apart), and the
-- stop words that lost their accent are dropped again.
create function kb_words(locale text, value text) returns text language sql immutable strict parallel safe
  set search_path = public, pg_catalog as $$
  select case when locale like 'en%' then joined else
    regexp_replace(regexp_replace(joined, '(oes|aes|aos)\M', 'ao', 'g'), '\m(nao|sao|ate|ja|so|tambem|voces?|ha|estao)\M', '', 'g') end
  from regexp_replace(fold(value), '\m([a-z0-9]+)-([a-z0-9]+)\M', '\1-\2 \1\2', 'g') joined
$$;

-- Joining texts depends on no setting, though the general function for arrays of any type is not known to.
create function kb_tags_text(tags text[]) returns text language sql immutable parallel safe
  as $$ select array_to_string(tags, ' ') $$;

create table kb_categories (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$'),
  name_pt text not null check (length(name_pt) between 1 and 100),
  name_en text not null check (length(name_en) between 1 and 100),
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, slug)
);
call protect_shared_table('kb_categories');

create table kb_articles (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  -- Articles of one slug are translations of one another.
  slug text not null check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,198}[a-z0-9])?$'),
  locale text not null check (locale in ('pt-BR', 'en-US')),
  title text not null check (length(title) between 1 and 255),
  title_folded text not null generated always as (fold(title)) stored,
  excerpt text not null default '' check (length(excerpt) <= 500),
  body_markdown text not null check (length(body_markdown) <= 100000),
  -- The body without its markup: what search and excerpts look at.
  body_text text not null default '',
  category_id uuid,
  tags text[] not null default '{}',
  visibility text not null default 'draft' check (visibility in ('draft', 'internal', 'portal', 'public')),
  published_at timestamptz,
  version integer not null default 1,
  author_id uuid,
  search tsvector not null generated always as (
    setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, title)), 'A')
    || setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, kb_tags_text(tags))), 'B')
    || setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, excerpt)), 'B')
    || setweight(to_tsvector(kb_search_configuration(locale), kb_words(locale, body_text)), 'C')) stored,
  -- What misspelt words are compared with where nothing has them as they were typed.
  near_text text not null generated always as (
    fold(left(title || ' ' || kb_tags_text(tags) || ' ' || excerpt || ' ' || body_text, 4000))) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, slug, locale),
  foreign key (organization_id, category_id) references kb_categories (organization_id, id),
  check (visibility not in ('portal', 'public') or published_at is not null)
);
create index kb_articles_published on kb_articles (organization_id, published_at desc, id desc) where visibility in ('portal', 'public');
create index kb_articles_edited on kb_articles (organization_id, updated_at desc, id desc);
create index kb_articles_category on kb_articles (organization_id, category_id);
-- The organization leads, so that one tenant's search never walks through another's words.
create index kb_articles_search on kb_articles using gin (organization_id, search);
create index kb_articles_near on kb_articles using gin (organization_id, near_text gin_trgm_ops);
create index kb_articles_title_trigrams on kb_articles using gin (organization_id, title_folded gin_trgm_ops);
-- Drafts and internal articles do not exist for a customer.
call protect_organization_table('kb_articles');
create policy published_reading on kb_articles for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'account') and visibility in ('portal', 'public'));
-- The scope of somebody who is not signed in. No other policy knows it, so nothing else exists in it.
create policy public_reading on kb_articles for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'visitor') and visibility = 'public');
create policy public_reading on kb_categories for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'visitor'));
create trigger touch before update on kb_articles for each row execute function touch_updated_at();
create trigger touch before update on kb_categories for each row execute function touch_updated_at();

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
drop table kb_articles;
drop table kb_categories;
drop function kb_tags_text(text[]);
drop function kb_words(text, text);
drop function kb_search_configuration(text);
drop extension btree_gin;
