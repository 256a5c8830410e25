import type { TestApp } from './test-app.js';

/** Ids that each audience must never see, whatever it asks. */
export type HiddenIds = Record<string, ReadonlySet<string>>;

/** What a customer may see of tables that hold internal things too. */
const SHOWN_TO_CUSTOMERS: Record<string, string> = {
  ticket_comments: 'is_public',
  kb_articles: "visibility in ('portal', 'public')",
};

const OF_AURORA = "organization_id = (select id from organizations where slug = 'aurora')";
const OF_PADARIA = "billing_account_id = (select id from billing_accounts where external_id = 'padaria')";

/** What those may see who are not signed in. */
const SHOWN_TO_VISITORS: Record<string, string> = {
  kb_articles: "visibility = 'public'",
  kb_categories: 'true',
  portals: "slug = 'aurora'",
};

/** Of every row that is not for Aurora's staff, not for Ana of its Padaria, or not for a visitor of its portal. */
export async function hiddenIds(api: TestApp): Promise<HiddenIds> {
  const tables = await api.rows<{ name: string; ofAccounts: boolean }>(`
    select table_name as name, bool_or(column_name = 'billing_account_id') as "ofAccounts"
    from information_schema.columns where table_schema = 'public' group by table_name
    having bool_or(column_name = 'organization_id') and bool_or(column_name = 'id')`);
  const idsWithout = async (conditionOf: (table: (typeof tables)[number]) => string[]) => {
    const selects = tables.map(
      (table) => `select id from ${table.name} where not coalesce(${conditionOf(table).join(' and ')}, false)`,
    );
    return new Set((await api.rows<{ id: string }>(selects.join(' union '))).map(({ id }) => id));
  };
  return {
    staff: await idsWithout(() => [OF_AURORA]),
    visitor: await idsWithout(({ name }) => [OF_AURORA, SHOWN_TO_VISITORS[name] ?? 'false']),
    portal: await idsWithout(({ name, ofAccounts }) => [
      OF_AURORA,
      ...(ofAccounts ? [OF_PADARIA] : name === 'billing_accounts' ? ["external_id = 'padaria'"] : []),
      ...(SHOWN_TO_CUSTOMERS[name] ? [SHOWN_TO_CUSTOMERS[name]] : []),
    ]),
  };
}
