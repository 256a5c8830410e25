import { afterEach, describe, expect, it, vi } from 'vitest';
import { eventually, json, listOf, me, openConsole, problem, settle } from './harness.js';

const OPERATOR = { user: { id: 'x-1', email: 'operator@balcao.example', name: 'Operação' } };
const FAILURES: [string, () => Response][] = [
  ['fails', () => problem(500, 'internal_error')],
  ['is being replaced', () => problem(503, 'service_unavailable')],
  ['has had enough', () => problem(429, 'rate_limited')],
  [
    'cannot be reached',
    () => {
      throw new TypeError('Failed to fetch');
    },
  ],
];

afterEach(() => void vi.useRealTimers());

describe.each(FAILURES)('who is signed in while the API %s', (_what, fails) => {
  it.each([
    ['staff', '/console/team?q=a', 'GET auth/me', me()],
    ['staff', '/console/login', 'GET auth/me', me()],
    ['operator', '/ops', 'GET /ops/auth/me', OPERATOR],
  ] as const)(
    'as %s at %s sees no way in, and is let through when it answers',
    async (session, path, question, who) => {
      let broken = true;
      const page = await openConsole(path, {
        session,
        api: {
          [question]: () => (broken ? fails() : json(who)),
          'GET /ops/organizations': () => json(listOf([])),
        },
      });
      expect(page.heading()).toBe('Esta página não carregou');
      expect(document.title).toContain('Esta página não carregou');
      expect(page.text()).not.toContain('Senha');
      broken = false;
      await page.click('Tentar de novo');
      expect(page.path()).toBe(path === '/console/login' ? '/console/inbox' : path);
      expect(page.text()).not.toContain('Esta página não carregou');
    },
  );
});

describe('a page that could not be loaded', () => {
  const opened = async () => {
    const api = { broken: true };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const page = await openConsole('/console/team', {
      api: { 'GET auth/me': () => (api.broken ? problem(502, 'internal_error') : json(me())) },
    });
    const first = page.called('GET auth/me').length;
    return { page, api, asked: () => page.called('GET auth/me').length - first };
  };

  it('tries again by itself, ever more slowly, and is there when that helps', async () => {
    const { page, api, asked } = await opened();
    for (const [after, times] of [
      [1_900, 0],
      [100, 1],
      [3_900, 1],
      [100, 2],
    ] as const) {
      vi.advanceTimersByTime(after);
      await settle();
      expect(asked()).toBe(times);
    }
    api.broken = false;
    vi.advanceTimersByTime(8_000);
    await settle();
    expect(page.path()).toBe('/console/team');
    expect(page.heading()).toBe('Equipe');
  });

  it('tries again at once when the connection or somebody is back', async () => {
    const { page, api, asked } = await opened();
    dispatchEvent(new Event('online'));
    await settle();
    expect(asked()).toBe(1);
    api.broken = false;
    document.dispatchEvent(new Event('visibilitychange'));
    await settle();
    expect(page.heading()).toBe('Equipe');
  });
});

describe('a page on its way', () => {
  const isGoing = () => [
    document.documentElement.hasAttribute('data-going'),
    document.querySelector('main')?.getAttribute('aria-busy') ?? null,
  ];

  it('is said to be, until it is there or another one is', async () => {
    const page = await openConsole('/console/team');
    expect(isGoing()).toEqual([false, null]);
    const waiting: (() => void)[] = [];
    page.router.beforeResolve(() => new Promise<void>((resolve) => void waiting.push(resolve)));
    const slow = page.router.push('/console/profile');
    await eventually(() => expect(waiting).toHaveLength(1));
    expect(isGoing()).toEqual([true, 'true']);
    const other = page.router.push('/console/roles');
    await eventually(() => expect(waiting).toHaveLength(2));
    waiting[0]!();
    await slow;
    expect(isGoing()).toEqual([true, 'true']);
    waiting[1]!();
    await other;
    await settle();
    expect(isGoing()).toEqual([false, null]);
  });

  it('is not, where it did not come', async () => {
    const page = await openConsole('/console/team');
    page.router.beforeResolve(() => {
      throw new Error('no code');
    });
    await page.router.push('/console/profile').catch(() => {});
    await settle();
    expect(isGoing()).toEqual([false, null]);
    expect(page.heading()).toBe('Equipe');
  });
});
