import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setLocale, startLocale } from '../i18n/i18n.js';
import { ApiError } from './api-error.js';
import { errorText } from './error-text.js';
import { createTransport, FOR_ANYBODY, type ApiCall } from './transport.js';

const network = vi.fn<typeof fetch>();
const caller = { person: vi.fn<() => string | undefined>(), signedOut: vi.fn(), changed: vi.fn() };
/** What a page that was just opened calls through. */
const opened = () => createTransport({ base: '/o/aurora', audience: 'portal', caller });
let transport = opened();
const request = (name: string, call: Partial<ApiCall> = {}) =>
  transport({ method: 'GET', path: `/api/v1/portal/${name}`, ...call });
const answer = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  network.mockResolvedValueOnce(new Response(status === 204 ? null : JSON.stringify(body), { status, headers }));
const sent = () => {
  const [url, init] = network.mock.calls.at(-1)!;
  return { url, init: init!, headers: init!.headers as Headers };
};
const failure = () =>
  request('x').then(
    () => undefined,
    (error: unknown) => error as ApiError,
  );

beforeEach(async () => {
  vi.stubGlobal('fetch', network);
  await startLocale();
  await setLocale('pt-BR');
});
afterEach(() => {
  vi.unstubAllGlobals();
  network.mockReset();
  for (const mock of Object.values(caller)) mock.mockReset();
  sessionStorage.clear();
  transport = opened();
  document.cookie = 'breeze_portal_csrf_token=; max-age=0';
});

