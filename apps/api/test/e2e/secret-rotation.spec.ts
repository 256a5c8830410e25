import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Secrets } from '@balcao/platform-config';
import { connectionUrls } from '@balcao/platform-database';
import { createLogger } from '@balcao/platform-logging';
import { createApp } from '../../src/create-app.js';
import { refusal } from '../support/problem.js';
import { signIn } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { Visitor } from '../support/visitor.js';

const ME = '/api/v1/portal/auth/me';
const ANA = 'ana@padaria.example';

/** The same installation before and after its SECRET_KEY was changed. */
let before: TestApp;
let after: NestFastifyApplication;
let server: Server;

beforeAll(async () => {
  before = await startTestApp();
  const { config } = before;
  const urls = connectionUrls(config, new Secrets(config.secretKey));
  const changed = Object.assign(Object.create(Object.getPrototypeOf(config) as object) as typeof config, config, {
    secretKey: 'another-secret-0123456789-abcdefghijk',
    databaseAppUrl: urls.app,
    databasePlatformUrl: urls.platform,
    databaseQueueUrl: urls.queue,
  });
  // The key that signs JWTs is made, and sealed with the first secret.
  await before.signIn('portal', ANA, { via: 'jwt' });
  ({ app: after } = await createApp({ config: changed, logger: createLogger('test', 'silent') }));
  await after.listen(0, '127.0.0.1');
  server = after.getHttpServer() as Server;
});
afterAll(async () => {
  await after.close();
  await before.close();
});

describe('after SECRET_KEY was changed', () => {
  it('S4.21 people sign in, with JWTs of a new key', async () => {
    const ana = await signIn(new Visitor(server), 'portal', ANA, { via: 'jwt' });
    await ana.get(ME).expect(200);
    const { body } = await new Visitor(server).get('/.well-known/jwks.json').expect(200);
    expect(body.keys).toHaveLength(1);
  });

  it('S4.21 JWTs of before are worth nothing', async () => {
    const { credentials } = await before.signIn('portal', ANA, { via: 'jwt' });
    await refusal(new Visitor(server, '', credentials).get(ME), 401, 'unauthenticated');
  });

  it('S0.21 links of before are worth nothing', async () => {
    await before.visitor().post('/api/v1/portal/auth/forgot-password', { email: ANA }).expect(202);
    const [user] = await before.rows<{ id: string }>('select id from portal_users where email = $1', ANA);
    const token = await before.linkFor(user!.id, 'password_reset');
    const reset = { token, password: 'uma senha bem nova' };
    await refusal(new Visitor(server).post('/api/v1/portal/auth/reset-password', reset), 400, 'token_invalid');
    await before.visitor().post('/api/v1/portal/auth/reset-password', reset).expect(200);
  });
});
