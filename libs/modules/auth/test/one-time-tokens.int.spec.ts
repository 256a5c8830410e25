import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PortalEntity } from '@balcao/module-directory/entities';
import { newId } from '@balcao/platform-database';
import { PostgresRateLimiter } from '@balcao/platform-state';
import { systemClock, systemContext, type OrganizationContext, type RequestContext } from '@balcao/platform-tenancy';
import { insertOrganization, testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { LoginLimits } from '../src/sign-in/login-limits.js';
import { MailLinks } from '../src/tokens/mail-links.js';
import { OneTimeTokens, type TokenPurpose, type TokenSubject } from '../src/tokens/one-time-tokens.js';

const PURPOSES = ['invitation', 'email_verification', 'password_reset'] as const satisfies TokenPurpose[];
const INVALID = expect.objectContaining({ code: 'token_invalid' });

let test: TestDatabase;
let tokens: OneTimeTokens;
let context: OrganizationContext & RequestContext;
let subject: TokenSubject;
/** Somebody at the installation's own address, where no organization is named. */
let visitor: RequestContext;

beforeAll(async () => {
  test = await testDatabase({ entities: [PortalEntity] });
  tokens = new OneTimeTokens(
    test.database,
    test.secrets,
    new LoginLimits(new PostgresRateLimiter(test.database, test.secrets)),
  );
});
afterAll(() => test.close());
let addresses = 0;
beforeEach(async () => {
  const client = { ip: `198.51.100.${(addresses += 1)}`, userAgent: 'test' };
  context = { ...systemContext(await insertOrganization(test.owner), { clock: systemClock }), client };
  subject = { type: 'portal_user', id: newId(), credentialVersion: 1 };
  visitor = { requestId: 'test', locale: 'pt-BR', clock: context.clock, actor: { type: 'anonymous' }, client };
});

const issue = (purpose: TokenPurpose = 'password_reset', about = subject) =>
  test.database.transaction(context, (db) => tokens.issue(db, purpose, about));
const linkOf = async (id: string) => (await tokens.derive(id))!;
const change = (id: string, assignment: string) =>
  test.owner.query(`update one_time_tokens set ${assignment} where id = $1`, [id]);
const inspect = (text: string, purpose: TokenPurpose = 'password_reset', who: RequestContext = visitor) =>
  tokens.inspect(text, purpose, 'portal_user', who);
const read = (text: string) => tokens.read(text, 'password_reset', 'portal_user', visitor);
const claim = (token: Awaited<ReturnType<typeof inspect>>, as = context) =>
  test.database.transaction(as, (db) => tokens.claim(db, token));

describe('a link', () => {
  it('says whom it is about, as often as it is looked at', async () => {
    const id = await issue();
    const text = await linkOf(id);
    for (const who of [visitor, context]) {
      expect(await inspect(text, 'password_reset', who)).toEqual({
        id,
        organizationId: context.organizationId,
        clock: systemClock,
        purpose: 'password_reset',
        subject,
        portalId: null,
        used: false,
        expired: false,
      });
    }
  });

  it.each(PURPOSES)('for %s is worth nothing for anything else', async (purpose) => {
    const text = await linkOf(await issue(purpose));
    for (const other of PURPOSES.filter((each) => each !== purpose))
      await expect(inspect(text, other)).rejects.toEqual(INVALID);
    await expect(tokens.inspect(text, purpose, 'staff_user', visitor)).rejects.toEqual(INVALID);
    expect(await inspect(text, purpose)).toMatchObject({ purpose });
  });

  it('takes every other of its purpose with it when it is used, and none of another', async () => {
    const [one, two, other] = [await issue(), await issue(), await issue('email_verification')];
    // As two that were issued at the same moment.
    await change(one, 'superseded_at = null');
    const text = await linkOf(one);
    await claim(await inspect(await linkOf(two)));
    await expect(inspect(text)).rejects.toEqual(INVALID);
    expect(await inspect(await linkOf(other), 'email_verification')).toMatchObject({ id: other });
  });

  it('is worth nothing at the address of another organization', async () => {
    const text = await linkOf(await issue());
    const elsewhere = {
      ...systemContext(await insertOrganization(test.owner), { clock: systemClock }),
      client: visitor.client,
    };
    await expect(inspect(text, 'password_reset', elsewhere)).rejects.toEqual(INVALID);
  });

  it('is signed for its purpose, organization, person, password and id', async () => {
    const id = await issue();
    const text = await linkOf(id);
    const other = await insertOrganization(test.owner);
    const [now] = (await test.owner.query(`select * from one_time_tokens where id = $1`, [id])).rows;
    for (const [column, value, back] of [
      ['subject_id', newId(), subject.id],
      ['credential_version', 2, 1],
      ['organization_id', other, context.organizationId],
      ['purpose', 'invitation', 'password_reset'],
      ['subject_type', 'staff_user', 'portal_user'],
    ] as const) {
      const set = (to: unknown) =>
        test.owner.query(`update one_time_tokens set ${column} = $2 where id = $1`, [id, to]);
      await set(value);
      const { purpose, type } = {
        purpose: column === 'purpose' ? ('invitation' as const) : ('password_reset' as const),
        type: column === 'subject_type' ? ('staff_user' as const) : ('portal_user' as const),
      };
      await expect(tokens.read(text, purpose, type, visitor)).rejects.toEqual(INVALID);
      await set(back);
      expect(await read(text)).toMatchObject({ id });
    }
    expect((await test.owner.query(`select * from one_time_tokens where id = $1`, [id])).rows).toEqual([now]);
    const [signature] = text.split('.').slice(1);
    const another = await linkOf(await issue());
    await expect(read(`${another.split('.')[0]}.${signature}`)).rejects.toEqual(INVALID);
  });

  it.each([
    ['another signature', (text: string) => text.slice(0, 23) + 'A'.repeat(43)],
    ['a shorter signature', (text: string) => text.slice(0, -1)],
    ['something behind it', (text: string) => `${text}A`],
    ['something before it', (text: string) => `A${text}`],
    ['no signature', (text: string) => text.slice(0, 23)],
    ['an id that nobody has', (text: string) => `${'A'.repeat(22)}.${text.slice(23)}`],
    ['nothing at all', () => ''],
  ])('with %s is none', async (_what, spoil) => {
    await expect(read(spoil(await linkOf(await issue())))).rejects.toEqual(INVALID);
  });

  it('that is right is never refused for others’ wrong ones, which are counted for their network alone', async () => {
    const [text, dead] = [await linkOf(await issue()), await linkOf(await issue('invitation'))];
    await test.owner.query("update one_time_tokens set expires_at = now() where purpose = 'invitation'");
    // Nobody guesses at what was issued, however worthless it is by now.
    for (let n = 0; n < 12; n += 1) {
      expect(await read(text)).toMatchObject({ subject });
      await expect(inspect(dead, 'invitation')).rejects.toMatchObject({ code: 'invitation_expired' });
      await expect(inspect(text, 'invitation')).rejects.toEqual(INVALID);
    }
    const refused = expect.objectContaining({ code: 'rate_limited' }) as unknown;
    for (let n = 0; n < 10; n += 1)
      await expect(read(n % 2 ? 'junk' : text.slice(0, 23) + 'A'.repeat(43))).rejects.toEqual(INVALID);
    await expect(read('junk')).rejects.toEqual(refused);
    expect(await read(text)).toMatchObject({ subject });
    const neighbour = { ...visitor, client: { ...visitor.client, ip: '203.0.113.80' } };
    await expect(inspect('junk', 'password_reset', neighbour)).rejects.toEqual(INVALID);
  });

  it('sets no passwords without end where each is refused, and stays as good; another is not refused for it', async () => {
    const use = (text: string) => tokens.inspectToUse(text, 'password_reset', 'portal_user', visitor);
    const text = await linkOf(await issue());
    for (let n = 0; n < 10; n += 1) await use(text);
    await expect(use(text)).rejects.toMatchObject({ code: 'rate_limited' });
    expect(await read(text)).toMatchObject({ used: false });
    subject = { ...subject, id: newId() };
    await use(await linkOf(await issue('password_reset', subject)));
  });

  it.each([
    ['expired', 'expires_at = now()'],
    ['superseded', 'superseded_at = now()'],
    ['used and superseded', 'used_at = now(), superseded_at = now()'],
  ])('that is %s opens nothing, and no mail carries it', async (_what, assignment) => {
    const id = await issue();
    const [text, token] = [await linkOf(id), await inspect(await linkOf(id))];
    await change(id, assignment);
    await expect(inspect(text)).rejects.toEqual(INVALID);
    await expect(read(text)).rejects.toEqual(INVALID);
    await expect(claim(token)).rejects.toEqual(INVALID);
    expect(await tokens.derive(id)).toBeUndefined();
  });

  it('that was used can be read, says so however old it is, and opens nothing', async () => {
    const id = await issue();
    const text = await linkOf(id);
    await claim(await inspect(text));
    for (const age of ['expires_at = expires_at', 'expires_at = now()']) {
      await change(id, age);
      expect(await read(text)).toMatchObject({ id, used: true });
      await expect(inspect(text)).rejects.toMatchObject({ code: 'token_used' });
      expect(await tokens.derive(id)).toBeUndefined();
    }
  });

  it('of a suspended organization says that it is suspended', async () => {
    const text = await linkOf(await issue());
    await test.owner.query("update organizations set status = 'suspended' where id = $1", [context.organizationId]);
    await expect(read(text)).rejects.toMatchObject({ code: 'organization_suspended' });
  });

  it.each([
    ['invitation', 7 * 24],
    ['email_verification', 24],
    ['password_reset', 1],
  ] as const)('S3.23 for %s lives %d hours', async (purpose, hours) => {
    const { rows } = await test.owner.query<{ seconds: number }>(
      'select extract(epoch from expires_at - created_at)::integer as seconds from one_time_tokens where id = $1',
      [await issue(purpose)],
    );
    expect(rows).toEqual([{ seconds: hours * 3_600 }]);
  });
});

describe('claiming', () => {
  it('succeeds once, of however many at the same time', async () => {
    const token = await inspect(await linkOf(await issue()));
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => claim(token)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason).toEqual(INVALID);
  });

  it('is for its own organization only, and leaves every other link as it was', async () => {
    const neighbour = { ...subject, id: newId() };
    const [theirs, later] = [await issue('password_reset', neighbour), await issue('email_verification')];
    const token = await inspect(await linkOf(await issue()));
    const elsewhere = {
      ...systemContext(await insertOrganization(test.owner), { clock: systemClock }),
      client: visitor.client,
    };
    await expect(claim(token, elsewhere)).rejects.toEqual(INVALID);
    await claim(token);
    for (const id of [theirs, later]) expect(await tokens.derive(id)).toBeDefined();
  });

  it('is taken back with the transaction that it belongs to', async () => {
    const token = await inspect(await linkOf(await issue()));
    const failed = test.database.transaction(context, async (db) => {
      await tokens.claim(db, token);
      throw new Error('the work failed');
    });
    await expect(failed).rejects.toThrow('the work failed');
    await claim(token);
  });
});

