// @ts-check
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { pathOf, signedIn } from './customer.mjs';
import { median } from './report.mjs';

const BACKLOG = 500;
const SINGLE = 20;
const PATIENCE_MS = 120_000;

/**
 * What the worker does of new tickets: jobs a second of a backlog, and the time from a ticket's commit until the first of
 * its jobs is done. `startWorker` is called once the backlog stands.
 * @param {{ url: string, databaseUrl: string, writer: import('./data.mjs').Customer, startWorker: import('./world.mjs').World['startWorker'] }} world
 */
export async function measureJobs({ url, databaseUrl, writer, startWorker }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const create = async () => {
    const answer = await fetch(url + pathOf(writer), {
      method: 'POST',
      headers: { ...signedIn(writer), 'content-type': 'application/json' },
      body: JSON.stringify({ subject: 'Sem conexão', description: 'Nenhum aparelho conecta.' }),
    });
    if (answer.status !== 201) throw new Error(`A ticket was not created: ${answer.status} ${await answer.text()}`);
  };
  const state = async () => {
    const { rows } = await client.query(`select count(*) filter (where status <> 'done')::int as open,
      count(*) filter (where job is not null)::int as jobs,
      extract(epoch from min(done_at) filter (where job is not null) - min(created_at)) * 1000 as ms from outbox`);
    return /** @type {{ open: number, jobs: number, ms: string }} */ (rows[0]);
  };
  const allDone = async (/** @type {number} */ pauseMs) => {
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(pauseMs)) {
      const now = await state();
      if (now.open === 0 && now.jobs > 0) return now;
    }
    throw new Error('The worker does not get done with its jobs');
  };
  try {
    await client.query('delete from outbox');
    for (let made = 0; made < BACKLOG; made += 10) await Promise.all(Array.from({ length: 10 }, create));
    const { pid, startedInMs } = await startWorker();
    const began = performance.now();
    const { jobs } = await allDone(50);
    const jobsPerSecond = jobs / ((performance.now() - began) / 1_000);
    /** @type {number[]} */
    const times = [];
    for (let single = 0; single < SINGLE; single += 1) {
      await client.query('delete from outbox');
      await create();
      times.push(Number((await allDone(10)).ms));
    }
    return { pid, startedInMs, jobsPerSecond, commitToJobMs: median(times) };
  } finally {
    await client.end();
  }
}
