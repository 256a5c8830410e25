import type pg from 'pg';
import { eventually } from './eventually.js';

/** Waits until every job in the outbox is done. @throws Error listing what is not, once the time is up */
export async function outboxDrained(owner: pg.Client, timeoutMs = 15_000): Promise<void> {
  let open: string[] = [];
  await eventually(
    'an empty outbox',
    async () => {
      const { rows } = await owner.query<{ open: string }>(
        "select coalesce(job, event) || ' ' || status || ' after ' || dispatches || ' dispatches' as open from outbox where status <> 'done' limit 20",
      );
      open = rows.map((row) => row.open);
      return open.length === 0;
    },
    timeoutMs,
  ).catch((error: unknown) => {
    throw new Error(`Not done after ${timeoutMs} ms: ${open.join(', ')}`, { cause: error });
  });
}
