import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { MAIL_TEMPLATES } from '@balcao/contracts';
import { Outbox } from '@balcao/platform-outbox';
import { JobRunner } from '@balcao/platform-outbox/worker';
import { Queues } from '@balcao/platform-queue';
import { RateLimiter } from '@balcao/platform-state';
import { Storage } from '@balcao/platform-storage';
import { sql, systemClock, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import {
  eventually,
  insertOrganization,
  lastLink,
  outboxDrained,
  testDatabase,
  TestMailbox,
  type TestDatabase,
} from '@balcao/platform-testing';
import { defaultTheme } from '@balcao/theming';
import {
  MailBranding,
  Mailer,
  UnprovedRecipients,
  type MailBrand,
  type MailSender,
  type MailContent,
  type MailRequest,
} from '../src/index.js';
import { script, startMailWorker, templateFor } from './mail-process.js';

const LINK = 'https://portal.example/reset#token=SECRET-token-that-is-stored-nowhere';
const CONTENT: MailContent = {
  subject: 'Crie uma nova senha',
  preheader: 'Vale por uma hora.',
  heading: 'Nova senha',
  blocks: [{ kind: 'button', label: 'Criar', url: LINK }],
};

interface MailRow {
  status: string;
  attempts: number;
  last_error: string | null;
  problem: string | null;
  sent_at: Date | null;
}

const REFUSED = { code: 550, message: 'no' };

describe('mail', () => {
  let test: TestDatabase;
  let mailbox: TestMailbox;
  let folder: string;
  let mailer: Mailer;
  let organizationId: string;
  let context: OrganizationContext;
  const workers: INestApplicationContext[] = [];

  beforeAll(async () => {
    mailbox = await TestMailbox.start();
    folder = await mkdtemp(join(tmpdir(), 'balcao-mail-'));
    const storageUrl = `file:${folder}`;
    test = await testDatabase({
      config: { smtpUrl: mailbox.smtpUrl, publicUrl: 'https://portal.example', storageUrl },
    });
    mailer = new Mailer(new Outbox(test.database));
    organizationId = await insertOrganization(test.owner, 'Padaria "São João" <Ltda>');
    context = systemContext(organizationId, { clock: systemClock });
    await insertStaff('ana@padaria.example');
  });
  afterAll(async () => {
    await mailbox?.stop();
    await test?.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    await test.owner.query('delete from outbox');
    await test.owner.query('delete from mails');
    mailbox.mails.length = 0;
    script.compose = async () => CONTENT;
  });
  afterEach(async () => {
    mailbox.refuse = () => undefined;
    mailbox.refuseSender = () => undefined;
    mailbox.refuseMail = () => undefined;
    mailbox.beforeAccepting = async () => {};
    await Promise.all(workers.splice(0).map((worker) => worker.close()));
  });

  const insertStaff = (email: string, status = 'active') =>
    test.owner.query(
      `insert into staff_users (organization_id, id, email, name, role, status) values ($1, $2, $3, 'Ana', 'agent', $4)`,
      [organizationId, randomUUID(), email, status],
    );
  const start = async (
    options: Parameters<typeof startMailWorker>[1] = {},
    providers?: Parameters<typeof startMailWorker>[2],
  ) => {
    const worker = await startMailWorker(test, options, providers);
    workers.push(worker);
    return worker;
  };
  const request = (overrides: Partial<MailRequest> = {}): MailRequest => ({
    template: 'password-reset',
    businessKey: `password-reset:${randomUUID()}`,
    recipient: { email: 'ana@padaria.example', name: 'Ana', locale: 'pt-BR' },
    ids: { tokenId: randomUUID() },
    ...overrides,
  });
  const enqueue = (overrides: Partial<MailRequest> = {}, as = context) =>
    test.database.transaction(as, (db) => mailer.enqueue(db, as, request(overrides)));
  const row = async (id: string | undefined) =>
    (
      await test.owner.query<MailRow>(
        'select status, attempts, last_error, problem, sent_at from mails where id = $1',
        [id],
      )
    ).rows[0]!;

  describe('asking', () => {
    it('leaves neither mail nor job behind when the transaction is rolled back', async () => {
      const failing = test.database.transaction(context, async (db) => {
        await mailer.enqueue(db, context, request());
        throw new Error('undone');
      });
      await expect(failing).rejects.toThrow('undone');
      expect((await test.owner.query('select id from mails union all select id from outbox')).rowCount).toBe(0);
    });

    it('makes one mail of one business event, however often it is asked', async () => {
      const businessKey = `ticket-reply:${randomUUID()}`;
      const first = await enqueue({ businessKey });
      expect(first).toEqual(expect.any(String));
      expect(await enqueue({ businessKey })).toBeUndefined();
      const atOnce = await Promise.all(Array.from({ length: 8 }, () => enqueue({ businessKey: `${businessKey}:2` })));
      expect(atOnce.filter(Boolean)).toHaveLength(1);
      expect((await test.owner.query('select 1 from mails')).rowCount).toBe(2);
      expect((await test.owner.query('select 1 from outbox')).rowCount).toBe(2);
    });

    it.each([
      ['password-reset', 'mail.send'],
      ['invitation', 'mail.send'],
      ['ticket-reply', 'mail.notify'],
      ['ticket-received', 'mail.notify'],
    ] as const)('makes of %s the job %s, so that whoever waits to get in is served first', async (template, job) => {
      await enqueue({ template });
      expect((await test.owner.query('select job from outbox')).rows).toEqual([{ job }]);
    });

    it('keeps the keys of organizations apart', async () => {
      const stranger = systemContext(await insertOrganization(test.owner), { clock: systemClock });
      const businessKey = 'welcome';
      expect(await enqueue({ businessKey })).toBeDefined();
      expect(await enqueue({ businessKey }, stranger)).toBeDefined();
    });

    it('is possible for a customer, who cannot read the mails', async () => {
      const customer: OrganizationContext = { ...context, scope: { kind: 'account', billingAccountId: randomUUID() } };
      const businessKey = `ticket-received:${randomUUID()}`;
      expect(await enqueue({ businessKey }, customer)).toBeDefined();
      expect(await enqueue({ businessKey }, customer)).toBeUndefined();
      await test.owner.query('begin');
      await test.owner.query('set local role balcao_app');
      await test.owner.query(
        "select set_config('app.organization_id', $1, true), set_config('app.scope', 'account', true)",
        [organizationId],
      );
      expect((await test.owner.query('select 1 from mails')).rowCount).toBe(0);
      expect((await test.owner.query("update mails set status = 'sent'")).rowCount).toBe(0);
      await test.owner.query('rollback');
    });

    it.each([
      '',
      'ana',
      '"g h"@b.example',
      'ana@pad\u200baria.example',
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example,c@d.example',
      '\0\ud800@b.example',
      `${'a'.repeat(1_000)}@b.example`,
    ])('keeps a mail to %j as a failed one; what it tells of goes on', async (email) => {
      const mailId = await enqueue({ recipient: { email, locale: 'pt-BR' } });
      const { rows } = await test.owner.query('select status, problem, attempts from mails where id = $1', [mailId]);
      expect(rows).toEqual([{ status: 'failed', problem: 'recipient_refused', attempts: 0 }]);
      expect((await test.owner.query('select 1 from outbox')).rowCount).toBe(0);
    });

    it('S0.11 writes to the one form of an address', async () => {
      const mailId = await enqueue({ recipient: { email: ' Ana@AÇÃO.example', locale: 'pt-BR' } });
      const { rows } = await test.owner.query('select recipient_email as email, status from mails where id = $1', [
        mailId,
      ]);
      expect(rows).toEqual([{ email: 'ana@xn--ao-siap.example', status: 'queued' }]);
    });
  });

  describe('sending', () => {
    it('delivers the branded mail in both parts, with headers that make it one', async () => {
      await start();
      script.compose = async () => ({ ...CONTENT, unsubscribeUrl: 'https://portal.example/profile' });
      const id = await enqueue();
      const mail = await mailbox.waitForMail({ to: 'ana@padaria.example', subject: CONTENT.subject });
      expect(mail.messageId).toBe(`<${id}@portal.example>`);
      expect(mail.from).toMatchObject({ name: 'Padaria "São João" <Ltda>', address: 'balcao@localhost' });
      expect(mail.to).toEqual([expect.objectContaining({ name: 'Ana', address: 'ana@padaria.example' })]);
      expect(mail.envelope).toEqual({ from: 'balcao@localhost', to: ['ana@padaria.example'] });
      const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
      expect(headers).toMatchObject({
        'auto-submitted': 'auto-generated',
        'list-unsubscribe': '<https://portal.example/profile>',
      });
      expect(lastLink(mail)).toBe(LINK);
      expect(mail.html).toContain('Padaria &quot;São João&quot; &lt;Ltda&gt;');
      await outboxDrained(test.owner);
      expect(await row(id)).toEqual({
        status: 'sent',
        attempts: 1,
        last_error: null,
        problem: null,
        sent_at: expect.any(Date),
      });
    });

    it('takes its files along, as they are', async () => {
      const worker = await start();
      const content = randomBytes(300_000);
      await worker.get(Storage).put('a/invoice', Readable.from([content]), content.length);
      const attachments = [{ key: 'a/invoice', name: 'Segunda via nº 7.pdf', type: 'application/pdf' }];
      script.compose = async () => ({ ...CONTENT, attachments });
      await enqueue();
      const mail = await mailbox.waitForMail({ to: 'ana@padaria.example', subject: CONTENT.subject });
      expect(mail.attachments).toEqual([
        expect.objectContaining({
          filename: 'Segunda via nº 7.pdf',
          mimeType: 'application/pdf',
          disposition: 'attachment',
        }),
      ]);
      expect(Buffer.from(mail.attachments[0]!.content as ArrayBuffer).equals(content)).toBe(true);
    });

    it('fails with files that are too big together, and waits for one that is missing', async () => {
      const worker = await start();
      const half = Buffer.alloc(6 * 1024 * 1024);
      for (const key of ['b/1', 'b/2']) await worker.get(Storage).put(key, Readable.from([half]), half.length);
      const of = (...keys: string[]) => keys.map((key) => ({ key, name: 'a.bin', type: 'application/octet-stream' }));
      script.compose = async () => ({ ...CONTENT, attachments: of('b/1', 'b/2') });
      const tooBig = await enqueue();
      await eventually('the end of it', async () => (await row(tooBig))?.status === 'failed');
      expect(await row(tooBig)).toMatchObject({ attempts: 1, problem: 'message_refused' });
      script.compose = async () => ({ ...CONTENT, attachments: of('b/none') });
      const missing = await enqueue();
      await eventually('an attempt', async () => (await row(missing))?.last_error !== null);
      expect(await row(missing)).toMatchObject({ status: 'queued' });
      script.compose = async () => 'drop';
      await outboxDrained(test.owner);
      expect(mailbox.mails).toEqual([]);
    });

    it('hands the template the facts, in the language of the recipient', async () => {
      await start();
      const seen: unknown[] = [];
      script.compose = async (facts) => {
        seen.push(facts);
        return CONTENT;
      };
      const ids = { tokenId: randomUUID() };
      const mailId = await enqueue({ ids, recipient: { email: 'ana@padaria.example', name: null, locale: 'en' } });
      const mail = await mailbox.waitForMail({ to: 'ana@padaria.example' });
      expect(seen).toEqual([{ mailId, ids, locale: 'en-US', recipient: { email: 'ana@padaria.example', name: null } }]);
      expect(mail.text).toContain('Sent by Padaria');
      expect(mail.html).toContain('lang="en-US"');
    });

    it('keeps the link out of everything but the mail', async () => {
      await start();
      await enqueue();
      await mailbox.waitForMail({ to: 'ana@padaria.example' });
      await outboxDrained(test.owner);
      const { rows } = await test.owner.query<{ held: string }>(`
        select m::text as held from mails m union all select o::text from outbox o union all select j::text from bullmq.job j`);
      expect(rows.length).toBeGreaterThanOrEqual(3);
      for (const { held } of rows) expect(held).not.toMatch(/SECRET/);
    });

    it('cannot be made to carry a header by a name or a subject', async () => {
      await start();
      script.compose = async () => ({ ...CONTENT, subject: 'Olá\r\nBcc: thief@evil.example\r\n\r\nbody' });
      await enqueue({
        recipient: { email: 'ana@padaria.example', name: 'Ana\r\nBcc: thief@evil.example', locale: 'pt-BR' },
      });
      const mail = await mailbox.waitForMail({ to: 'ana@padaria.example' });
      expect(mail.bcc ?? []).toEqual([]);
      expect(mail.raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im);
      expect(mail.envelope.to).toEqual(['ana@padaria.example']);
    });

    it('lets go of a mail that has lost its point', async () => {
      await start();
      script.compose = async () => 'drop';
      const id = await enqueue();
      await outboxDrained(test.owner);
      expect(await row(id)).toMatchObject({ status: 'dropped', sent_at: null });
      expect(mailbox.mails).toHaveLength(0);
    });

    it("wears the brand that the process's MailBranding knows", async () => {
      @Injectable()
      class TestBranding extends MailBranding {
        async load(_context: OrganizationContext, portalId: string | undefined): Promise<MailBrand> {
          return { organizationName: `Marca ${portalId}`, theme: defaultTheme, supportEmail: 'ajuda@marca.example' };
        }
      }
      await start({}, [...MAIL_TEMPLATES.map(templateFor), TestBranding]);
      const portalId = randomUUID();
      script.compose = async () => ({ ...CONTENT, portalId });
      await enqueue();
      const mail = await mailbox.waitForMail({ to: 'ana@padaria.example' });
      expect(mail.from!.name).toBe(`Marca ${portalId}`);
      expect(mail.replyTo).toEqual([expect.objectContaining({ address: 'ajuda@marca.example' })]);
    });

    describe("that comes from the organization's own address", () => {
      const OWN = 'financeiro@xn--po-sia.example';
      /** As the server of the tests reads it in the envelope. */
      const OWN_READ = 'financeiro@pão.example';
      const KEYS = generateKeyPairSync('rsa', {
        modulusLength: 2_048,
        publicKeyEncoding: { type: 'spki', format: 'der' },
        privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      });
      let sender: MailSender | undefined;
      @Injectable()
      class OwnBranding extends MailBranding {
        async load(): Promise<MailBrand> {
          return {
            organizationName: 'Padaria\r\nBcc: eve@evil.example',
            theme: defaultTheme,
            replyTo: 'sac@pao.example',
          };
        }
        override async sender(): Promise<MailSender | undefined> {
          return sender;
        }
      }
      beforeEach(async () => {
        sender = {
          address: OWN,
          dkim: { domainName: 'xn--po-sia.example', keySelector: 'balcao', privateKey: KEYS.privateKey },
        };
        await start({}, [...MAIL_TEMPLATES.map(templateFor), OwnBranding]);
      });
      const received = async () => {
        await enqueue();
        return mailbox.waitForMail({ to: 'ana@padaria.example' });
      };
      const verdictOf = async (raw: string) => {
        const zone: Record<string, string> = {
          [`balcao._domainkey.xn--po-sia.example`]: `v=DKIM1; k=rsa; p=${KEYS.publicKey.toString('base64')}`,
        };
        const { results } = await dkimVerify(Buffer.from(raw), {
          resolver: async (name: string) => (zone[name] ? [[zone[name]!]] : []),
        });
        return results.map(({ signingDomain, status }) => [signingDomain, status.result, status.aligned]);
      };

      it('carries its signature, which receivers find good, and no line that somebody put into its name', async () => {
        const mail = await received();
        expect(mail.from).toMatchObject({ address: OWN, name: 'Padaria Bcc: eve@evil.example' });
        expect(mail.replyTo).toEqual([expect.objectContaining({ address: 'sac@pao.example' })]);
        expect([mail.envelope.to, mail.bcc]).toEqual([['ana@padaria.example'], undefined]);
        expect(await verdictOf(mail.raw)).toEqual([['xn--po-sia.example', 'pass', 'xn--po-sia.example']]);
        expect(await verdictOf(mail.raw.replace('Padaria', 'Padarla'))).toEqual([
          ['xn--po-sia.example', 'fail', 'xn--po-sia.example'],
        ]);
      });

      it('gives returns to the installation, unless its domain lets our server send', async () => {
        expect((await received()).envelope.from).toBe('balcao@localhost');
        sender = { address: OWN, takesReturns: true };
        mailbox.mails.length = 0;
        const mail = await received();
        expect([mail.envelope.from, mail.raw.includes('DKIM-Signature')]).toEqual([OWN_READ, false]);
      });

      it.each([
        ['the sender', () => (mailbox.refuseSender = (from) => (from === OWN_READ ? REFUSED : undefined))],
        ['the message', () => (mailbox.refuseMail = ({ from }) => (from!.address === OWN ? REFUSED : undefined))],
      ])("goes with the installation's where the server refuses %s", async (_what, refuse) => {
        sender = { ...sender!, takesReturns: true };
        refuse();
        const mail = await received();
        expect(mail.from!.address).toBe('balcao@localhost');
        expect(mail.raw).not.toContain('DKIM-Signature');
        await outboxDrained(test.owner);
        expect(mailbox.mails).toHaveLength(1);
      });

      it('is not sent twice where the recipient is refused', async () => {
        mailbox.refuse = () => REFUSED;
        const id = await enqueue();
        await outboxDrained(test.owner);
        expect(await row(id)).toMatchObject({ status: 'failed', problem: 'recipient_refused' });
      });

      it('is the installation’s again as soon as it is given up, or is no address', async () => {
        for (const none of [undefined, { address: 'a@b.example\r\nBcc: eve@evil.example' }]) {
          sender = none;
          mailbox.mails.length = 0;
          expect((await received()).from!.address).toBe('balcao@localhost');
        }
      });
    });

    it('S0.47 speaks a language of the portal to its customers, and to staff their own', async () => {
      @Injectable()
      class EnglishBranding extends MailBranding {
        async load(): Promise<MailBrand> {
          return { organizationName: 'Aurora', theme: defaultTheme, languages: ['en-US'], defaultLocale: 'en-US' };
        }
      }
      await start({}, [...MAIL_TEMPLATES.map(templateFor), EnglishBranding]);
      const portalId = randomUUID();
      const subjectOf = async (content: Partial<MailContent>) => {
        mailbox.mails.length = 0;
        script.compose = async ({ locale }) => ({ ...CONTENT, ...content, subject: `Subject in ${locale}` });
        await enqueue();
        return (await mailbox.waitForMail({ to: 'ana@padaria.example' })).subject;
      };
      expect(await subjectOf({ portalId })).toBe('Subject in en-US');
      expect(await subjectOf({ portalId, forStaff: true })).toBe('Subject in pt-BR');
      expect(await subjectOf({})).toBe('Subject in pt-BR');
    });
  });

  describe('happening once', () => {
    it('sends one mail for two deliveries at once', async () => {
      const worker = await start({ sweepMs: 600_000 });
      let release = () => {};
      mailbox.beforeAccepting = () => new Promise((resolve) => (release = resolve));
      const id = await enqueue();
      await eventually('a conversation with the server', async () => (await row(id)).attempts === 1);
      const { rows } = await test.owner.query<{ id: string }>('select id from outbox');
      const second = { id: 'another', name: 'mail.send', data: { outboxId: rows[0]!.id, organizationId, version: 1 } };
      await expect(worker.get(JobRunner, { strict: false }).run(second)).rejects.toThrow(
        /being sent by another delivery/,
      );
      await eventually('the mail on the wire', () => {
        release();
        return mailbox.mails.length === 1;
      });
      await outboxDrained(test.owner);
      expect(await worker.get(JobRunner, { strict: false }).run(second)).toBe('already done');
      expect(mailbox.mails).toHaveLength(1);
    });

    it('ties the mails about one thing together, and no others', async () => {
      await start();
      const threads = ['t-1', 't-1', 't-2', undefined];
      const seen: unknown[] = [];
      for (const [n, threadId] of threads.entries()) {
        const subject = `Mail ${n}`;
        script.compose = async () => ({ ...CONTENT, subject, threadId });
        const id = await enqueue({ businessKey: `thread:${n}` });
        const mail = await mailbox.waitForMail({ to: 'ana@padaria.example', subject });
        expect(mail.messageId).toBe(`<${id}@portal.example>`);
        expect(mail.references).toBe(mail.inReplyTo);
        seen.push(mail.inReplyTo);
      }
      const [one, two] = ['<thread.t-1@portal.example>', '<thread.t-2@portal.example>'];
      expect(seen).toEqual([one, one, two, undefined]);
    });

    it('sends nothing for a row that is dispatched again after it was sent', async () => {
      await start({ sweepMs: 100 });
      const id = await enqueue();
      await mailbox.waitForMail({ to: 'ana@padaria.example' });
      await outboxDrained(test.owner);
      await test.owner.query(
        "update outbox set status = 'dispatched', done_at = null, due_at = now() where status = 'done'",
      );
      await outboxDrained(test.owner);
      expect(mailbox.mails.map((mail) => mail.messageId)).toEqual([`<${id}@portal.example>`]);
      expect((await row(id)).attempts).toBe(1);
    });

    it('goes out again with the same Message-ID when the worker died before it could note it', async () => {
      const quick = { lockMs: 1_000, stalledCheckMs: 400, sweepMs: 600_000 };
      const doomed = await start(quick);
      let hold = true;
      mailbox.beforeAccepting = async () => {
        while (hold) await sleep(20);
      };
      const id = await enqueue();
      await eventually('a conversation with the server', async () => (await row(id)).attempts === 1);
      // The server takes the mail, but nobody is left to hear of it.
      await doomed.get(Queues).close(0);
      await doomed.close();
      workers.length = 0;
      hold = false;
      await start(quick);
      await outboxDrained(test.owner, 15_000);
      expect(await row(id)).toMatchObject({ status: 'sent', attempts: 2 });
      expect(new Set(mailbox.mails.map((mail) => mail.messageId))).toEqual(new Set([`<${id}@portal.example>`]));
    });
  });

  describe('over connections that are kept', () => {
    let before: number;
    beforeEach(() => {
      before = mailbox.connectionsMade;
    });
    const made = () => mailbox.connectionsMade - before;

    it('many go over few, and none is left when the worker has stopped', async () => {
      const worker = await start();
      for (let mail = 0; mail < 25; mail += 1) await enqueue();
      await outboxDrained(test.owner);
      expect(mailbox.mails).toHaveLength(25);
      expect(made()).toBeLessThanOrEqual(5);
      expect(mailbox.openConnections).toBe(made());
      await worker.close();
      await eventually('the connections to end', () => mailbox.openConnections === 0);
    });

    it('a refusal does not spoil the connection for the next', async () => {
      await start();
      mailbox.refuse = (address) => (address.startsWith('nobody') ? { code: 550, message: 'No such user' } : undefined);
      await enqueue({ recipient: { email: 'nobody@padaria.example', locale: 'pt-BR' } });
      await outboxDrained(test.owner);
      await enqueue();
      await outboxDrained(test.owner);
      expect(mailbox.mails).toHaveLength(1);
      expect(made()).toBe(1);
    });

    it('a server that was restarted in between is noticed by no mail', async () => {
      await start();
      await enqueue();
      await outboxDrained(test.owner);
      await mailbox.stop();
      await mailbox.start();
      const id = await enqueue();
      await outboxDrained(test.owner);
      expect(await row(id)).toMatchObject({ status: 'sent', attempts: 1 });
      expect(mailbox.mails).toHaveLength(2);
    });
  });

  describe('failing', () => {
    it('waits while the server is down and goes when it is back', async () => {
      await start();
      await mailbox.stop();
      const id = await enqueue();
      const waiting = await eventually('a failed attempt', async () => {
        const state = await row(id);
        return state.last_error !== null && state;
      });
      expect(waiting).toMatchObject({
        status: 'queued',
        sent_at: null,
        last_error: expect.stringMatching(/^The mail server could not be used: E[A-Z]+$/),
        problem: 'server_unavailable',
      });
      await mailbox.start();
      await mailbox.waitForMail({ to: 'ana@padaria.example' });
      await outboxDrained(test.owner);
      expect(await row(id)).toMatchObject({ status: 'sent', last_error: null });
      expect(mailbox.mails).toHaveLength(1);
    });

    it('goes later when the server was down for longer than the attempts of one dispatch', async () => {
      await mailbox.stop();
      const worker = await start({ sweepMs: 100 });
      const id = await enqueue();
      await eventually('a failed attempt', async () => (await row(id)).last_error !== null);
      // What BullMQ leaves behind when the attempts are used up: nothing that would try again.
      await worker.get(Queues).createQueue('mail').obliterate({ force: true });
      await worker.get(Queues).createQueue('mail').resume();
      await mailbox.start();
      await test.owner.query('update outbox set due_at = now()');
      await outboxDrained(test.owner);
      expect(await row(id)).toMatchObject({ status: 'sent' });
      expect(mailbox.mails).toHaveLength(1);
    });

    it('gives up what the server refuses for good, without repeating its words', async () => {
      await start();
      mailbox.refuse = (address) => ({ code: 550, message: `No such user: ${address}` });
      const id = await enqueue();
      await outboxDrained(test.owner);
      expect(await row(id)).toEqual({
        status: 'failed',
        attempts: 1,
        last_error: 'The mail server answered 550 to RCPT TO',
        problem: 'recipient_refused',
        sent_at: null,
      });
    });

    it('tries again what the server refuses for now', async () => {
      await start();
      let refusals = 0;
      mailbox.refuse = () => (refusals++ === 0 ? { code: 451, message: 'Greylisted' } : undefined);
      const id = await enqueue();
      await outboxDrained(test.owner);
      expect(await row(id)).toMatchObject({ status: 'sent', attempts: 2, last_error: null });
    });

    it('gives up after five days', async () => {
      await mailbox.stop();
      try {
        const id = await enqueue();
        await test.owner.query("update mails set created_at = now() - interval '6 days'");
        await start();
        await outboxDrained(test.owner);
        expect(await row(id)).toMatchObject({
          status: 'failed',
          last_error: expect.stringMatching(/could not be used/),
        });
      } finally {
        await mailbox.start();
      }
    });

    it('keeps personal data out of what operators see of a failed job', async () => {
      const worker = await start();
      mailbox.refuse = (address) => ({ code: 450, message: `Try later, ${address}` });
      const id = await enqueue();
      await eventually('a failed attempt', async () => (await row(id)).last_error !== null);
      await sleep(200);
      const jobs = await worker.get(Queues).createQueue('mail').getJobs();
      const shown = JSON.stringify(
        jobs.map(({ data, failedReason, stacktrace }) => ({ data, failedReason, stacktrace })),
      );
      expect(shown).toContain('450');
      expect(shown).not.toMatch(/padaria\.example|Ana/);
      mailbox.refuse = () => undefined;
      await outboxDrained(test.owner);
    });
  });

  describe('to an address that nobody has proved', () => {
    const DAY_SECONDS = 24 * 60 * 60;
    /** What became of so many mails, one after the other. */
    const states = async (count: number, overrides: () => Partial<MailRequest>) => {
      const ids: (string | undefined)[] = [];
      for (let n = 0; n < count; n += 1)
        ids.push(await enqueue({ businessKey: `unproved:${randomUUID()}`, ...overrides() }));
      await outboxDrained(test.owner);
      const rows = await Promise.all(ids.map(row));
      return Object.fromEntries(
        ['sent', 'dropped'].map((status) => [status, rows.filter((each) => each.status === status).length]),
      );
    };
    const to = (email: string) => ({ email, name: 'Estranha', locale: 'pt-BR' });
    const about = (subject: Record<string, string>, template: MailRequest['template'], email: string) => () => ({
      template,
      recipient: to(email),
      ids: { tokenId: randomUUID(), ...subject },
    });

    it('goes five times a day about an account whatever it tells, and as often for tickets', async () => {
      await start();
      const recipient = to('stranger@victim.example');
      const ids = { userId: randomUUID() };
      let n = 0;
      const template = () => (['password-reset', 'account-locked'] as const)[n++ % 2]!;
      expect(await states(7, () => ({ template: template(), recipient, ids }))).toEqual({ sent: 5, dropped: 2 });
      expect(await states(7, () => ({ template: 'ticket-reply', recipient }))).toEqual({ sent: 5, dropped: 2 });
      expect(mailbox.mails).toHaveLength(10);
      const { rows } = await test.owner.query(
        "select distinct last_error, problem from mails where status = 'dropped'",
      );
      expect(rows).toEqual([{ last_error: expect.stringMatching(/Nobody has proved the address/), problem: null }]);
      // Another organization has its own five.
      const other = systemContext(await insertOrganization(test.owner, 'Another'), { clock: systemClock });
      const id = await enqueue({ recipient }, other);
      await outboxDrained(test.owner);
      expect(await row(id)).toMatchObject({ status: 'sent' });
    });

    it('goes five times a day about an invoice, of however many there are for one address', async () => {
      await start();
      const recipient = to('accountant@victim.example');
      const ids = { invoiceId: randomUUID() };
      expect(await states(7, () => ({ template: 'invoice-overdue', recipient, ids }))).toEqual({ sent: 5, dropped: 2 });
      const opened = () => ({ template: 'invoice-opened', recipient, ids: { invoiceId: randomUUID() } }) as const;
      expect(await states(30, opened)).toEqual({ sent: 30, dropped: 0 });
    });

    it('keeps nobody from the link of another signup or of a new password, up to twenty about signups', async () => {
      await start();
      const email = 'owner@victim.example';
      const own = { userId: randomUUID(), signupId: randomUUID() };
      const stranger = about({ signupId: randomUUID() }, 'signup-received', email);
      expect(await states(6, stranger)).toEqual({ sent: 5, dropped: 1 });
      expect(await states(1, about(own, 'email-verification', email))).toEqual({ sent: 1, dropped: 0 });
      for (let n = 0; n < 3; n += 1)
        expect(await states(5, about({ signupId: randomUUID() }, 'signup-received', email))).toEqual({
          sent: n < 2 ? 5 : 4,
          dropped: n < 2 ? 0 : 1,
        });
      expect(await states(1, about(own, 'email-verification', email))).toEqual({ sent: 0, dropped: 1 });
      // Nor what is asked for where people sign in.
      for (const theirs of ['password-reset', 'email-verification'] as const)
        expect(await states(1, about({ userId: own.userId }, theirs, email))).toEqual({ sent: 1, dropped: 0 });
    });

    it('is kept back until it is told, the same where the address is proved; no other mail to that is', async () => {
      const worker = await start();
      const unproved = worker.get(UnprovedRecipients, { strict: false });
      const mail = about({ signupId: randomUUID() }, 'signup-received', 'told@victim.example');
      expect(await states(4, mail)).toEqual({ sent: 4, dropped: 0 });
      const { template, recipient, ids } = mail();
      const asked = { template, email: recipient.email, ids };
      expect(await unproved.heldUntil(context, asked)).toBeNull();
      expect(await states(1, mail)).toEqual({ sent: 1, dropped: 0 });
      const until = (await unproved.heldUntil(context, asked))!.getTime() - Date.now();
      expect(until).toBeGreaterThan((DAY_SECONDS - 600) * 1_000);
      expect(until).toBeLessThanOrEqual((DAY_SECONDS + 1) * 1_000);
      expect(await unproved.heldUntil(context, { ...asked, ids: { signupId: randomUUID() } })).toBeNull();
      await insertStaff(recipient.email);
      await test.owner.query('update staff_users set email_proved_at = now() where email = $1', [recipient.email]);
      // Whoever signs up with somebody's address hears what they would hear of nobody's.
      expect((await unproved.heldUntil(context, asked))!.getTime() - Date.now()).toBeGreaterThan(
        (DAY_SECONDS - 600) * 1_000,
      );
      expect(await states(1, mail)).toEqual({ sent: 0, dropped: 1 });
      for (const theirs of ['password-reset', 'invitation', 'staff-invitation'] as const)
        expect(await states(21, about({ userId: randomUUID() }, theirs, recipient.email))).toEqual({
          sent: 21,
          dropped: 0,
        });
    });

    it('counts once that was tried again', async () => {
      await start();
      let refusals = 0;
      mailbox.refuse = () => (refusals++ < 3 ? { code: 451, message: 'Greylisted' } : undefined);
      expect(await states(5, () => ({ recipient: to('grey@victim.example') }))).toEqual({ sent: 5, dropped: 0 });
    });

    it("is counted of all of an organization too, where strangers' signups use up nobody else's", async () => {
      const worker = await start();
      const limiter = worker.get(RateLimiter, { strict: false });
      const key = `unproved|${organizationId}|signup`;
      // All but one.
      await limiter.consumeEach({ [key]: 4_000 }, DAY_SECONDS, 1);
      for (let points = 2_048; points >= 1; points /= 2)
        await limiter.consumeEach({ [key]: 3_999 }, DAY_SECONDS, points);
      let n = 0;
      const next = () => to(`s${n++}@victim.example`);
      expect(await states(2, () => ({ template: 'signup-received', recipient: next() }))).toEqual({
        sent: 1,
        dropped: 1,
      });
      for (const template of ['password-reset', 'password-changed', 'ticket-reply'] as const)
        expect(await states(1, () => ({ template, recipient: next() }))).toEqual({ sent: 1, dropped: 0 });
      await limiter.clear(key);
    });

    it('has its limits as an invitation where that is asked for', async () => {
      await start();
      const recipient = to('invited@victim.example');
      await insertStaff(recipient.email, 'pending_invitation');
      expect(await states(6, () => ({ template: 'staff-invitation', recipient }))).toEqual({ sent: 6, dropped: 0 });
      expect(await states(6, () => ({ template: 'password-reset', recipient }))).toEqual({ sent: 5, dropped: 1 });
    });

    it.each([
      ['email_proved_at = now()', 6],
      ['email_confirmed_at = now()', 6],
      ["status = 'active', last_login_at = now()", 5],
    ])('has no limit where a link was followed: %s', async (values, sent) => {
      await start();
      const email = `customer${values.length}@padaria.example`;
      const [roleId, accountId] = [randomUUID(), randomUUID()];
      await test.owner.query(
        `with role as (insert into roles (organization_id, id, name) values ($1, $2, $4) returning 1),
          account as (insert into billing_accounts (organization_id, id, name) values ($1, $3, 'Padaria') returning 1)
        select (select count(*) from role) + (select count(*) from account)`,
        [organizationId, roleId, accountId, `Todos ${values}`],
      );
      await test.owner.query(
        `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
          values ($1, $2, gen_random_uuid(), $3, 'Ana', $4)`,
        [organizationId, accountId, email, roleId],
      );
      await test.owner.query(`update portal_users set ${values} where email = $1`, [email]);
      expect(await states(6, () => ({ template: 'ticket-reply', recipient: to(email) }))).toEqual({
        sent,
        dropped: 6 - sent,
      });
    });
  });

  describe('of a suspended organization', () => {
    const setStatus = (status: string) =>
      test.owner.query('update organizations set status = $1 where id = $2', [status, organizationId]);
    const dispatches = async () =>
      (await test.owner.query<{ dispatches: number }>('select dispatches from outbox')).rows[0]!.dispatches;
    beforeEach(() => setStatus('suspended'));
    afterEach(() => setStatus('active'));

    it('waits, and nothing fails', async () => {
      const worker = await start({ sweepMs: 50, redispatchMs: 100 });
      const id = await enqueue();
      await eventually('the mail being looked at again and again', async () => (await dispatches()) >= 3);
      expect(await row(id)).toMatchObject({ status: 'queued', attempts: 0, last_error: null });
      expect(mailbox.mails).toEqual([]);
      expect(await worker.get(Queues).createQueue('mail').getFailedCount()).toBe(0);
    });

    it('goes at once when the organization is restored, and goes once', async () => {
      await start();
      const id = await enqueue();
      await eventually('the mail being put off', async () => {
        const { rows } = await test.owner.query("select 1 from outbox where due_at > now() + interval '1 minute'");
        return rows.length === 1;
      });
      await test.database.asPlatform('restores the organization', async (db) => {
        await db.execute(sql`update organizations set status = 'active' where id = ${organizationId}::uuid`);
        await new Outbox(test.database).hasten(db, organizationId);
      });
      await mailbox.waitForMail({ to: 'ana@padaria.example' });
      await outboxDrained(test.owner);
      expect(await row(id)).toMatchObject({ status: 'sent', attempts: 1 });
      expect(mailbox.mails).toHaveLength(1);
    });

    it('is dropped when it has waited for five days', async () => {
      const id = await enqueue();
      await test.owner.query("update mails set created_at = now() - interval '5 days 1 minute'");
      await start();
      await outboxDrained(test.owner);
      expect(await row(id)).toMatchObject({ status: 'dropped' });
      expect(mailbox.mails).toEqual([]);
    });

    it("does not hold up anybody else's", async () => {
      await start({ sweepMs: 50, redispatchMs: 100 });
      await enqueue();
      const other = systemContext(await insertOrganization(test.owner, 'Another'), { clock: systemClock });
      await enqueue({ recipient: { email: 'bia@padaria.example', locale: 'pt-BR' } }, other);
      await mailbox.waitForMail({ to: 'bia@padaria.example' });
      expect(mailbox.mails).toHaveLength(1);
    });
  });

  describe('starting', () => {
    it.each([
      ['a mail has no template', MAIL_TEMPLATES.slice(1).map(templateFor), /invitation has no template/],
      [
        'a mail has two templates',
        [...MAIL_TEMPLATES, 'invitation' as const].map(templateFor),
        /invitation has 2 templates/,
      ],
    ])('is refused when %s', async (_what, templates, message) => {
      await expect(startMailWorker(test, {}, templates)).rejects.toThrow(message);
    });
  });
});