describe('whatever is done with a link', () => {
  const accountId = newId();
  const people: Record<TokenSubject['type'], [string, unknown[]][]> = {
    portal_user: [
      ["insert into roles (organization_id, id, name) values ($1, $2, 'Todos')", [accountId]],
      ["insert into billing_accounts (organization_id, id, name) values ($1, $2, 'Padaria')", [accountId]],
      [
        `insert into portal_users (organization_id, id, billing_account_id, role_id, email, name)
         values ($1, $2, $3, $3, 'ana@padaria.example', 'Ana')`,
        [accountId],
      ],
    ],
    staff_user: [
      [
        `insert into staff_users (organization_id, id, email, name, role)
         values ($1, $2, 'ana@aurora.example', 'Ana', 'agent')`,
        [],
      ],
    ],
  };

  it.each(['portal_user', 'staff_user'] as const)('holds the %s before it', async (type) => {
    subject = { ...subject, type };
    for (const [statement, values] of people[type])
      await test.owner.query(statement, [
        context.organizationId,
        ...(statement.includes('_users') ? [subject.id] : []),
        ...values,
      ]);
    const id = await issue();
    const token = await tokens.inspect(await linkOf(id), 'password_reset', type, visitor);
    await test.owner.query('begin');
    await test.owner.query(`select 1 from ${type}s where id = $1 for update`, [subject.id]);
    let done = 0;
    const both = [claim(token), issue('invitation')].map((work) => work.then(() => (done += 1)));
    await sleep(150);
    expect(done).toBe(0);
    await test.owner.query('select 1 from one_time_tokens where id = $1 for update nowait', [id]);
    await test.owner.query('commit');
    await Promise.all(both);
  });
});

