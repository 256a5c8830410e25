// @ts-check
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import {
  childEnvironment,
  demandPrivateDemo,
  isPublicHost,
  readEnvironment,
  settingsFrom,
} from '../src/environment.mjs';
import { demandNodeVersion } from '../src/node-version.mjs';

const made = { databaseUrl: 'postgres://made', secretKey: 'made-secret' };

describe('the environment', () => {
  it('takes .env, lets the real environment win, and counts empty as not set', (test) => {
    const root = mkdtempSync(join(tmpdir(), 'balcao env-'));
    test.after(() => rmSync(root, { recursive: true, force: true }));
    writeFileSync(join(root, '.env'), 'PORT=4000\nHOST="0.0.0.0"\nSMTP_URL=\nPUBLIC_URL=https://a.example\n');
    const environment = readEnvironment(root, { PORT: '5000', PUBLIC_URL: '' });
    assert.deepEqual(environment, { PORT: '5000', HOST: '0.0.0.0', PUBLIC_URL: 'https://a.example' });
  });

  it('has defaults for everything on an empty machine', () => {
    const settings = settingsFrom({});
    assert.deepEqual(childEnvironment({}, settings, made), {
      DATABASE_URL: 'postgres://made',
      SECRET_KEY: 'made-secret',
      SMTP_URL: 'smtp://127.0.0.1:1025',
      MAILBOX_URL: 'http://localhost:8025',
      CNPJ_API_URL: 'http://127.0.0.1:8026',
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: '3000',
      WORKER_PORT: '3001',
      PUBLIC_URL: 'http://localhost:3000',
      BALCAO_DEMO: '1',
    });
  });

  it('starts neither database nor mailbox where others are named, and leaves their addresses alone', () => {
    const given = { DATABASE_URL: 'postgres://mine', SMTP_URL: 'smtp://mine', SECRET_KEY: 'mine' };
    const settings = settingsFrom(given);
    assert.equal(settings.postgres, undefined);
    assert.equal(settings.mailbox, undefined);
    const environment = childEnvironment(given, settings, made);
    assert.equal(environment['DATABASE_URL'], 'postgres://mine');
    assert.equal(environment['SMTP_URL'], 'smtp://mine');
    assert.equal(environment['SECRET_KEY'], 'mine');
    assert.equal(environment['MAILBOX_URL'], undefined);
  });

  it('demands a secret in production and keeps the demo out unless asked', () => {
    assert.throws(() => settingsFrom({ NODE_ENV: 'production' }), /SECRET_KEY is missing/);
    assert.equal(settingsFrom({ NODE_ENV: 'production', SECRET_KEY: 'x' }).demo, false);
    assert.equal(settingsFrom({ NODE_ENV: 'production', SECRET_KEY: 'x', BALCAO_DEMO: '1' }).demo, true);
    assert.equal(settingsFrom({ BALCAO_DEMO: '0' }).demo, false);
    // Also where PUBLIC_URL says that others come, whatever the environment is called.
    for (const publicUrl of ['https://portal.example.com', 'http://192.168.0.4:3000', 'http://localhost.example']) {
      assert.equal(settingsFrom({ PUBLIC_URL: publicUrl }).demo, false, publicUrl);
      assert.equal(settingsFrom({ PUBLIC_URL: publicUrl, BALCAO_DEMO: '1' }).demo, true, publicUrl);
    }
    for (const publicUrl of ['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:80'])
      assert.equal(settingsFrom({ PUBLIC_URL: publicUrl }).demo, true, publicUrl);
  });

  it('names the variable whose value is wrong', () => {
    for (const text of ['abc', '0', '65536', '80.5']) assert.throws(() => settingsFrom({ PORT: text }), /PORT is “/);
    assert.throws(() => settingsFrom({ PUBLIC_URL: 'portal' }), /PUBLIC_URL is “portal”/);
    assert.throws(() => settingsFrom({ BALCAO_DEMO: 'maybe' }), /BALCAO_DEMO is “maybe”/);
  });

  it('takes no port on which browsers open no page', async () => {
    for (const port of [1, 25, 587, 2049, 4190, 5060, 6000, 6667, 10080]) {
      for (const name of ['PORT', 'MAILBOX_PORT', 'WORKER_PORT'])
        assert.throws(
          () => settingsFrom({ [name]: String(port) }),
          new RegExp(`${name} is ${port}, and browsers open no page`),
        );
      assert.throws(() => settingsFrom({ PUBLIC_URL: `http://localhost:${port}` }), /PUBLIC_URL is .* open no page/);
      // Node.js keeps to the same list.
      await assert.rejects(fetch(`http://127.0.0.1:${port}`), { cause: new Error('bad port') });
    }
    for (const port of [80, 443, 4191, 8025])
      assert.equal(settingsFrom({ MAILBOX_PORT: String(port) }).mailbox?.port, port);
    assert.equal(settingsFrom({ PUBLIC_URL: 'https://portal.example.com' }).publicUrl, 'https://portal.example.com');
    // Nobody opens a page there.
    assert.equal(settingsFrom({ MAILBOX_SMTP_PORT: '25', POSTGRES_PORT: '6000' }).mailbox?.smtpPort, 25);
  });

  it('knows which addresses other machines can reach', () => {
    for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1']) assert.equal(isPublicHost(host), false, host);
    for (const host of ['0.0.0.0', '::', '192.168.0.4', 'portal.example.com'])
      assert.equal(isPublicHost(host), true, host);
  });

  it('opens a demo to other machines only where that is said', () => {
    const start = (/** @type {NodeJS.ProcessEnv} */ given, seeded = false) =>
      demandPrivateDemo(settingsFrom(given), seeded);
    const portal = 'https://portal.example.com';
    for (const given of [{ HOST: '0.0.0.0' }, { HOST: '::' }, { PUBLIC_URL: portal, BALCAO_DEMO: '1' }]) {
      assert.throws(() => start(given), /would let others in, and everybody knows the demo’s passwords/);
      assert.throws(() => start({ ...given, BALCAO_DEMO_PUBLIC: '0' }), /would let others in/);
      start({ ...given, BALCAO_DEMO_PUBLIC: '1' });
      start({ ...given, BALCAO_DEMO: '0' });
      // The people of a demo are in the database whatever is wanted now.
      assert.throws(() => start({ ...given, BALCAO_DEMO: '0' }, true), /would let others in/);
    }
    assert.throws(
      () => start({ HOST: '0.0.0.0', PUBLIC_URL: portal }, true),
      /^LauncherError: HOST=.* and PUBLIC_URL=/,
    );
    start({ HOST: '0.0.0.0', PUBLIC_URL: portal });
    start({}, true);
    start({ PUBLIC_URL: 'http://127.0.0.1:3000' }, true);
  });
});

describe('the version of Node.js', () => {
  it('is refused when it is too old', () => {
    for (const version of ['18.20.0', '20.18.9'])
      assert.throws(() => demandNodeVersion(version), /needs Node\.js 20\.19/);
    for (const version of ['20.19.0', '22.0.0', '24.1.0']) demandNodeVersion(version);
  });
});
