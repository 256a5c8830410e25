import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import { testConfig } from '@balcao/platform-testing';
import { RequestBudget } from './request-budget.js';

const config = testConfig({ databaseUrl: 'postgres://nowhere', requestsPerMinute: 5 });
const reply = { header: () => reply } as unknown as FastifyReply;
const addresses = (count: number) =>
  Array.from({ length: count }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);

describe('the budget of an address', () => {
  let budget: RequestBudget;
  const spend = (ip: string) => budget.spend(ip, reply);
  beforeEach(() => void (budget = new RequestBudget(config)));

  it('is over after as many requests as it allows', () => {
    for (let count = 0; count < 5; count += 1) spend('203.0.113.7');
    expect(() => spend('203.0.113.7')).toThrow('rate_limited');
    expect(() => spend('::ffff:203.0.113.7')).toThrow('rate_limited');
    expect(() => spend('203.0.113.8')).not.toThrow();
  });

  it('is not given anew to whoever goes on asking while 60,000 others come by', () => {
    for (const other of addresses(60_000)) {
      try {
        spend('203.0.113.7');
      } catch {
        // Over, and it stays so.
      }
      spend(other);
    }
    expect(() => spend('203.0.113.7')).toThrow('rate_limited');
  });
});
