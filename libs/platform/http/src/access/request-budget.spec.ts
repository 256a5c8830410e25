import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { testConfig } from '@balcao/platform-testing';
import { RequestBudget } from './request-budget.js';

const config = testConfig({ databaseUrl: 'postgres://nowhere', requestsPerMinute: 5 });
const reply = { header: () => reply } as unknown as FastifyReply;
/** With a session's cookie, where somebody has one. */
const requestOf = (ip: string, session?: string, headers = {}) =>
  ({ ip, headers, cookies: session ? { balcao_portal_session: session } : {} }) as unknown as FastifyRequest;
const addresses = (count: number) =>
  Array.from({ length: count }, (_, i) => `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`);

afterEach(() => void jest.restoreAllMocks());

describe('the budget of an address', () => {
  let budget: RequestBudget;
  const spend = (ip: string) => budget.spend(requestOf(ip), reply);
  beforeEach(() => void (budget = new RequestBudget(config)));

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
      budget.spend(requestOf('203.0.113.7'), listening);
      return [told['ratelimit-limit'], told['ratelimit-remaining'], told['ratelimit-reset']];
    };
    expect(spendAt(0)).toEqual([5, 4, 60]);
    expect(spendAt(59_001)).toEqual([5, 3, 1]);
    for (let count = 0; count < 3; count += 1) spendAt(59_999);
    expect(() => spendAt(59_999)).toThrow(expect.objectContaining({ retryAfterSeconds: 1 }));
    expect(told['ratelimit-remaining']).toBe(0);
    expect(spendAt(60_000)).toEqual([5, 4, 60]);
  });

  it('is remembered of 50,000 at least, those who were seen last, and of a hundred thousand at most', () => {
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
    for (const other of addresses(150_001).slice(50_000)) spend(other);
    expect(over()).toBe(false);
  });
});

describe('the budget of a person', () => {
  const OFFICE = '203.0.113.7';
  let budget: RequestBudget;
  const begin = (requestsPerMinute: number) =>
    void (budget = new RequestBudget(testConfig({ databaseUrl: 'postgres://nowhere', requestsPerMinute })));
  beforeEach(() => begin(5));
  const spend = (session?: string, ip = OFFICE) => budget.spend(requestOf(ip, session), reply);
  const prove = (session: string, person = session, ip = OFFICE) => budget.prove(requestOf(ip, session), person, reply);
  const use = (session: string, person?: string) => {
    spend(session);
    prove(session, person);
  };

  it('is nobody’s by what proves nothing', () => {
    expect(() => prove('', 'ana')).toThrow('does not look at');
    for (let n = 0; n < 5; n += 1) spend();
    expect(() => spend()).toThrow('rate_limited');
  });

  it('lets 200 people behind one address open pages, whose files are asked for before anything proves them', () => {
    begin(1_200);
    for (let visit = 0; visit < 10; visit += 1) {
      for (let n = 0; n < 200; n += 1) {
        for (let file = 0; file < 15; file += 1) spend(`session ${n}`);
        for (let call = 0; call < 5; call += 1) use(`session ${n}`);
      }
    }
    // What they did was given back to the address.
    for (let count = 0; count < 1_200; count += 1) spend();
    expect(() => spend()).toThrow('rate_limited');
    // Whom the process knows, what others behind the address do keeps from nothing.
    expect(() => use('session 7')).not.toThrow();
  });

  it('is over after as many requests as it allows, of all their sessions, wherever they are', () => {
    for (let count = 0; count < 5; count += 1) use(`session ${count % 2}`, 'ana');
    expect(() => spend('session 0')).toThrow('rate_limited');
    expect(() => spend('session 1', '198.51.100.1')).toThrow('rate_limited');
    expect(() => use('session 2', 'ana')).toThrow('rate_limited');
    expect(() => use('session 3', 'bruno')).not.toThrow();
  });

  it.each([
    [12_000, 40, 300],
    [1_200, 40, 30],
    [1_200, 200, 6],
    [100, 200, 5],
    [10, 40, 10],
    [10, 200, 5],
  ])('of %i pays for what counts as %i of 1,200 so that it has %i of them', (size, cost, expected) => {
    begin(size);
    const write = () => {
      budget.spend(requestOf(OFFICE, 'ana'), reply, cost);
      budget.prove(requestOf(OFFICE, 'ana'), 'ana', reply, cost);
    };
    for (let count = 0; count < expected; count += 1) write();
    expect(write).toThrow('rate_limited');
  });

  it('pays more for what others are sent a mail of; an address, which strangers share, does not', () => {
    const write = (session: string) => {
      budget.spend(requestOf(OFFICE, session), reply, 960);
      budget.prove(requestOf(OFFICE, session), session, reply, 960);
    };
    write('ana');
    expect(() => write('ana')).toThrow('rate_limited');
    use('bruno');
    expect(() => write('bruno')).not.toThrow();
    expect(() => use('bruno')).toThrow('rate_limited');
    for (let count = 0; count < 5; count += 1) budget.spend(requestOf(OFFICE, `made up ${count}`), reply, 960);
    expect(() => spend()).toThrow('rate_limited');
  });

  it('costs the address whatever is looked up for somebody who is over, however it is dressed up', () => {
    for (let count = 0; count < 5; count += 1) use('session', 'ana');
    const tries = Array.from({ length: 20 }, (_, n) => {
      const request = requestOf('198.51.100.1', 'session', { authorization: `Bearer ${n}` });
      try {
        budget.spend(request, reply);
      } catch {
        return 'not looked up';
      }
      expect(() => budget.prove(request, 'ana', reply)).toThrow('rate_limited');
      return 'looked up';
    });
    expect(tries.filter((outcome) => outcome === 'looked up')).toHaveLength(5);
  });

  it('is not had by credentials that are made up, each other ones', () => {
    for (let count = 0; count < 5; count += 1) {
      spend(`made up ${count}`);
      budget.disprove(requestOf(OFFICE, `made up ${count}`));
    }
    expect(() => spend('made up 6')).toThrow('rate_limited');
    expect(() => spend()).toThrow('rate_limited');
  });

  it('is not had any more by a session that has ended', () => {
    use('session', 'ana');
    budget.disprove(requestOf(OFFICE, 'session'));
    for (let count = 0; count < 5; count += 1) spend('session');
    expect(() => spend()).toThrow('rate_limited');
  });

  it.each(['portal', 'staff', 'operator'])('is had by the cookie of %s', (audience) => {
    const request = { ...requestOf(OFFICE), cookies: { [`balcao_${audience}_session`]: 'session' } } as FastifyRequest;
    for (let count = 0; count < 5; count += 1) {
      budget.spend(request, reply);
      budget.prove(request, 'ana', reply);
    }
    for (let count = 0; count < 5; count += 1) spend();
    expect(() => spend()).toThrow('rate_limited');
  });

  it('pays, once it is proven, for what came in this minute alone', () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    for (let count = 0; count < 4; count += 1) spend('session');
    clock.mockReturnValue(1_060_000);
    for (let count = 0; count < 4; count += 1) use('session');
    expect(() => use('session')).not.toThrow();
    expect(() => use('session')).toThrow('rate_limited');
  });

  it('gives an address back what came from there, and no more', () => {
    for (let count = 0; count < 4; count += 1) spend('session', '198.51.100.1');
    for (let count = 0; count < 4; count += 1) spend('made up');
    use('session', 'ana');
    use('session', 'ana');
    spend();
    expect(() => spend()).toThrow('rate_limited');
  });
});
