// @ts-check
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import nodemailer from 'nodemailer';
import { MailStore } from '../src/mailbox/mail-store.mjs';
import { matches } from '../src/mailbox/search.mjs';
import { createSmtpServer } from '../src/mailbox/smtp.mjs';
import { createWebServer } from '../src/mailbox/web.mjs';

/** @param {import('node:test').TestContext} test */
async function mailbox(test) {
  const folder = mkdtempSync(join(tmpdir(), 'balcao mailbox-'));
  const store = new MailStore(folder);
  await store.open();
  const smtp = createSmtpServer(store);
  const web = await createWebServer(store, { hosts: [] });
  smtp.listen(0, '127.0.0.1');
  web.listen(0, '127.0.0.1');
  await Promise.all([once(smtp.server, 'listening'), once(web, 'listening')]);
  test.after(() => {
    smtp.close(() => undefined);
    web.close();
    web.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  });
  const port = (/** @type {import('node:net').Server} */ server) => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: port(/** @type {any} */ (smtp.server)) });
  const base = `http://127.0.0.1:${port(web)}`;
  return {
    folder,
    base,
    port: port(web),
    send: (/** @type {import('nodemailer').SendMailOptions} */ mail) =>
      transport.sendMail({ from: 'Balcão <no-reply@balcao.example>', text: 'text', ...mail }),
    /** @param {string} path @returns {Promise<any>} */
    json: async (path) => (await fetch(base + path)).json(),
  };
}

describe('the local mailbox', () => {
  it('keeps what it is sent and shows it in its JSON API', async (test) => {
    const box = await mailbox(test);
    await box.send({
      to: 'Ana <ana@padaria.example>',
      bcc: 'hidden@padaria.example',
      subject: 'Redefinição de senha',
      text: 'Olá, Ana',
      html: '<p>Olá, <a href="http://localhost:3000/x">Ana</a></p>',
      messageId: '<stable@balcao>',
      headers: { 'X-Kind': 'password-reset' },
    });
    await box.send({ to: 'bruno@padaria.example', subject: 'Segundo' });

    const list = await box.json('/api/v1/messages');
    assert.equal(list.total, 2);
    assert.deepEqual(
      list.messages.map((/** @type {any} */ mail) => mail.Subject),
      ['Segundo', 'Redefinição de senha'],
    );
    const mail = await box.json(`/api/v1/message/${list.messages[1].ID}`);
    assert.deepEqual(mail.To, [{ Name: 'Ana', Address: 'ana@padaria.example' }]);
    assert.deepEqual(mail.Bcc, [{ Name: '', Address: 'hidden@padaria.example' }]);
    assert.equal(mail.MessageID, 'stable@balcao');
    assert.match(mail.Text, /Olá, Ana/);
    assert.match(mail.HTML, /<a href="http:\/\/localhost:3000\/x">/);
    assert.deepEqual(mail.Headers['x-kind'], ['password-reset']);
    assert.equal((await box.json('/api/v1/message/latest')).Subject, 'Segundo');
    const raw = await (await fetch(`${box.base}/api/v1/message/${mail.ID}/raw`)).text();
    assert.match(raw, /^From: /m);
    assert.doesNotMatch(raw, /hidden@padaria/);
    const found = await box.json(`/api/v1/search?query=${encodeURIComponent('to:ana subject:"redefinição de"')}`);
    assert.equal(found.total, 1);
  });

  it('deletes chosen messages, or all', async (test) => {
    const box = await mailbox(test);
    for (const subject of ['a', 'b', 'c']) await box.send({ to: 'x@y.example', subject });
    const { messages } = await box.json('/api/v1/messages');
    const remove = (/** @type {string | undefined} */ body) =>
      fetch(`${box.base}/api/v1/messages`, { method: 'DELETE', body: body ?? null });
    await remove(JSON.stringify({ IDs: [messages[0].ID] }));
    assert.equal((await box.json('/api/v1/messages')).total, 2);
    await remove(undefined);
    assert.equal((await box.json('/api/v1/messages')).total, 0);
    assert.equal((await fetch(`${box.base}/api/v1/message/${messages[0].ID}`)).status, 404);
  });

  it('still has them after a restart', async (test) => {
    const box = await mailbox(test);
    await box.send({ to: 'x@y.example', bcc: 'z@y.example', subject: 'kept' });
    const again = new MailStore(box.folder);
    await again.open();
    assert.equal(again.list()[0]?.Subject, 'kept');
    assert.equal(again.list()[0]?.Bcc[0]?.Address, 'z@y.example');
  });

  it('shows a mail without letting it do anything', async (test) => {
    const box = await mailbox(test);
    await box.send({ to: 'x@y.example', subject: 's', html: '<script>alert(1)</script><p>hello</p>' });
    const view = await fetch(`${box.base}/view/latest.html`);
    assert.match(view.headers.get('content-security-policy') ?? '', /^sandbox [^;]*; default-src 'none'/);
    assert.doesNotMatch(view.headers.get('content-security-policy') ?? '', /allow-scripts|script-src/);
    const page = await fetch(box.base);
    assert.match(page.headers.get('content-security-policy') ?? '', /script-src 'self'/);
  });

  it('answers no other website: neither by CORS nor under a strange name', async (test) => {
    const box = await mailbox(test);
    const response = await fetch(`${box.base}/api/v1/messages`, { headers: { origin: 'https://evil.example' } });
    assert.equal(response.headers.get('access-control-allow-origin'), null);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `evil.example:${box.port}` };
      request({ port: box.port, host: '127.0.0.1', path: '/api/v1/messages', headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      })
        .once('error', reject)
        .end();
    });
    assert.equal(status, 403);
  });

  it('reads no file but its mails', async (test) => {
    const box = await mailbox(test);
    for (const path of ['/api/v1/message/..%2F..%2Fetc%2Fpasswd', '/view/..%2Fx.html', '/../package.json']) {
      assert.equal((await fetch(box.base + path)).status, 404, path);
    }
  });
});

describe('a search', () => {
  const person = (/** @type {string} */ Address, Name = '') => ({ Address, Name });
  const mail = {
    ID: '1',
    MessageID: 'm',
    From: person('no-reply@balcao.example', 'Aurora'),
    To: [person('ana@padaria.example', 'Ana')],
    Cc: [],
    Bcc: [person('secret@padaria.example')],
    ReplyTo: [],
    Subject: 'Convite para o portal',
    Created: '2026-01-01T00:00:00.000Z',
    Size: 1,
    Attachments: 0,
    Snippet: 'Bem-vinda ao portal',
  };
  for (const [query, expected] of /** @type {const} */ ([
    ['', true],
    ['ana', true],
    ['CONVITE', true],
    ['to:ana@padaria.example', true],
    ['to:secret', true],
    ['to:aurora', false],
    ['from:aurora subject:"para o"', true],
    ['subject:bem-vinda', false],
    ['bem-vinda fatura', false],
  ])) {
    it(`for “${query}” ${expected ? 'finds' : 'passes over'} the mail`, () =>
      assert.equal(matches(mail, query), expected));
  }
});