it('a link of a mail leads to the portal that it is about, or to the console, with the token behind the #', async () => {
  const [first, own, verified] = [newId(), newId(), newId()];
  for (const id of [first, own, verified])
    await test.owner.query(
      `insert into portals (organization_id, id, slug, name, custom_domain, domain_leads_here, is_default)
       values ($1, $2::uuid, $2::uuid::text, 'A', $3, $3::text is not null, $4)`,
      [context.organizationId, id, id === own ? null : `${id}.example`, id === own],
    );
  const { publicUrl } = test.config;
  const links = new MailLinks(test.config, test.database);
  const at = async (portalId?: string, token?: string) =>
    (await links.portal(context, { portalId }, 'reset-password', { token, locale: 'en-US' })).url;
  expect(await at(own, 't.k')).toBe(`${publicUrl}/o/${own}/portal/reset-password#token=t.k&locale=en-US`);
  expect(await at(verified)).toBe(`https://${verified}.example/portal/reset-password#locale=en-US`);
  expect(await at()).toBe(`${publicUrl}/o/${own}/portal/reset-password#locale=en-US`);
  expect(links.console('reset-password', { token: 't.k', locale: 'pt-BR' })).toBe(
    `${publicUrl}/console/reset-password#token=t.k&locale=pt-BR`,
  );
});

describe('a newer link', () => {
  it('makes older ones of the same person and purpose worthless, and no others', async () => {
    const [older, other] = [await issue(), await issue('invitation')];
    const neighbour = await issue('password_reset', { ...subject, id: newId() });
    const newer = await issue();
    expect(await tokens.derive(older)).toBeUndefined();
    for (const id of [other, neighbour, newer]) expect(await tokens.derive(id)).toBeDefined();
  });

  it('leaves one that was used as it was', async () => {
    const text = await linkOf(await issue());
    await claim(await inspect(text));
    await issue();
    expect(await read(text)).toMatchObject({ used: true });
  });
});
