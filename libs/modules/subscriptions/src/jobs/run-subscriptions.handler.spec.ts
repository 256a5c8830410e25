import { describe, expect, it } from '@jest/globals';
import type { Database } from '@balcao/platform-tenancy';
import type { SubscriptionRunner } from '../subscription-runner.service.js';
import { RunSubscriptionsHandler } from './run-subscriptions.handler.js';

/** Runs the job over organizations of which so many subscriptions are due; whose is looked at, in which order. */
async function run(due: Record<string, number>, failing?: string): Promise<string[]> {
  const turns: string[] = [];
  const organizations = Object.keys(due).map((id) => ({ id, now: null }));
  const pages = [organizations, []];
  const database = { asPlatform: () => Promise.resolve(pages.shift()) } as unknown as Database;
  const runner = {
    run: ({ organizationId: id }: { organizationId: string }, most: number) => {
      turns.push(id);
      if (id === failing) return Promise.reject(new Error('out of reach'));
      const done = Math.min(most, due[id]!);
      due[id]! -= done;
      return Promise.resolve(done);
    },
  } as unknown as SubscriptionRunner;
  await new RunSubscriptionsHandler(database, runner).handle().catch((error: unknown) => {
    if (!failing) throw error;
    turns.push((error as Error).constructor.name);
  });
  return turns;
}

describe('a run over all subscriptions', () => {
  it('gives every organization its turn before the many of one go on, and does all of them', async () => {
    const due = { large: 1_400, small: 3, larger: 1_000 };
    expect(await run(due)).toEqual(['large', 'small', 'larger', 'large', 'larger', 'large', 'larger']);
    expect(due).toEqual({ large: 0, small: 0, larger: 0 });
  });

  it('does all others where one organization cannot be looked after, and says so', async () => {
    const due = { broken: 900, large: 600 };
    expect(await run(due, 'broken')).toEqual(['broken', 'large', 'large', 'AggregateError']);
    expect(due.large).toBe(0);
  });
});
