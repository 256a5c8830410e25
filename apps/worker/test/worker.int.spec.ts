import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EVENTS, type EventDefinition, type Locale, type MailTemplateName } from '@balcao/contracts';
import { JobRegistry, JobRunner } from '@balcao/platform-outbox/worker';
import { Outbox } from '@balcao/platform-outbox';
import { Mailer } from '@balcao/platform-mail';
import { Queues } from '@balcao/platform-queue';
import { systemClock, systemContext } from '@balcao/platform-tenancy';
import {
  eventually,
  insertOrganization,
  lastLink,
  outboxDrained,
  sourceOf,
  sourcesIn,
  testDatabase,
  TestMailbox,
  type TestDatabase,
} from '@balcao/platform-testing';
import { createWorker } from '../src/create-worker.js';
import { PurgeHandler } from '../src/maintenance/purge.handler.js';
import { WorkerModule } from '../src/worker.module.js';

let test: TestDatabase;
let mailbox: TestMailbox;
let worker: INestApplicationContext;
let health: string;
/** Why it did not start, said by one test and not by each. */
let refused: unknown;

beforeAll(async () => {
  mailbox = await TestMailbox.start();
  test = await testDatabase({
    config: { smtpUrl: mailbox.smtpUrl, workerPort: 0, publicUrl: 'https://balcao.example' },
  });
  const starting = createWorker({
    config: test.config,
    logger: test.logger,
    outbox: { sweepMs: 500, patienceMs: 3_000 },
  });
  await starting.then(
    (started) => {
      worker = started.worker;
      health = `http://127.0.0.1:${started.port}/health`;
    },
    (error: unknown) => (refused = error),
  );
});
afterAll(async () => {
  await worker?.close();
  await mailbox?.stop();
  await test?.close();
});

it('starts, as every job there is has somebody who does it', () => {
  if (refused) throw refused;
});

