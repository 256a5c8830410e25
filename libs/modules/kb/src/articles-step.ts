import { countUpTo, type FirstStep } from '@balcao/module-directory';
import { sql } from '@balcao/platform-tenancy';

/** Done once customers find something to read. */
export const articlesStep: FirstStep = {
  name: 'articles',
  count: (db) =>
    countUpTo(db, sql`select 1 from kb_articles a where ${db.tenant('a')} and a.visibility in ('portal', 'public')`),
};
