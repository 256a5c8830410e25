-- Up Migration

-- Joining texts depends on no setting, though the general function for arrays of any type is not known to.
create function kb_tags_text(tags text[]) returns text language sql immutable parallel safe
  as $$ select array_to_string(tags, ' ') $$;

-- The word by which articles of a category are found; no text can hold it.
create function kb_category_word(category_id uuid) returns text language sql immutable strict parallel safe
  as $$ select '''#' || category_id || '''' $$;

create table kb_categories (
  organization_id uuid not null default app_organization_id() references organizations,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?$'),
  name_pt text collate alphabetical not null check (length(name_pt) between 1 and 100),
  name_en text collate alphabetical not null check (length(name_en) between 1 and 100),
  position integer not null default 0,
  search tsvector not null generated always as (search_vector('pt-BR', name_pt) || search_vector('en-US', name_en)) stored,
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
  excerpt text not null default '' check (length(excerpt) <= 500),
  body_markdown text not null check (length(body_markdown) <= 100000),
  -- What the body says to readers, to search and in lists: made once for each version, so that reading renders nothing.
  body_html text not null default '',
  body_text text not null default '',
  body_excerpt text not null default '',
  category_id uuid,
  tags text[] not null default '{}',
  visibility text not null default 'draft' check (visibility in ('draft', 'internal', 'portal', 'public')),
  published_at timestamptz,
  version integer not null default 1,
  author_id uuid,
  title_search tsvector not null generated always as (search_vector(locale, title)) stored,
  -- A category stands here as a word of its own, so that renaming it touches no article.
  search tsvector not null generated always as (
    setweight(search_vector(locale, title), 'A')
    || setweight(search_vector(locale, kb_tags_text(tags) || ' ' || excerpt), 'B')
    || coalesce((kb_category_word(category_id) || ':1B')::tsvector, '')
    || setweight(search_vector(locale, body_text), 'C')) stored,
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
create index kb_articles_title_search on kb_articles using gin (organization_id, title_search);
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

-- Addresses that articles had before: they lead to the present one, and nobody else gets them.
create table kb_old_slugs (
  organization_id uuid not null default app_organization_id() references organizations,
  slug text not null,
  leads_to text not null,
  primary key (organization_id, slug)
);
create index kb_old_slugs_leading on kb_old_slugs (organization_id, leads_to);
call protect_shared_table('kb_old_slugs');
create policy public_reading on kb_old_slugs for select to balcao_app
  using (organization_id = app_organization_id() and (select app_scope() = 'visitor'));

-- The words of an organization's articles, with which misspelt ones are compared. They only grow, to a
-- number that no language comes near: a word that no article has any more finds none.
create table kb_vocabulary (
  organization_id uuid not null references organizations,
  word text collate "C" not null,
  primary key (organization_id, word)
);
call protect_organization_table('kb_vocabulary');

create function kb_learn_words() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- Found by walking the index to that place, and no further. Without it articles of words made up would grow it for ever.
  if exists (select from kb_vocabulary v where v.organization_id = new.organization_id offset 100000) then
    return null;
  end if;
  -- In their order, so that two articles saved at once wait for each other in one direction only.
  insert into kb_vocabulary (organization_id, word)
  select new.organization_id, word from unnest(tsvector_to_array(new.search)) word
  where word ~ '^[^#0-9]{4,30}$' order by word collate "C"
  on conflict do nothing;
  return null;
end $$;
create trigger learn_words after insert or update of title, tags, excerpt, body_text, locale on kb_articles
  for each row execute function kb_learn_words();
create trigger learn_words after insert or update of name_pt, name_en on kb_categories
  for each row execute function kb_learn_words();

-- Searches the articles that the bound scope may read, in the languages that are offered. Row-level security would keep
-- these indexes unused, because the operators of text search are not leakproof; so the function works as the tables'
-- owner, demands the tenant's settings itself, and answers ids only: their rows are then read under the policies.
-- It searches every word, in an article or in its category's name; where nothing has them all, other words for the same
-- thing will do, and misspelt words may be others; and where nothing has those, any word will do. Only what the reader would be shown counts.
-- Staff name what they look for by its visibility: then it is each language of an article, of what is not published too.
create function kb_search(
  p_query text, p_locale text, p_languages text[], p_category_id uuid, p_tag text, p_limit integer, p_offset integer,
  p_visibility text[] default null
) returns table (id uuid, rank real, total bigint)
  language plpgsql stable security definer rows 20
  set search_path = public, pg_temp
  set client_min_messages = warning
as $$
declare
  v_organization_id constant uuid := app_organization_id();
  v_visible constant text[] := case app_scope()
    when 'visitor' then array['public'] when 'account' then array['portal', 'public'] when 'organization' then coalesce(p_visibility, array['portal', 'public']) end;
  v_each constant boolean := app_scope() = 'organization' and p_visibility is not null;
  v_every tsquery := '';
  v_nearly tsquery := '';
  v_any tsquery := '';
  v_spellings text[];
  v_term tsquery;
  v_near tsquery;
begin
  if v_organization_id is null or v_visible is null then
    return;
  end if;
  for v_spellings, v_term in select t.spellings, t.term from search_terms(p_query) t loop
    v_near := v_term || kb_alike(v_spellings[1], p_locale) || kb_nearby(v_organization_id, v_spellings[1]);
    v_term := v_term || kb_standing_in(v_organization_id, v_term);
    v_near := v_near || kb_standing_in(v_organization_id, v_near);
    v_every := v_every && v_term;
    v_nearly := v_nearly && v_near;
    v_any := v_any || v_near;
  end loop;
  if numnode(v_any) = 0 then
    return;
  end if;
  foreach v_term in array array[v_every, v_nearly, v_any] loop
    return query
      with found as materialized (
        select * from kb_found(v_organization_id, v_visible, p_languages, p_locale, p_category_id, p_tag, v_each, v_term))
      select f.id, f.score, (select count(*) from found) from found f
      order by f.score desc, f.published_at desc, f.id desc limit p_limit offset p_offset;
    exit when found or (p_offset > 0 and exists (
      select from kb_found(v_organization_id, v_visible, p_languages, p_locale, p_category_id, p_tag, v_each, v_term)));
  end loop;
end $$;

-- The articles that a query finds and that the reader would be shown: in their language, or in the other where it has no
-- translation for them, or `p_each` of its languages. Those whose title has it all come first; of frequent words not all are looked at. Called by
-- `kb_search` alone.
create function kb_found(
  p_organization_id uuid, p_visible text[], p_languages text[], p_locale text, p_category_id uuid, p_tag text, p_each boolean,
  p_query tsquery
) returns table (id uuid, score real, published_at timestamptz)
  language plpgsql stable rows 100
  set search_path = public, pg_temp
  set plan_cache_mode = force_custom_plan
  set enable_seqscan = off
  set enable_indexscan = off
as $$
begin
  return query
    with titled as materialized (
      select a.id from kb_articles a
      where a.organization_id = p_organization_id and a.title_search @@ p_query and a.visibility = any (p_visible) and a.locale = any (p_languages)
        and (p_category_id is null or a.category_id = p_category_id) and (p_tag is null or p_tag = any (a.tags))
        and (p_each or a.locale = p_locale or (
          select own.id from kb_articles own
          where own.organization_id = p_organization_id and own.slug = a.slug and own.locale = p_locale and own.visibility = any (p_visible)
        ) is null)
      limit 300
    ), worded as materialized (
      select a.id from kb_articles a
      where a.organization_id = p_organization_id and a.search @@ p_query and a.visibility = any (p_visible) and a.locale = any (p_languages)
        and (p_category_id is null or a.category_id = p_category_id) and (p_tag is null or p_tag = any (a.tags))
        and (p_each or a.locale = p_locale or (
          select own.id from kb_articles own
          where own.organization_id = p_organization_id and own.slug = a.slug and own.locale = p_locale and own.visibility = any (p_visible)
        ) is null)
      limit 300
    )
    select a.id, ts_rank('{0.05, 0.2, 0.5, 1}', a.search, p_query, 1) * case when a.locale = p_locale then 1 else 0.5 end::real, a.published_at
    from (select titled.id from titled union select worded.id from worded) candidate
    join kb_articles a on a.organization_id = p_organization_id and a.id = candidate.id;
end $$;

-- What finds the articles that stand in categories with such a name.
create function kb_standing_in(p_organization_id uuid, p_query tsquery) returns tsquery language sql stable
  set search_path = public, pg_temp as $$
  select coalesce(string_agg(kb_category_word(c.id), ' | ')::tsquery, '') from kb_categories c
  where c.organization_id = p_organization_id and c.search @@ p_query
$$;

-- Words, folded, that people of one language use for the same thing in the help of companies that sell services.
create function kb_synonyms(p_word text, p_locale text) returns text[] language sql immutable strict parallel safe
  set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct other) filter (where other <> p_word), '{}')
  from (values
    ('pt-BR', array['modem', 'roteador']), ('pt-BR', array['internet', 'conexao', 'rede']),
    ('pt-BR', array['wifi', 'wireless']), ('pt-BR', array['boleto', 'fatura', 'cobranca']),
    ('pt-BR', array['pagar', 'pagamento', 'quitar']), ('pt-BR', array['login', 'entrar', 'acessar', 'acesso']),
    ('pt-BR', array['telefone', 'celular', 'fone']), ('pt-BR', array['lento', 'devagar', 'lentidao']),
    ('pt-BR', array['defeito', 'problema', 'falha', 'erro']), ('pt-BR', array['cancelar', 'cancelamento', 'desistir']),
    ('pt-BR', array['mudanca', 'mudar', 'transferir']), ('pt-BR', array['tecnico', 'instalador']),
    ('pt-BR', array['plano', 'assinatura', 'pacote']), ('pt-BR', array['preco', 'valor', 'custo', 'tarifa']),
    ('pt-BR', array['prazo', 'vencimento']), ('pt-BR', array['comprovante', 'recibo']),
    ('pt-BR', array['usuario', 'pessoa', 'colega']), ('pt-BR', array['chamado', 'protocolo', 'solicitacao']),
    ('en-US', array['modem', 'router']), ('en-US', array['internet', 'connection', 'network']),
    ('en-US', array['invoice', 'bill']), ('en-US', array['pay', 'payment']), ('en-US', array['password', 'passcode']),
    ('en-US', array['login', 'signin', 'access']), ('en-US', array['phone', 'mobile', 'telephone']),
    ('en-US', array['error', 'fault', 'problem', 'failure']), ('en-US', array['cancel', 'cancellation', 'terminate']),
    ('en-US', array['move', 'relocation']), ('en-US', array['plan', 'subscription', 'package']),
    ('en-US', array['price', 'cost', 'fee']), ('en-US', array['deadline', 'due']), ('en-US', array['receipt', 'proof']),
    ('en-US', array['user', 'person', 'colleague']), ('en-US', array['ticket', 'request', 'case'])
  ) as alike (locale, words), unnest(words) other
  where locale = p_locale and exists (
    select from unnest(words) word
    where word = p_word or plainto_tsquery('pg_catalog.portuguese', search_singular(word)) = plainto_tsquery('pg_catalog.portuguese', search_singular(p_word))
      or plainto_tsquery('pg_catalog.english', word) = plainto_tsquery('pg_catalog.english', p_word))
