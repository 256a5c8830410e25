import { AURORA, BOREAL, copying, PADARIA, type AppRole, type Settings, type TenantTable } from './app-role.js';
import { idOf } from './ids.js';
import type { TestApp } from './test-app.js';

/** What is done to rows, of whose rows it reached any, and of whose it might have. */
type Reach = [what: string, reached: string[], all: string[]];

/**
 * Whose a row is, seen from Padaria, a customer of Aurora: its own or of the whole organization (O), another account's (A),
 * or another organization's (F).
 */
const ownerOf = ({ name, ofAccounts }: TenantTable) =>
  `case when ${name === 'organizations' ? 'id' : 'organization_id'} <> '${AURORA}' then 'F'
    ${ofAccounts ? `when billing_account_id is distinct from '${PADARIA}' then 'A'` : ''} else 'O' end`;

/** What updates write; they name no column that they read, so that policies on reading stay out of them. */
function updatesOf({ name, ofAccounts }: TenantTable): Record<string, string> {
  if (name === 'organizations') return { change: "name = 'Aurora'" };
  // The only changes that are allowed there.
  if (name === 'organization_clocks') return { change: "now = '2031-01-01'" };
  if (name === 'ticket_comments') return { edit: 'edited_at = now()' };
  const own = `organization_id = '${AURORA}'${ofAccounts ? `, billing_account_id = '${PADARIA}'` : ''}`;
  const done = name === 'outbox' ? ", status = 'done'" : '';
  return {
    change: own,
    'give away': `organization_id = '${BOREAL}'${done}`,
    ...(done && { finish: own + done }),
    ...(ofAccounts && { 'hand over': `billing_account_id = '${idOf('account:oficina')}'` }),
  };
}

/** What somebody reaches of a table, such as `read OA, add o`: by whose rows they are, small where it is not all of those. */
export async function reachedRows(
  api: TestApp,
  role: AppRole,
  settings: Settings,
  table: TenantTable,
): Promise<string> {
  const { name } = table;
  const rows = await api.rows<{ place: string; owner: string; row: Record<string, unknown> }>(
    `select ctid::text as place, ${ownerOf(table)} as owner, to_jsonb(t) as row from ${name} t`,
  );
  const owners = rows.map(({ owner }) => owner);

  const seen: string[] = [];
  for (const owner of new Set(owners)) {
    const count = await role.reach(settings, `select count(*) from ${name} where ${ownerOf(table)} = '${owner}'`);
    seen.push(...Array.from({ length: count }, () => owner));
  }

  const added: Reach = ['add', [], []];
  for (const [owner, specimen] of specimensOf(rows, table)) {
    added[2].push(owner);
    if ((await role.reach(settings, copying(table), [specimen])) > 0) added[1].push(owner);
  }

  const found: Reach[] = [['read', seen, owners], added];
  const updates = Object.entries(updatesOf(table)).map(([what, set]) => [what, `update ${name} set ${set}`] as const);
  for (const [what, statement] of [['remove', `delete from ${name}`] as const, ...updates]) {
    await role.attempt(settings, statement, [], async () => {
      const left = new Set((await api.rows(`select ctid::text as place from ${name}`)).map(({ place }) => place));
      found.push([what, rows.filter(({ place }) => !left.has(place)).map(({ owner }) => owner), owners]);
    });
  }
  return found
    .filter(([, reached]) => reached.length > 0)
    .map(([what, reached, all]) => `${what} ${letters(reached, all)}`)
    .join(', ');
}

/** Rows to write, as JSON and with an id that is not taken: each as it is, and others' as if they were the customer's own. */
function specimensOf(
  rows: { owner: string; row: Record<string, unknown> }[],
  { name, hasId, ofAccounts }: TenantTable,
): [owner: string, specimen: string][] {
  const own = {
    organization_id: AURORA,
    ...(ofAccounts && { billing_account_id: PADARIA }),
    ...(name === 'ticket_events' && { actor_type: 'portal' }),
  };
  return rows.flatMap(({ owner, row }) =>
    [[owner, row] as const, ...(owner === 'O' ? [] : [['O', { ...row, ...own }] as const])].map(([whose, values]) => [
      whose,
      JSON.stringify({ ...values, ...(hasId && { id: idOf(`specimen:${String(row['id'])}`) }) }),
    ]),
  ) as [string, string][];
}

function letters(reached: string[], all: string[]): string {
  const count = (owners: string[], owner: string) => owners.filter((each) => each === owner).length;
  return [...new Set(reached)]
    .sort((one, other) => 'OAF'.indexOf(one) - 'OAF'.indexOf(other))
    .map((owner) => (count(reached, owner) < count(all, owner) ? owner.toLowerCase() : owner))
    .join('');
}
