-- Up Migration

create text search configuration portuguese_folded (copy = portuguese);
alter text search configuration portuguese_folded
  alter mapping for hword, hword_part, word with public.unaccent, portuguese_stem;
create text search configuration english_folded (copy = english);
alter text search configuration english_folded
  alter mapping for hword, hword_part, word with public.unaccent, english_stem;

create function kb_search_configuration(locale text) returns regconfig language sql immutable parallel safe
  as $$ select case when locale like 'en%' then 'public.english_folded'::regconfig else 'public.portuguese_folded'::regconfig end $$;

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
  slug text not null check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,198}[a-z0-9])?$'),
  locale text not null check (locale in ('pt-BR', 'en-US')),
  title text not null check (length(title) between 1 and 255),
  excerpt text not null default '' check (length(excerpt) <= 500),
  body_markdown text not null check (length(body_markdown) <= 100000),
  category_id uuid,
  tags text[] not null default '{}',
  visibility text not null default 'draft' check (visibility in ('draft', 'internal', 'portal', 'public')),
  published_at timestamptz,
  version integer not null default 1,
  author_id uuid,
  search tsvector not null generated always as (
    setweight(to_tsvector(kb_search_configuration(locale), title), 'A')
    || setweight(to_tsvector(kb_search_configuration(locale), excerpt), 'B')
    || setweight(to_tsvector(kb_search_configuration(locale), body_markdown), 'C')) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, slug, locale),
  foreign key (organization_id, category_id) references kb_categories (organization_id, id),
  check (visibility not in ('portal', 'public') or published_at is not null)
);
create index kb_articles_recent on kb_articles (organization_id, locale, published_at desc, id desc);
create index kb_articles_search on kb_articles using gin (search);
create index kb_articles_title_trigrams on kb_articles using gin (fold(title) gin_trgm_ops);
-- Drafts and internal articles do not exist for a customer.
call protect_organization_table('kb_articles');
create policy published_reading on kb_articles for select to balcao_app
  using (organization_id = app_organization_id() and app_scope() = 'account' and visibility in ('portal', 'public'));
create trigger touch before update on kb_articles for each row execute function touch_updated_at();
create trigger touch before update on kb_categories for each row execute function touch_updated_at();

-- Down Migration

drop table kb_articles;
drop table kb_categories;
drop function kb_search_configuration(text);
drop text search configuration english_folded;
drop text search configuration portuguese_folded;