describe('the worker', () => {
  beforeEach(() => {
    if (refused) throw new Error('It did not start.');
  });

  const askForMail = async (
    template: MailTemplateName,
    email: string,
    { expiresIn = '1 hour', locale = 'pt-BR', accounts = [] as string[], ids = {}, sender = {} } = {},
  ) => {
    const organizationId = await insertOrganization(test.owner, 'Aurora Telecom');
    const portalId = randomUUID();
    await test.owner.query(
      `insert into portals (organization_id, id, slug, name, is_default, settings)
        values ($1, $2, $3, 'Aurora', true, $4)`,
      [
        organizationId,
        portalId,
        `aurora-${portalId}`,
        { branding: { supportEmail: 'ajuda@aurora.example' }, mail: sender },
      ],
    );
    const [userId, invitationId, tokenId] = [
      await peopleIn(organizationId, email, accounts),
      randomUUID(),
      randomUUID(),
    ];
    await test.owner.query(
      `insert into one_time_tokens (organization_id, id, purpose, subject_type, subject_id, portal_id, credential_version, expires_at)
        values ($1, $2, $6, 'portal_user', $3, $4, 1, now() + $5::interval)`,
      [organizationId, tokenId, userId, portalId, expiresIn, template === 'invitation' ? template : 'password_reset'],
    );
    if (template === 'invitation')
      await test.owner.query(
        `insert into invitations (organization_id, billing_account_id, id, portal_id, portal_user_id, email, name,
            invited_by_type, invited_by_id, invited_by_name, expires_at)
          select $1, u.billing_account_id, $2, $3, u.id, u.email, u.name, 'staff', u.id, 'Helena Prado', now() + interval '1 day'
          from portal_users u where u.id = $4`,
        [organizationId, invitationId, portalId, userId],
      );
    const context = systemContext(organizationId, { clock: systemClock });
    const mailer = new Mailer(new Outbox(test.database));
    await test.database.transaction(context, (db) =>
      mailer.enqueue(db, context, {
        template,
        businessKey: `${template}:${tokenId}`,
        recipient: { email: email, name: 'Ana', locale },
        ids: { tokenId, portalId, userId, invitationId, ...ids },
      }),
    );
  };

  /** One person for each account, all with the same address. @returns the first, or an id of nobody */
  const peopleIn = async (organizationId: string, email: string, accounts: string[]): Promise<string> => {
    const roleId = randomUUID();
    const ids = accounts.map(() => randomUUID());
    await test.owner.query("insert into roles (organization_id, id, name) values ($1, $2, 'Todos')", [
      organizationId,
      roleId,
    ]);
    for (const [place, name] of accounts.entries()) {
      await test.owner.query('insert into billing_accounts (organization_id, id, name) values ($1, $2, $3)', [
        organizationId,
        ids[place],
        name,
      ]);
      await test.owner.query(
        `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
          values ($1, $2, $2, $3, 'Ana', $4)`,
        [organizationId, ids[place], email, roleId],
      );
    }
    return ids[0] ?? randomUUID();
  };

  it('does not start where nobody does a job', async () => {
    const root = WorkerModule.forRoot({ config: test.config, logger: test.logger });
    root.providers = root.providers!.filter((each) => each !== PurgeHandler);
    const start = NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    await expect(start).rejects.toThrow(/No handler for maintenance\.purge$/);
  });

  it('says that it lives and is ready, and nothing else', async () => {
    for (const path of ['live', 'ready', 'ready?x=1']) {
      const response = await fetch(`${health}/${path}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(await response.json()).toEqual({ status: 'ok' });
    }
    expect((await fetch(`${health}/other`)).status).toBe(404);
    expect((await fetch(`${health}/live`, { method: 'POST' })).status).toBe(405);
  });

  it("sends a module's mail in the portal's name, with a link made for it", async () => {
    await askForMail('password-reset', 'ana@padaria.example');
    const mail = await mailbox.waitForMail({ to: 'ana@padaria.example' });
    expect(mail.from).toMatchObject({ name: 'Aurora Telecom' });
    expect(mail.replyTo).toEqual([expect.objectContaining({ address: 'ajuda@aurora.example' })]);
    expect(lastLink(mail)).toMatch(
      /^https:\/\/balcao\.example\/o\/aurora-[\w-]{36}\/portal\/reset-password#token=[\w-]{22}\.[\w-]{43}&locale=pt-BR$/,
    );
    await outboxDrained(test.owner);
  });

  it.each([
    ['Atendimento Aurora', 'Atendimento Aurora'],
    ['"Aurora", ação', '"Aurora", ação'],
    ['Aurora <evil@x.example>\r\nBcc: evil@x.example', 'Aurora <evil@x.example> Bcc: evil@x.example'],
  ])("sends mails in the portal's own sender name, from the installation's address: %j", async (senderName, name) => {
    mailbox.mails.length = 0;
    await askForMail('password-reset', 'ana@padaria.example', {
      sender: { senderName, replyTo: 'atendimento@aurora.example' },
    });
    const mail = await mailbox.waitForMail({ to: 'ana@padaria.example' });
    expect(mail.from).toMatchObject({ name, address: 'balcao@localhost' });
    expect(mail.replyTo).toEqual([expect.objectContaining({ address: 'atendimento@aurora.example' })]);
    expect(mail.bcc ?? []).toEqual([]);
    await outboxDrained(test.owner);
  });

  it.each([
    [
      'a link by which a locked customer sets a new password',
      '1 hour',
      /\/portal\/reset-password#token=[\w-]{22}\.[\w-]{43}&locale=pt-BR$/,
    ],
    [
      'the page that sends one where that is worth nothing any more',
      '-1 minute',
      /\/portal\/forgot-password#locale=pt-BR$/,
    ],
  ])('sends %s', async (what, expiresIn, link) => {
    const email = `locked.${what.length}@padaria.example`;
    await askForMail('account-locked', email, { expiresIn });
    expect(lastLink(await mailbox.waitForMail({ to: email }))).toMatch(link);
    await outboxDrained(test.owner);
  });

  const [PADARIA, BOTH] = [['Padaria Estrela'], ['Padaria Estrela', 'Oficina Central']];
  it.each<[MailTemplateName, Locale, string[], string, string | undefined]>([
    [
      'password-reset',
      'pt-BR',
      BOTH,
      'Nova senha para Padaria Estrela em Aurora Telecom',
      'abre só Padaria Estrela. Seus outros acessos a Aurora Telecom continuam',
    ],
    ['password-reset', 'pt-BR', PADARIA, 'Nova senha para Padaria Estrela em Aurora Telecom', undefined],
    [
      'password-reset',
      'en-US',
      BOTH,
      'New password for Padaria Estrela at Aurora Telecom',
      'opens Padaria Estrela only. Your other accesses to Aurora Telecom keep',
    ],
    ['password-changed', 'pt-BR', BOTH, 'Sua senha para Padaria Estrela em Aurora Telecom mudou', 'abre só Padaria'],
    [
      'account-locked',
      'pt-BR',
      BOTH,
      'Seu acesso a Padaria Estrela em Aurora Telecom foi bloqueado',
      'abre só Padaria',
    ],
    ['email-changed', 'pt-BR', BOTH, 'O e-mail do seu acesso a Padaria Estrela em Aurora Telecom mudou', undefined],
    ['email-verification', 'en-US', BOTH, 'Confirm your email for Padaria Estrela at Aurora Telecom', undefined],
    [
      'invitation',
      'pt-BR',
      BOTH,
      'Aurora Telecom convidou você para o portal (Padaria Estrela)',
      'mais um acesso, só a Padaria Estrela, com senha própria',
    ],
    ['invitation', 'pt-BR', PADARIA, 'Aurora Telecom convidou você para o portal (Padaria Estrela)', undefined],
    [
      'invitation',
      'en-US',
      BOTH,
      'Aurora Telecom invited you to its portal (Padaria Estrela)',
      'one more access, to Padaria Estrela only, with a password of its own',
    ],
  ])('names the account in %s, %s, of an address with %j', async (template, locale, accounts, subject, alone) => {
    const email = `${randomUUID()}@example.com`;
    await askForMail(template, email, { locale, accounts });
    const mail = await mailbox.waitForMail({ to: email });
    const text = mail.text!.replace(/\s+/g, ' ');
    expect(mail.subject).toBe(subject);
    expect(text).toContain('Padaria Estrela');
    expect(text).not.toContain('Oficina');
    if (alone === undefined) expect(text).not.toMatch(/outros acessos|other access|mais um|one more/);
    else expect(text).toContain(alone);
    await outboxDrained(test.owner);
  });

  it.each<[Locale, object, RegExp, RegExp]>([
    ['pt-BR', {}, /Todas as sessões abertas foram encerradas/, /continua/],
    ['pt-BR', { sessionId: randomUUID() }, /Só a sessão em que ela foi mudada continua/, /Todas as sessões/],
    ['en-US', {}, /All open sessions have been ended/, /goes on/],
    ['en-US', { sessionId: randomUUID() }, /Only the session in which it was changed goes on/, /All .*sessions/],
  ])('says which sessions a new password has ended: %s, %j', async (locale, ids, told, untold) => {
    const email = `${randomUUID()}@example.com`;
    await askForMail('password-changed', email, { locale, ids });
    const mail = await mailbox.waitForMail({ to: email });
    const said = `${mail.text} ${mail.html}`.replace(/\s+/g, ' ');
    expect(said).toMatch(told);
    expect(said).not.toMatch(untold);
    await outboxDrained(test.owner);
  });

  const RESUME = /\/portal\/signup\/aurora-[\w-]{36}\/[\w-]{36}#token=m\.[\w-]{43}&locale=/;
  it.each<[MailTemplateName, Locale, object, string, RegExp, RegExp]>([
    [
      'signup-received',
      'pt-BR',
      { status: 'in_review' },
      'Uma pessoa confere o cadastro de Confeitaria Alvorada Ltda (C-2026-000007)',
      /Uma pessoa de Aurora Telecom confere/,
      RESUME,
    ],
    [
      'signup-received',
      'en-US',
      { status: 'submitted' },
      'We received the signup of Confeitaria Alvorada Ltda (C-2026-000007)',
      /has not answered/,
      RESUME,
    ],
    [
      'signup-refused',
      'pt-BR',
      { status: 'refused', refusal: 'closed', reason: 'VOLUNTÁRIA' },
      'O cadastro de Confeitaria Alvorada Ltda não seguiu',
      /está baixada desde 14\/03\/2025.*Motivo no registro: VOLUNTÁRIA/,
      RESUME,
    ],
    [
      'signup-refused',
      'en-US',
      { status: 'refused', refusal: 'staff', reason: 'Campinas only.' },
      'The signup of Confeitaria Alvorada Ltda went no further',
      /was not accepted.*Reason: Campinas only\./,
      RESUME,
    ],
    [
      'signup-refused',
      'pt-BR',
      { status: 'refused', refusal: 'already_registered' },
      'O cadastro de Confeitaria Alvorada Ltda não seguiu',
      /já é cliente/,
      RESUME,
    ],
    [
      'signup-to-review',
      'pt-BR',
      { status: 'in_review' },
      'Cadastro para conferir: Confeitaria Alvorada Ltda',
      /quer ser cliente/,
      /\/console\/signups\?status=in_review#locale=pt-BR$/,
    ],
    [
      'signup-to-review',
      'en-US',
      { status: 'in_review' },
      'Signup to review: Confeitaria Alvorada Ltda',
      /wants to become a customer/,
      /\/console\/signups\?status=in_review#locale=en-US$/,
    ],
  ])('S0.37 tells of a signup by %s in %s, %j', async (template, locale, facts, subject, said, link) => {
    const { status, refusal, reason } = { refusal: null, reason: null, ...(facts as { status: string }) };
    const email = `${randomUUID()}@example.com`;
    const organizationId = await insertOrganization(test.owner, 'Aurora Telecom');
    const [portalId, signupId] = [randomUUID(), randomUUID()];
    await test.owner.query(
      "insert into portals (organization_id, id, slug, name, is_default) values ($1, $2, $3, 'Aurora', true)",
      [organizationId, portalId, `aurora-${portalId}`],
    );
    await test.owner.query(
      `insert into signups (organization_id, id, portal_id, number, kind, tax_id, status, locale, lookup, company, administrator_name,
          administrator_email, refusal, refusal_reason, expires_at)
        values ($1, $2, $3, 'C-2026-000007', 'cnpj', '12ABC34501DE35', $4, 'pt-BR', 'inactive',
          '{"legalName": "Confeitaria Alvorada Ltda", "situationSince": "2025-03-14"}', 'Carolina', $5, $6, $7, now() + interval '1 day')`,
      [organizationId, signupId, portalId, status, email, refusal, reason],
    );
    const context = systemContext(organizationId, { clock: systemClock });
    const mailer = new Mailer(new Outbox(test.database));
    await test.database.transaction(context, (db) =>
      mailer.enqueue(db, context, {
        template,
        businessKey: `${template}:${signupId}`,
        recipient: { email, name: 'Carolina', locale },
        ids: { signupId, portalId },
      }),
    );
    const mail = await mailbox.waitForMail({ to: email });
    expect(mail.subject).toBe(subject);
    expect(mail.text!.replace(/\s+/g, ' ')).toMatch(said);
    expect(lastLink(mail)).toMatch(link);
    await outboxDrained(test.owner);
  });

  it.each(Object.entries<EventDefinition>(EVENTS))(
    '%s is published, and heard unless it is for open pages only',
    (name, { liveOnly = false }) => {
      const publishing = sourcesIn('libs/modules').filter((file) => {
        const code = sourceOf(file);
        return code.includes(`'${name}'`) && !code.includes('@Subscriber(');
      });
      const hearing = worker.get(JobRegistry, { strict: false }).subscriptions.filter(({ event }) => event === name);
      expect(publishing).not.toEqual([]);
      expect(hearing.length > 0).toBe(!liveOnly);
    },
  );

  it('purges what has expired and keeps what has not', async () => {
    const organizationId = await insertOrganization(test.owner);
    await test.owner.query('delete from outbox');
    const outboxRow = `insert into outbox (organization_id, id, job, version, payload, status, done_at, due_at)
      select $1, gen_random_uuid(), 'mail.send', 1, '{}', $2, now() - $3::interval, 'infinity' from generate_series(1, $4::integer)`;
    await test.owner.query(outboxRow, [organizationId, 'done', '8 days', 2_500]);
    await test.owner.query(outboxRow, [organizationId, 'done', '6 days', 2]);
    await test.owner.query(outboxRow, [organizationId, 'dispatched', '8 days', 3]);
    const token = `insert into one_time_tokens (organization_id, id, purpose, subject_type, subject_id, credential_version, expires_at)
      values ($1, gen_random_uuid(), 'invitation', 'portal_user', gen_random_uuid(), 1, now() - $2::interval)`;
    await test.owner.query('delete from one_time_tokens');
    await test.owner.query(token, [organizationId, '31 days']);
    await test.owner.query(token, [organizationId, '29 days']);
    const session = `insert into sessions (id, token_hash, realm, subject_id, credential_version, methods, ip, user_agent, expires_at, absolute_expires_at)
      values (gen_random_uuid(), sha256(gen_random_uuid()::text::bytea), 'operator', gen_random_uuid(), 1, '{password}', '', '', now() + $1::interval, now() + $1::interval)`;
    await test.owner.query(session, ['-1 minute']);
    await test.owner.query(session, ['1 minute']);
    const queued = `insert into bullmq.job (queue, id, seq, name, state, data, opts, added_at_ms, finished_at_ms)
      select 'events', $1 || n, -n, 'kept', $2::bullmq.job_state, '{}', '{}', 0, extract(epoch from now() - $3::interval) * 1000
      from generate_series(1, $4::integer) n`;
    await test.owner.query(queued, ['old-', 'completed', '61 minutes', 1_500]);
    await test.owner.query(queued, ['young-', 'completed', '59 minutes', 2]);
    await test.owner.query(queued, ['failed-', 'failed', '61 minutes', 3]);

    expect(await worker.get(JobRunner, { strict: false }).run({ name: 'maintenance.purge', data: {} })).toBe('done');

    const count = async (from: string) =>
      (await test.owner.query<{ n: number }>(`select count(*)::int as n from ${from}`)).rows[0]!.n;
    expect(await count('outbox')).toBe(5);
    expect(await count('one_time_tokens')).toBe(1);
    expect(await count('sessions')).toBe(1);
    expect(await count("bullmq.job where name = 'kept' and state = 'completed'")).toBe(2);
    expect(await count("bullmq.job where name = 'kept' and state = 'failed'")).toBe(3);
    await test.owner.query("delete from bullmq.job where name = 'kept'");
    await test.owner.query('delete from outbox');
  });

  it('S3.13 S3.14 closes resolved tickets whose moment has come, by a job in its queue', async () => {
    const organizationId = await insertOrganization(test.owner);
    const [roleId, accountId, userId] = [randomUUID(), randomUUID(), randomUUID()];
    await test.owner.query("insert into roles (organization_id, id, name) values ($1, $2, 'Todos')", [
      organizationId,
      roleId,
    ]);
    await test.owner.query("insert into billing_accounts (organization_id, id, name) values ($1, $2, 'Padaria')", [
      organizationId,
      accountId,
    ]);
    await test.owner.query(
      `insert into portal_users (organization_id, billing_account_id, id, email, name, role_id)
        values ($1, $2, $3, 'ana@padaria.example', 'Ana', $4)`,
      [organizationId, accountId, userId, roleId],
    );
    for (const [number, closesIn] of [
      ['T-2026-000001', '-1 second'],
      ['T-2026-000002', '1 hour'],
    ]) {
      await test.owner.query(
        `insert into tickets (organization_id, billing_account_id, id, number, subject, description, status, resolved_at,
            auto_close_at, submitted_by_id, submitted_by_name)
          values ($1, $2, gen_random_uuid(), $4, 'Internet', 'Cai', 'resolved', now(), now() + $5::interval, $3, 'Ana')`,
        [organizationId, accountId, userId, number, closesIn],
      );
    }
    const queue = worker.get(Queues, { strict: false }).createQueue('maintenance');
    await Promise.all([queue.add('tickets.close-resolved', {}), queue.add('tickets.close-resolved', {})]);

    const statuses = async () =>
      (
        await test.owner.query<{ status: string }>(
          'select status from tickets where organization_id = $1 order by number',
          [organizationId],
        )
      ).rows.map(({ status }) => status);
    await eventually('a ticket that is closed', async () => (await statuses())[0] === 'closed');
    expect(await statuses()).toEqual(['closed', 'resolved']);
    const { rows } = await test.owner.query(
      "select action, actor_type from audit_log where organization_id = $1 and action = 'system.ticket.close'",
      [organizationId],
    );
    expect(rows).toEqual([{ action: 'system.ticket.close', actor_type: 'system' }]);
  });

  it('is not ready while its relay cannot look at the outbox, whatever else works', async () => {
    const ready = async () => (await fetch(`${health}/ready`)).status;
    await test.owner.query('begin');
    await test.owner.query('lock table outbox in access exclusive mode');
    try {
      await eventually('a worker that is not ready', async () => (await ready()) === 503);
    } finally {
      await test.owner.query('rollback');
    }
    await eventually('a worker that is ready again', async () => (await ready()) === 200);
  });

  it('is not ready while the database is away, and works by itself when it is back', async () => {
    await test.outage(async () => {
      expect((await fetch(`${health}/ready`)).status).toBe(503);
      expect((await fetch(`${health}/live`)).status).toBe(200);
    });
    await eventually('a worker that is ready again', async () => (await fetch(`${health}/ready`)).status === 200);
    await askForMail('password-reset', 'bia@padaria.example');
    await mailbox.waitForMail({ to: 'bia@padaria.example', timeoutMs: 20_000 });
    await outboxDrained(test.owner);
  });
});