describe('transport', () => {
  it('asks below its base, revalidating, in the language in use', async () => {
    answer({ data: [] });
    await request('tickets', { query: { q: 'a b', page: 2, status: undefined, priority: '', open: false } });
    expect(sent().url).toBe('/o/aurora/api/v1/portal/tickets?q=a+b&page=2&open=false');
    expect(sent().init.cache).toBe('no-cache');
    expect(sent().headers.get('accept-language')).toBe('pt-BR');
  });

  it('proves changes with the cookie of its audience, whatever the prefix', async () => {
    document.cookie = 'balcao_staff_csrf_token=wrong';
    document.cookie = 'breeze_portal_csrf_token=a%2Fb';
    answer(null, 204);
    await expect(request('auth/logout', { method: 'POST' })).resolves.toBeUndefined();
    expect(sent().headers.get('x-breeze-csrf')).toBe('a/b');
    answer({});
    await request('profile');
    expect(sent().headers.has('x-breeze-csrf')).toBe(false);
  });

  describe('of a change whose answer got lost', () => {
    const open = (body: object, path = 'tickets') =>
      request(path, { method: 'POST', body }).catch((error: unknown) => error);
    const key = () => sent().headers.get('idempotency-key');
    const lose = () => network.mockRejectedValueOnce(new TypeError('Failed to fetch'));

    it.each(['network', 'server'])('repeats the key, edited or not, until the API has answered: %s', async (where) => {
      if (where === 'network') lose();
      else answer({ code: 'service_unavailable' }, 503);
      await open({ subject: 'x' });
      const first = key();
      expect(first).toMatch(/^[0-9a-f]{32}$/);
      answer({ code: 'idempotency_in_progress' }, 409);
      await open({ subject: 'x' });
      expect(key()).toBe(first);
      answer({ code: 'idempotency_mismatch' }, 409);
      await open({ subject: 'y' });
      expect(key()).toBe(first);
      // It has arrived then: what is written now is another change.
      for (const status of [422, 201]) {
        const before = key();
        answer({ code: 'validation_failed' }, status);
        await open({ subject: 'y' });
        expect(key()).not.toBe(before);
      }
      answer({});
      await request('tickets');
      expect(key()).toBeNull();
    });

    it('repeats it as the version that it was decided on', async () => {
      lose();
      await open({ body: 'x', isPublic: true, version: 3 });
      const first = key();
      answer({}, 201);
      await open({ body: 'x', isPublic: true, version: 4 });
      expect([key(), sent().init.body]).toEqual([first, '{"body":"x","isPublic":true,"version":3}']);
      answer({}, 201);
      await open({ body: 'y', isPublic: true, version: 4 });
      expect(sent().init.body).toBe('{"body":"y","isPublic":true,"version":4}');
    });

    it('takes a note, and what is sent elsewhere, for other changes', async () => {
      lose();
      await open({ body: 'x', isPublic: true });
      const keys = [key()];
      for (const [body, path] of [
        [{ body: 'x', isPublic: false }, 'tickets'],
        [{ body: 'x', isPublic: true }, 'others'],
      ] as const) {
        lose();
        await open(body, path);
        keys.push(key());
      }
      expect(new Set(keys).size).toBe(3);
    });

    it('knows it after a reload, for the same person only, and keeps nothing of what was written', async () => {
      caller.person.mockReturnValue('ana');
      lose();
      await open({ body: 'secret words', version: 3 });
      const first = key();
      expect(JSON.stringify({ ...sessionStorage })).not.toContain('secret');
      for (const [person, isSame] of [
        ['bruno', false],
        ['ana', true],
      ] as const) {
        transport = opened();
        caller.person.mockReturnValue(person);
        answer({}, 201);
        await open({ body: 'secret words', version: 4 });
        expect([person, key() === first]).toEqual([person, isSame]);
      }
      expect(sent().init.body).toContain('"version":3');
      transport = opened();
      answer({}, 201);
      await open({ body: 'secret words' });
      expect(key()).not.toBe(first);
    });

    it('does twice pressed once, and two at the same time under two keys', async () => {
      const answers: ((value: Response) => void)[] = [];
      network.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
      const all = [open({ a: 1 }), open({ a: 1 }), open({ a: 2 })];
      const keys = network.mock.calls.map(([, init]) => (init!.headers as Headers).get('idempotency-key'));
      expect([keys[1] === keys[0], keys[2] === keys[0]]).toEqual([true, false]);
      for (const give of answers) give(new Response('{}', { status: 201 }));
      await Promise.all(all);
      network.mockReset();
    });
  });

  it('says for whom a call is meant, unless it is for anybody, and tells where it is not', async () => {
    caller.person.mockReturnValue('ana');
    const whom = () => sent().headers.get('x-session-user');
    answer({});
    await request('tickets');
    expect(whom()).toBe('ana');
    answer({});
    await request('auth/me', { headers: FOR_ANYBODY });
    expect(whom()).toBe('');
    expect(caller.changed).not.toHaveBeenCalled();
    answer({ code: 'session_changed' }, 409);
    expect(errorText(await failure())).toContain('entrou outra pessoa');
    expect(caller.changed).toHaveBeenCalledOnce();
    caller.person.mockReturnValue(undefined);
    answer({});
    await request('tickets');
    expect(whom()).toBeNull();
  });

  it('sends every header once, however a caller spells it', async () => {
    answer({}, 201);
    const headers = { 'Idempotency-Key': 'own', ACCEPT: 'text/html', 'Content-Type': 'text/plain' };
    await request('tickets', { method: 'POST', body: {}, headers });
    expect(sent().headers.get('idempotency-key')).toMatch(/^[0-9a-f]{32}$/);
    expect(sent().headers.get('accept')).toBe('application/json');
    expect(sent().headers.get('content-type')).toBe('application/json');
  });

  it('is tested with headers that join what is named twice, as browsers do', () => {
    expect(new Headers({ 'x-key': 'a', 'X-Key': 'b' }).get('x-key')).toBe('a, b');
    const headers = new Headers([['x-key', 'a']]);
    headers.append('X-KEY', 'b');
    expect(headers.get('x-key')).toBe('a, b');
    expect(new Request('http://portal.example/', { headers }).headers.get('x-key')).toBe('a, b');
  });

  it('sends JSON', async () => {
    answer({ ticket: { id: '1' } }, 201);
    await expect(request('tickets', { method: 'POST', body: { subject: 'x' } })).resolves.toEqual({
      ticket: { id: '1' },
    });
    expect(sent().init.body).toBe('{"subject":"x"}');
    expect(sent().headers.get('content-type')).toBe('application/json');
  });

  it('reads a problem document', async () => {
    answer(
      {
        type: 'x',
        title: 'X',
        status: 400,
        detail: 'Escolha.',
        code: 'multiple_accounts',
        errors: [],
        requestId: 'r',
        instance: '/',
        error: 'y',
        accounts: [1],
      },
      400,
      { 'retry-after': '7' },
    );
    expect(await failure()).toMatchObject({
      status: 400,
      code: 'multiple_accounts',
      detail: 'Escolha.',
      requestId: 'r',
      retryAfter: 7,
      extra: { accounts: [1] },
    });
  });

  it.each([
    [404, 'not_found'],
    [503, 'service_unavailable'],
    [502, 'internal_error'],
    [418, 'refused'],
  ])('understands an answer that is no problem document: %i', async (status, code) => {
    network.mockResolvedValueOnce(new Response('<html>', { status }));
    expect(await failure()).toMatchObject({ status, code });
  });

  it('tells when the session has ended, but not when a password was wrong', async () => {
    answer({ code: 'invalid_credentials' }, 401);
    await failure();
    expect(caller.signedOut).not.toHaveBeenCalled();
    answer({ code: 'unauthenticated' }, 401);
    await failure();
    expect(caller.signedOut).toHaveBeenCalledOnce();
  });

  it('turns a dead network into an error that says what to do', async () => {
    network.mockRejectedValueOnce(new TypeError('Failed to fetch'));
    const error = await failure();
    expect(error).toMatchObject({ status: 0, code: 'offline' });
    expect(errorText(error)).toContain('Sem conexão com o servidor');
  });

  it('takes what was called off and is asked again for another change', async () => {
    const control = new AbortController();
    network.mockImplementationOnce(async () => {
      control.abort();
      throw new DOMException('called off', 'AbortError');
    });
    const preview = { method: 'POST', body: { text: 'a' } } as const;
    await expect(request('preview', { ...preview, signal: control.signal })).rejects.toThrow('called off');
    const first = sent().headers.get('idempotency-key');
    answer({});
    await request('preview', preview);
    expect(sent().headers.get('idempotency-key')).not.toBe(first);
  });

  it('lets a request that was called off pass as such', async () => {
    const controller = new AbortController();
    network.mockImplementationOnce(async () => {
      controller.abort();
      throw new DOMException('x', 'AbortError');
    });
    await expect(request('x', { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('errorText', () => {
  it("prefers the API's own sentence", () => {
    expect(
      errorText(new ApiError({ status: 409, code: 'ticket_closed', detail: 'Este chamado está encerrado.' })),
    ).toBe('Este chamado está encerrado.');
  });

  it('adds what the API cannot know: the wait and the number of the request', () => {
    const limited = (retryAfter: number) => errorText(new ApiError({ status: 429, code: 'rate_limited', retryAfter }));
    expect(limited(1)).toContain('Espere 1 segundo e');
    expect(limited(89)).toContain('Espere 89 segundos');
    expect(limited(90)).toContain('Espere 2 minutos');
    expect(errorText(new ApiError({ status: 500, code: 'internal_error', requestId: '7f3c' }))).toContain('7f3c');
  });

  it('has words for what nobody foresaw', () => {
    expect(errorText(new TypeError('x'))).toContain('Algo inesperado');
  });
});
