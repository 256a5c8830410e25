import type { Server } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { Secrets, sealedContext, type AppConfig } from '@balcao/platform-config';
import { connectionUrls } from '@balcao/platform-database';
import { createLogger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { eventually } from '@balcao/platform-testing';
import { createApp } from '../../src/create-app.js';
import { rotateKeys } from '../../src/setup/rotate-keys.js';
import { refusal } from '../support/problem.js';
import { signIn } from '../support/sign-in.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { Visitor } from '../support/visitor.js';

const ME = '/api/v1/portal/auth/me';
const ANA = 'ana@padaria.example';

const NEW_SECRET = 'another-secret-0123456789-abcdefghijk';

/** The same installation before and after its SECRET_KEY was changed. */
let before: TestApp;
let after: NestFastifyApplication;
let server: Server;

/** The installation with the new secret. */
async function restart(secretKeysOld?: string): Promise<NestFastifyApplication> {
  const { config } = before;
  const urls = connectionUrls(config, new Secrets(config.secretKey));
  const changed: AppConfig = Object.assign(Object.create(Object.getPrototypeOf(config) as object), config, {
    secretKey: NEW_SECRET,
    secretKeysOld,
    databaseAppUrl: urls.app,
    databasePlatformUrl: urls.platform,
    databaseQueueUrl: urls.queue,
  });
  const { app } = await createApp({ config: changed, logger: createLogger('test', 'silent') });
  await app.listen(0, '127.0.0.1');
  return app;
}

beforeAll(async () => {
  before = await startTestApp();
  // The key that signs JWTs is made, and sealed with the first secret.
  await before.signIn('portal', ANA, { via: 'jwt' });
});
afterAll(() => before.close());

describe('while the secret of before is known', () => {
  let asBefore: { sealed: Buffer }[];
  beforeAll(async () => {
    asBefore = await before.rows('select private_key_sealed as sealed from signing_keys');
  });
  afterEach(() => before.rows('update signing_keys set private_key_sealed = $1', asBefore[0]!.sealed));

  const kids = async (app: NestFastifyApplication) =>
    (await new Visitor(app.getHttpServer() as Server).get('/.well-known/jwks.json').expect(200)).body.keys.map(
      ({ kid }: { kid: string }) => kid,
    );

  it('S4.21 JWTs of before are worth what they were, and after keys:rotate without it too', async () => {
    const { secretKey } = before.config;
    const { credentials } = await before.signIn('portal', ANA, { via: 'jwt' });
    const known = await kids(before.app);
    const both = await restart(secretKey);
    expect(await kids(both)).toEqual(known);
    await new Visitor(both.getHttpServer() as Server, '', credentials).get(ME).expect(200);
    const secrets = new Secrets(NEW_SECRET, [secretKey]);
    // The key of JWTs, those that two organizations sign their mails with, what payment services gave both, and what charges four saved cards.
    expect(await rotateKeys(both.get(Database), secrets)).toEqual({ sealed: 9, unreadable: [] });
    expect(await rotateKeys(both.get(Database), secrets)).toEqual({ sealed: 0, unreadable: [] });
    await both.close();
    const alone = await restart();
    expect(await kids(alone)).toEqual(known);
    await new Visitor(alone.getHttpServer() as Server, '', credentials).get(ME).expect(200);
    await alone.close();
  });

  it('a rotation that died half-way leaves everything readable, and the next one ends it', async () => {
    const { secretKey } = before.config;
    const [old, both] = [new Secrets(secretKey), new Secrets(NEW_SECRET, [secretKey])];
    const contextOf = (kid: string) => sealedContext('signing_keys', 'private_key_sealed', kid);
    const names = Array.from({ length: 250 }, (_, index) => `~${String(index).padStart(3, '0')}`);
    for (const kid of [...names, '~lost'])
      await before.rows(
        `insert into signing_keys (kid, algorithm, public_jwk, private_key_sealed, created_at, retires_at)
         values ($1, 'ES256', '{}', $2, now() - interval '80 days', now())`,
        kid,
        (kid === '~lost' ? new Secrets('a secret that nobody knows any more!') : old).seal(kid, contextOf(kid)),
      );
    const app = await restart(secretKey);
    const database = app.get(Database);
    const texts = async () =>
      (
        await before.rows<{ kid: string; sealed: Buffer }>(
          "select kid, private_key_sealed as sealed from signing_keys where kid like '~0%' or kid like '~1%' or kid like '~2%' order by kid",
        )
      ).map(({ kid, sealed }) => ({
        text: both.open(sealed, contextOf(kid)),
        isNew: sealed.subarray(0, 9).equals(both.sealedHead),
      }));
    // Somebody holds a row of a later batch; there the process loses its connection.
    const holder = new pg.Client({ connectionString: before.config.databaseUrl });
    await holder.connect();
    await holder.query("begin; select 1 from signing_keys where kid = '~150' for update");
    const dying = expect(rotateKeys(database, both)).rejects.toThrow();
    await eventually('the rotation to be stuck', async () => {
      const ended = await before.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock' and query like '%private_key_sealed%'`,
      );
      return ended.length > 0;
    });
    await dying;
    await holder.end();
    const halfWay = await texts();
    expect(halfWay.map(({ text }) => text)).toEqual(names);
    expect(new Set(halfWay.map(({ isNew }) => isNew))).toEqual(new Set([true, false]));

    const outcomes = await Promise.all([rotateKeys(database, both), rotateKeys(database, both)]);
    expect(outcomes.map(({ unreadable }) => unreadable)).toEqual([[contextOf('~lost')], [contextOf('~lost')]]);
    expect(await texts()).toEqual(names.map((text) => ({ text, isNew: true })));
    await app.close();
    await before.rows("delete from signing_keys where kid like '~%'");
  });
});

describe('after SECRET_KEY was changed and the old one forgotten', () => {
  beforeAll(async () => {
    after = await restart();
    server = after.getHttpServer() as Server;
  });
  afterAll(() => after.close());

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
    await before.visitor().post('/api/v1/portal/auth/forgot-password', { email: ANA }).expect(200);
    const [user] = await before.rows<{ id: string }>('select id from portal_users where email = $1', ANA);
    const token = await before.linkFor(user!.id, 'password_reset');
    const reset = { token, password: 'uma senha bem nova' };
    await refusal(new Visitor(server).post('/api/v1/portal/auth/reset-password', reset), 400, 'token_invalid');
    await before.visitor().post('/api/v1/portal/auth/reset-password', reset).expect(200);
  });
});