$$;

-- What finds the articles that say the same by other words.
create function kb_alike(p_word text, p_locale text) returns tsquery language sql immutable strict parallel safe
  set search_path = public, pg_temp as $$
  select coalesce(string_agg('(' || search_term(word, false)::text || ')', ' | ')::tsquery, '') from unnest(kb_synonyms(p_word, p_locale)) word
$$;

-- The words of the organization that somebody may have meant by one that no article has: at most one slip away, two in a
-- long word, letters that changed places being one.
create function kb_nearby(p_organization_id uuid, p_word text) returns tsquery language plpgsql stable
  set search_path = public, pg_temp
as $$
declare
  v_most constant integer := case when length(p_word) < 7 then 1 else 2 end;
  v_first constant text := left(p_word, 1);
  v_near text;
begin
  if length(p_word) not between 4 and 30 or p_word ~ '[0-9]'
    or exists (select from kb_vocabulary v where v.organization_id = p_organization_id and v.word = p_word) then
    return '';
  end if;
  -- Nearly everybody has the first letter right.
  for attempt in 1 .. 2 loop
    select string_agg(quote_literal(near.word), ' | ') into v_near from (
      select near.word, rank() over (order by near.slips) as place from (
        select v.word, case when v.slips = 2 and kb_letters(v.word) = kb_letters(p_word) then 1 else v.slips end as slips
        from (
          select w.word, levenshtein_less_equal(w.word, p_word, 2) as slips from kb_vocabulary w
          where w.organization_id = p_organization_id and length(w.word) between length(p_word) - 2 and length(p_word) + 2
            and (attempt = 2 or (w.word >= v_first and w.word < v_first || chr(1114111)))
        ) v where v.slips <= 2
      ) near where near.slips <= v_most
    ) near where near.place = 1;
    exit when v_near is not null;
  end loop;
  return coalesce(v_near::tsquery, '');
end $$;

-- The letters of a word in the order of the alphabet: the same for words whose letters changed places.
create function kb_letters(word text) returns text language sql immutable strict parallel safe
  as $$ select string_agg(letter, '' order by letter) from string_to_table(word, null) letter $$;

grant execute on function kb_search to balcao_app;
grant execute on function kb_tags_text, kb_category_word, kb_synonyms to balcao_app, balcao_platform;

-- Down Migration

drop function kb_search, kb_found, kb_nearby, kb_alike, kb_synonyms, kb_standing_in, kb_letters;
drop table kb_vocabulary, kb_old_slugs, kb_articles, kb_categories;
drop function kb_learn_words, kb_category_word, kb_tags_text;
