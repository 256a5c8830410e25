import { describe, expect, it } from '@jest/globals';
import type { Database } from './database.js';
import { eachOrganization } from './each-organization.js';
import { empty } from './sql.js';

const TURN = 500;

/** Looks after organizations of which so much is due; whose turn it was, one after the other. */
async function run(due: Record<string, number>, failing?: string): Promise<string[]> {
  const turns: string[] = [];
  const pages = [Object.keys(due).map((id) => ({ id, now: null })), []];
  const database = { asPlatform: () => Promise.resolve(pages.shift()) } as unknown as Database;
  const had: Record<string, number> = {};
  const turn = ({ organizationId: id }: { organizationId: string }, before: number) => {
    turns.push(id);
    expect(before).toBe(had[id] ?? 0);
    had[id] = before + 1;
    if (id === failing) return Promise.reject(new Error('out of reach'));
    const done = Math.min(TURN, due[id]!);
    due[id]! -= done;
    return Promise.resolve(done === TURN);
  };
  await eachOrganization(database, { reason: 'a spec', where: empty, turn }).catch((error: unknown) => {
    if (!failing) throw error;
    turns.push((error as Error).constructor.name);
  });
  return turns;
}

describe('looking after every organization', () => {
  it('gives each its turn before the many of one go on, and does all of them', async () => {
    const due = { large: 1_400, small: 3, larger: 1_000 };
    expect(await run(due)).toEqual(['large', 'small', 'larger', 'large', 'larger', 'large', 'larger']);
    expect(due).toEqual({ large: 0, small: 0, larger: 0 });
  });

  it('does all others where one cannot be looked after, and says so', async () => {
    const due = { broken: 900, large: 600 };
    expect(await run(due, 'broken')).toEqual(['broken', 'large', 'large', 'AggregateError']);
    expect(due.large).toBe(0);
  });

  it('goes from page to page', async () => {
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`o${index}`, 1]));
    expect(await run(many)).toHaveLength(200);
  });
});
