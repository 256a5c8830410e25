import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const ME = '/api/v1/portal/auth/me';
let api: TestApp;
beforeAll(async () => (api = await startTestApp()));
afterAll(() => api.close());

describe('an error', () => {
  it('is a problem document with a stable code and the old error field', async () => {
    const { body } = await refusal(api.visitor().get(`${ME}?secret=1`), 401, 'unauthenticated');
    expect(body).toEqual({
      type: 'urn:balcao:error:unauthenticated',
      title: 'Sign in to continue.',
      status: 401,
      detail: 'Entre na sua conta para continuar.',
      instance: ME,
      code: 'unauthenticated',
      errors: [],
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      error: 'Sign in to continue.',
    });
  });

  it.each([
    ['en-US', 'Sign in to continue.'],
    ['en', 'Sign in to continue.'],
    ['en-GB,pt;q=0.5', 'Sign in to continue.'],
    ['pt-BR', 'Entre na sua conta para continuar.'],
    ['pt-PT', 'Entre na sua conta para continuar.'],
    ['de,en;q=0.1', 'Sign in to continue.'],
    ['en;q=0,pt', 'Entre na sua conta para continuar.'],
    ['de', 'Entre na sua conta para continuar.'],
    ['*', 'Entre na sua conta para continuar.'],
    [',;q=,,'.repeat(500), 'Entre na sua conta para continuar.'],
  ])('follows Accept-Language %s', async (language, detail) => {
    const response = await refusal(api.visitor('', { 'accept-language': language }).get(ME), 401, 'unauthenticated');
    expect([response.body.detail, response.body.error]).toEqual([detail, 'Sign in to continue.']);
  });

  it.each([
    ['pt-BR', 'Este campo não existe aqui.', 'Preencha este campo.', 'Está longo demais: use no máximo 72 bytes.'],
    ['en-US', 'There is no such field here.', 'Fill in this field.', 'Too long: use at most 72 bytes.'],
  ])('says in %s what is wrong with each field', async (language, unknown, empty, long) => {
    const visitor = api.visitor('', { 'accept-language': language });
    const { body } = await refusal(
      visitor.post('/api/v1/portal/auth/reset-password', { token: '', password: 'x'.repeat(1_001), surprise: 1 }),
      400,
      'validation_failed',
    );
    expect(body.errors).toEqual([
      { path: 'surprise', code: 'whitelistValidation', message: unknown },
      { path: 'password', code: 'maxBytes', params: { max: 72 }, message: long },
      { path: 'token', code: 'minLength', params: { min: 1 }, message: empty },
    ]);
  });

  it.each([
    '/nothing',
    '/api/v1/portal/nothing',
    '/api/v1/admin',
    '/o/aurora/nothing',
    '/api/v1/portal/%ff',
    '/%00',
    '/..%2f..%2fetc/passwd',
  ])('404 at %s is a problem too', async (path) => {
    const response = await api.visitor().get(path);
    expect([400, 404]).toContain(response.status);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });

  it.each([
    ['delete', '/api/v1/portal/tickets', 'GET, HEAD, POST'],
    ['put', '/o/aurora/api/v1/portal/tickets?limit=1', 'GET, HEAD, POST'],
    ['get', '/api/v1/portal/auth/login', 'POST'],
    ['post', '/api/v1/admin/tickets/01922222-0000-7000-8000-000000000001', 'GET, HEAD, PATCH'],
    ['delete', '/ops/organizations', 'GET, HEAD, POST'],
  ] as const)('%s %s is 405 and names the methods that are allowed', async (method, path, allow) => {
    const response = await refusal(api.visitor().request(method, path), 405, 'method_not_allowed');
    expect(response.headers['allow']).toBe(allow);
  });

  it('tells nothing of the inside', async () => {
    const { text } = await api.visitor().get('/api/v1/portal/nothing');
    expect(text).not.toMatch(/stack|node_modules|Cannot GET/);
  });
});

describe('security headers', () => {
  it.each(['/api/v1/portal/auth/me', '/health/live', '/api/openapi.json', '/nothing'])('stand on %s', async (path) => {
    const { headers } = await api.visitor().get(path);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'x-frame-options': expect.stringMatching(/SAMEORIGIN|DENY/),
    });
    const policy = headers['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers).not.toHaveProperty('x-powered-by');
    expect(headers).not.toHaveProperty('server');
  });

  it('only the two tools of others may style inline', async () => {
    const operator = await api.signIn('operator', 'operator@balcao.example');
    const loose = await Promise.all(
      ['/api/docs', '/ops/queues', '/portal', '/console', '/ops/login', '/'].map(async (path) => {
        const { headers } = await operator.get(path);
        return headers['content-security-policy']!.includes("style-src 'self' 'unsafe-inline'") ? [path] : [];
      }),
    );
    expect(loose.flat()).toEqual(['/api/docs', '/ops/queues']);
  });

  it('no page of another site may read an answer', async () => {
    const { headers } = await api.visitor('', { origin: 'https://evil.example' }).get(ME);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});
