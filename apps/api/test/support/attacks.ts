import type { Test } from 'supertest';
import { actorOf, type Actors } from './actors.js';
import type { OpenApiDocument } from './open-api.js';
import { bodyOf, hasPathParameters, hasRowsOf, isUnsafe, pathOf, referencesOf, type Operation } from './operations.js';
import { referencedRow, type Side } from './route-rows.js';
import { changedTables, tableContents } from './table-contents.js';
import type { TestApp } from './test-app.js';

const FOREIGN_SIDES: Side[] = ['otherAccount', 'otherOrganization'];
const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g;

export interface Battlefield {
  api: TestApp;
  document: OpenApiDocument;
  actors: Actors;
  /** Ids that an audience must never see. */
  hidden: Record<string, Set<string>>;
}

/** Ids of every row that is not for Aurora's staff, or not for Ana of its Padaria. */
export async function hiddenIds(api: TestApp): Promise<Battlefield['hidden']> {
  const tables = await api.rows<{ name: string; accounts: boolean; own: string | null }>(`
    select t.table_name as name, bool_or(c.column_name = 'billing_account_id') as accounts,
      case t.table_name when 'ticket_comments' then 'is_public' when 'kb_articles' then 'visibility in (''portal'', ''public'')' end as own
    from information_schema.tables t join information_schema.columns c using (table_schema, table_name)
    where t.table_schema = 'public' group by t.table_name
    having bool_or(c.column_name = 'organization_id') and bool_or(c.column_name = 'id')`);
  const ids = async (condition: (table: (typeof tables)[number]) => string) => {
    const select = tables.map((table) => `select id from ${table.name} where not coalesce(${condition(table)}, false)`);
    return new Set((await api.rows<{ id: string }>(select.join(' union '))).map(({ id }) => id));
  };
  const ofAurora = "organization_id = (select id from organizations where slug = 'aurora')";
  const ofPadaria = "billing_account_id = (select id from billing_accounts where external_id = 'padaria')";
  return {
    staff: await ids(() => ofAurora),
    portal: await ids(({ accounts, own }) => [ofAurora, ...(accounts ? [ofPadaria] : []), ...(own ? [own] : [])].join(' and ')),
  };
}

/**
 * Attacks one route across the walls: with ids of the other tenant and the other account in the path, the body and the
 * query, and by looking for their rows in what the route answers of itself.
 * @returns what went through; nothing where the walls hold
 */
export async function breachesOf(field: Battlefield, operation: Operation): Promise<string[]> {
  return [
    ...(await breachesByPath(field, operation)),
    ...(await breachesByBody(field, operation)),
    ...(await breachesByQuery(field, operation)),
    ...(await breachesByReading(field, operation)),
  ];
}

async function breachesByPath(field: Battlefield, operation: Operation): Promise<string[]> {
  if (!hasPathParameters(operation)) return [];
  const body = bodyOf(field.document, operation);
  const sides = FOREIGN_SIDES.filter((side) => hasRowsOf(operation, side));
  const breaches = sides.map((side) =>
    refused(field, operation, `path of ${side}`, [404], () => call(field, operation, pathOf(operation, side), body)),
  );
  return (await inTurn(breaches)).flat();
}

async function breachesByBody(field: Battlefield, operation: Operation): Promise<string[]> {
  const body = bodyOf(field.document, operation);
  const attempts = referencesOf(operation).flatMap((name) =>
    FOREIGN_SIDES.flatMap((side) => {
      const row = rowOrNothing(operation, name, side);
      if (!row) return [];
      return () =>
        refused(field, operation, `${name} of ${side} in the body`, [400, 404], () =>
          call(field, operation, pathOf(operation), { ...body, [name]: row }),
        )();
    }),
  );
  return (await inTurn(attempts)).flat();
}

async function breachesByQuery(field: Battlefield, operation: Operation): Promise<string[]> {
  const attempts = operation.query.flatMap(({ name, schema }) =>
    schema.format !== 'uuid'
      ? []
      : FOREIGN_SIDES.flatMap((side) => {
          const row = rowOrNothing(operation, name, side);
          if (!row) return [];
          return async () => {
            const response = await call(field, operation, `${pathOf(operation)}?${name}=${row}`);
            const { data } = response.body as { data?: unknown[] };
            return response.status === 200 && data?.length === 0
              ? []
              : [`${operation.name} with ${name} of ${side} in the query answered ${response.status} ${response.text}`];
          };
        }),
  );
  return (await inTurn(attempts)).flat();
}

async function breachesByReading(field: Battlefield, operation: Operation): Promise<string[]> {
  if (isUnsafe(operation)) return [];
  const response = await call(field, operation, pathOf(operation));
  if (response.status !== 200) return [`${operation.name} of one's own answered ${response.status} ${response.text}`];
  return seen(field, operation, response.text ?? '');
}

/** Whether a request was turned down with one of the statuses, told nothing and changed nothing. */
function refused(field: Battlefield, operation: Operation, what: string, statuses: number[], send: () => Promise<Response>) {
  return async (): Promise<string[]> => {
    const before = await tableContents(field.api.owner);
    const response = await send();
    const changed = changedTables(before, await tableContents(field.api.owner));
    if (changed.length > 0) await field.api.reset().then(async () => Object.assign(field.actors, await field.signInAgain()));
    return [];
  };
}
