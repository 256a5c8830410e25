import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
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
  afterEach(() => void jest.restoreAllMocks());

  it('is over after as many requests as it allows', () => {
    for (let count = 0; count < 5; count += 1) spend('203.0.113.7');
    expect(() => spend('203.0.113.7')).toThrow('rate_limited');
    expect(() => spend('::ffff:203.0.113.7')).toThrow('rate_limited');
    expect(() => spend('203.0.113.8')).not.toThrow();
  });

  it('is five times as much for all networks of a site together', () => {
    const network = (n: number) => `2001:db8:1:${n.toString(16)}::1`;
    for (let n = 0; n < 25; n += 1) spend(network(n % 9));
    expect(() => spend(network(10))).toThrow('rate_limited');
    expect(() => spend('2001:db8:2::1')).not.toThrow();
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

  it('is told with every request, and is whole again after a minute', () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const told: Record<string, unknown> = {};
    const listening = { header: (name: string, value: unknown) => (told[name] = value) } as unknown as FastifyReply;
    const spendAt = (ms: number) => {
      clock.mockReturnValue(1_000_000 + ms);
      budget.spend('203.0.113.7', listening);
      return [told['ratelimit-limit'], told['ratelimit-remaining'], told['ratelimit-reset']];
    };
    expect(spendAt(0)).toEqual([5, 4, 60]);
    expect(spendAt(59_001)).toEqual([5, 3, 1]);
    for (let count = 0; count < 3; count += 1) spendAt(59_999);
    expect(() => spendAt(59_999)).toThrow(expect.objectContaining({ retryAfterSeconds: 1 }));
    expect(told['ratelimit-remaining']).toBe(0);
    expect(spendAt(60_000)).toEqual([5, 4, 60]);
  });

  it('is remembered of 50,000, those who were seen last', () => {
    const over = () => {
      try {
        spend('203.0.113.7');
        return false;
      } catch {
        return true;
      }
    };
    for (let count = 0; count < 5; count += 1) spend('203.0.113.7');
    const others = addresses(50_000);
    for (const other of others.slice(1)) spend(other);
    expect(over()).toBe(true);
    spend(others[0]!);
    expect(over()).toBe(true);
    for (const other of addresses(100_000).slice(50_000)) spend(other);
    expect(over()).toBe(false);
  });
});
