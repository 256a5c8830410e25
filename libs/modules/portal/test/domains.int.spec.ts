import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MailLinks } from '@balcao/module-auth';
import { portalOrigin } from '@balcao/module-directory';
import { newId } from '@balcao/platform-database';
import { sql, systemClock, systemContext } from '@balcao/platform-tenancy';
import { DomainLostMail, DomainMissingMail } from '../src/domains/domain.mails.js';
import { DomainsDueHandler } from '../src/domains/domains-due.handler.js';
import { DomainClaimEntity } from '../src/persistence/domain-claim.entity.js';
import { startDomainWorld, type DomainWorld, type Tenant } from './domain-world.js';

const DOMAIN = 'portal.aurora.example';
const HOUR = 3_600_000;

let world: DomainWorld;
let test: DomainWorld['test'];
let dns: DomainWorld['dns'];
let domains: DomainWorld['domains'];
let handler: DomainWorld['handler'];
let portals: DomainWorld['portals'];
let reach: DomainWorld['reach'];
let due: DomainsDueHandler;
let aurora: Tenant;
let boreal: Tenant;

beforeAll(async () => {
  world = await startDomainWorld({ portalCnameTarget: 'cname.balcao.example' });
  ({ test, dns, domains, handler, portals, reach } = world);
  due = new DomainsDueHandler(test.database, world.outbox);
});
afterAll(() => world?.stop());
beforeEach(async () => {
  [aurora, boreal] = (await world.begin('Aurora', 'Boreal')) as [Tenant, Tenant];
});

const claim = ({ context, portalId }: Tenant, domain = DOMAIN) => domains.claim(context, { portalId }, domain);
const stateOf = async ({ context, portalId }: Tenant) => (await domains.get(context, { portalId }))!;
const proves = (...proofs: string[]) =>
  dns.set(
    `_balcao.${DOMAIN}`,
    'TXT',
    proofs.map((proof) => [proof]),
  );
const twoOfOurs = () => dns.set('cname.balcao.example', 'A', ['192.0.2.7', '192.0.2.9']);
const servedAt = async (host = DOMAIN) => (await portals.byHost(host))?.portal.slug;

/** As the worker does, with the queue's second chance. */
async function check({ organizationId }: Tenant, id: string): Promise<void> {
  const look = () =>
    handler.handle(
      {
        name: 'domains.check',
        version: 1,
        payload: { domainId: id },
        deliveryId: 'x',
        context: systemContext(organizationId, { clock: systemClock }),
      },
      async () => {},
    );
  await look().catch(look);
}
async function proved(who: Tenant, domain?: string): Promise<DomainClaimEntity> {
  const { id, proof } = await claim(who, domain);
  dns.set(`_balcao.${domain ?? DOMAIN}`, 'TXT', [[proof]]);
  await check(who, id);
  return stateOf(who);
}
const past = (id: string, column: string, hours: number) =>
  test.owner.query(`update domain_claims set ${column} = now() - make_interval(secs => $2) where id = $1`, [
    id,
    hours * 3_600,
  ]);
const mailsTo = async ({ organizationId }: Tenant) =>
  (
    await test.owner.query<{ mail: string }>(
      "select template || ' to ' || split_part(recipient_email, '@', 1) as mail from mails where organization_id = $1 order by id",
      [organizationId],
    )
  ).rows.map(({ mail }) => mail);
const auditOf = async ({ organizationId }: Tenant) =>
  (
    await test.owner.query<{ action: string }>('select action from audit_log where organization_id = $1 order by id', [
      organizationId,
    ])
  ).rows.map(({ action }) => action);

describe('S3.39 a claim', () => {
  it('is in one spelling, has a proof of its own, and is looked at at once', async () => {
    const mine = await claim(aurora, ' Portal.AURORA.example. ');
    const theirs = await claim(boreal);
    expect(mine).toMatchObject({ domain: DOMAIN, verifiedAt: null, finding: null });
    expect([mine.proof, theirs.proof]).toEqual(Array(2).fill(expect.stringMatching(/^balcao-verify=[\w-]{32}$/)));
    expect(mine.proof).not.toBe(theirs.proof);
    const { rows } = await test.owner.query("select payload from outbox where job = 'domains.check' order by id");
    expect(rows).toEqual([{ payload: { domainId: mine.id } }, { payload: { domainId: theirs.id } }]);
    expect(await auditOf(aurora)).toEqual(['staff.domain.claim']);
  });

  it('is the same where it is made once more, also at the same moment', async () => {
    const made = await Promise.all([claim(aurora), claim(aurora), claim(aurora)]);
    expect(new Set(made.map(({ id, proof }) => id + proof)).size).toBe(1);
  });

  it('ends the one of before at once, and nothing that was asked for that one counts', async () => {
    const first = await proved(aurora);
    expect(await servedAt()).toBe(aurora.slug);
    await claim(aurora, 'other.aurora.example');
    expect(await servedAt()).toBeUndefined();
    await check(aurora, first.id);
    expect([await servedAt(), await servedAt('other.aurora.example')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['another was named', (who: Tenant) => claim(who, 'other.aurora.example')],
    ['two others were named', async (who: Tenant) => (await claim(who, 'a.example'), claim(who, 'b.example'))],
    ['it was removed', ({ context, portalId }: Tenant) => domains.remove(context, { portalId })],
  ] as [string, (who: Tenant) => Promise<unknown>][])(
    'S3.46 has the proof that stands once more where the domain is named again within 72 hours after %s',
    async (_what, leave) => {
      const first = await proved(aurora);
      await leave(aurora);
      await past(first.id, 'released_at', 71.9);
      await check(aurora, first.id);
      const again = await claim(aurora);
      expect(again).toMatchObject({ id: first.id, proof: first.proof, verifiedAt: null, finding: null });
      expect(await servedAt()).toBeUndefined();
      await check(aurora, again.id);
      expect([await servedAt(), (await stateOf(aurora)).verifiedAt]).toEqual([aurora.slug, expect.any(Date)]);
    },
  );

  it('needs another proof after 72 hours, when the old one is forgotten by the look that is due then', async () => {
    const first = await proved(aurora);
    await claim(aurora, 'other.aurora.example');
    const { rows } = await test.owner.query(
      'select next_check_at - released_at as after from domain_claims where id = $1',
      [first.id],
    );
    expect(rows).toEqual([{ after: expect.objectContaining({ days: 3 }) }]);
    await past(first.id, 'released_at', 72);
    const again = await claim(aurora);
    expect(again.proof).not.toBe(first.proof);
    await check(aurora, first.id);
    const left = await test.owner.query('select domain from domain_claims where organization_id = $1 order by domain', [
      aurora.organizationId,
    ]);
    expect(left.rows).toEqual([{ domain: 'other.aurora.example' }, { domain: DOMAIN }]);
    expect((await stateOf(aurora)).id).toBe(again.id);
  });

  it('is nobody’s by a proof of before where another portal has the domain by now', async () => {
    const first = await proved(aurora);
    await claim(aurora, 'other.aurora.example');
    const theirs = await claim(boreal);
    proves(first.proof, theirs.proof);
    await check(boreal, theirs.id);
    await claim(aurora);
    await check(aurora, first.id);
    expect([await servedAt(), (await stateOf(aurora)).finding]).toEqual([boreal.slug, 'taken']);
  });

  it.each([
    ['https://portal.aurora.example', 'isDomainName'],
    ['com.br', 'isPublicSuffix'],
    ['balcao.example', 'isOfInstallation'],
    ['cname.balcao.example', 'isOfInstallation'],
  ])('is refused for %s', async (domain, code) => {
    await expect(claim(aurora, domain)).rejects.toMatchObject({ fields: [{ path: 'domain', code }] });
  });

  it('is refused after thirty in an hour', async () => {
    for (let count = 0; count < 30; count += 1) await claim(aurora, `p${count}.aurora.example`);
    await expect(claim(aurora, 'x.aurora.example')).rejects.toMatchObject({ code: 'rate_limited' });
    await claim(aurora, 'p29.aurora.example');
  });

  it('of a portal of somebody else is not found', async () => {
    const other = { ...boreal, portalId: aurora.portalId };
    for (const act of [claim, stateOf, ({ context, portalId }: Tenant) => domains.check(context, { portalId })])
      await expect(act(other)).rejects.toMatchObject({ code: 'not_found' });
    await expect(domains.remove(boreal.context, { portalId: aurora.portalId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('S3.40 S3.46 a look', () => {
  it.each([
    ['the proof', (proof: string) => proves(proof), 'found', true, []],
    ['the proof among others', (proof: string) => proves('google=1', proof), 'found', true, ['google=1']],
    ['nothing', () => {}, 'missing', false, []],
    ['other texts', () => proves('x=1', 'a\u0007\u00e9'), 'different', false, ['x=1', 'a???']],
    ['the proof and a space', (proof: string) => proves(`${proof} `), 'found', true, []],
    ['the proof with its quotes', (proof: string) => proves(`"${proof}"`), 'found', true, []],
    ['the proof with quotes and others', (proof: string) => proves('x=1', `\\"${proof}\\"`), 'found', true, ['x=1']],
    ['a quote before it alone', (proof: string) => proves(`"${proof}`), 'different', false, [expect.anything()]],
    [
      'it without its beginning',
      (proof: string) => proves(`"${proof.replace('balcao-verify=', '')}"`),
      'unprefixed',
      false,
      [expect.stringMatching(/^[\w-]{32}$/)],
    ],
    ['a part of it', (proof: string) => proves(proof.slice(0, -1)), 'different', false, [expect.anything()]],
    ['it at the domain itself', (proof: string) => dns.set(DOMAIN, 'TXT', [[proof]]), 'misplaced', false, [DOMAIN]],
    [
      'it under the domain written twice',
      (proof: string) => dns.set(`_balcao.${DOMAIN}.aurora.example`, 'TXT', [[`"${proof}"`]]),
      'misplaced',
      false,
      [`_balcao.${DOMAIN}.aurora.example`],
    ],
    ['another at the domain itself', () => dns.set(DOMAIN, 'TXT', [['v=spf1 -all']]), 'missing', false, []],
    ['SERVFAIL', () => dns.fail('*', 'SERVFAIL'), 'unreachable', false, []],
  ] as [string, (proof: string) => void, string, boolean, unknown[]][])(
    'finds %s',
    async (_what, prepare, finding, verified, others) => {
      const { id, proof } = await claim(aurora);
      prepare(proof);
      await check(aurora, id);
      const state = await stateOf(aurora);
      expect(state).toMatchObject({ finding, found: others, checkedAt: expect.any(Date) });
      expect([state.verifiedAt !== null, await servedAt()]).toEqual([verified, verified ? aurora.slug : undefined]);
    },
  );

  it.each([
    ['an alias of ours', () => dns.set(DOMAIN, 'CNAME', ['Cname.Balcao.Example']), 'here', []],
    ['our address', () => dns.set(DOMAIN, 'A', ['192.0.2.7']), 'here', []],
    ['one of our addresses', () => (twoOfOurs(), dns.set(DOMAIN, 'A', ['192.0.2.7'])), 'here', []],
    ['our address and another', () => dns.set(DOMAIN, 'A', ['192.0.2.7', '192.0.2.8']), 'partly', ['192.0.2.8']],
    [
      'our address and an old one of IPv6',
      () => (dns.set(DOMAIN, 'A', ['192.0.2.7']), dns.set(DOMAIN, 'AAAA', ['2001:db8::8'])),
      'partly',
      ['2001:db8::8'],
    ],
    ['another address', () => dns.set(DOMAIN, 'A', ['192.0.2.8']), 'elsewhere', ['192.0.2.8']],
    ['another alias', () => dns.set(DOMAIN, 'CNAME', ['shop.example.net']), 'elsewhere', ['shop.example.net']],
    ['nothing', () => {}, 'nothing', []],
    ['silence', () => dns.fail(DOMAIN, 'SERVFAIL'), 'unreachable', []],
  ] as [string, () => void, string, string[]][])(
    'sees that it leads to %s',
    async (_what, prepare, targetFinding, targetFound) => {
      dns.set('cname.balcao.example', 'A', ['192.0.2.7']);
      prepare();
      const { id } = await claim(aurora);
      await check(aurora, id);
      expect(await stateOf(aurora)).toMatchObject({ targetFinding, targetFound });
    },
  );

  describe('S3.46 has the portal at home', () => {
    const home = async () => {
      const found = await portals.bySlug(aurora.slug);
      return portalOrigin(found!.portal, 'https://balcao.example');
    };

    it('at the domain only while it leads here, which is asked for again within the hour', async () => {
      const { id } = await proved(aurora);
      expect([await servedAt(), await home()]).toEqual([aurora.slug, `https://balcao.example/o/${aurora.slug}`]);
      expect((await stateOf(aurora)).nextCheckAt!.getTime()).toBeLessThan(Date.now() + 10 * 60_000);
      dns.set(DOMAIN, 'CNAME', ['cname.balcao.example']);
      await check(aurora, id);
      expect(await home()).toBe(`https://${DOMAIN}`);
      dns.fail(DOMAIN, 'SERVFAIL');
      await check(aurora, id);
      expect(await home()).toBe(`https://${DOMAIN}`);
      dns.clear();
      proves((await stateOf(aurora)).proof);
      await check(aurora, id);
      expect([await servedAt(), await home()]).toEqual([aurora.slug, `https://balcao.example/o/${aurora.slug}`]);
    });

    it('no more once one of its addresses is another’s, and again where that one answers as its portal', async () => {
      const asked: string[] = [];
      let id: string | undefined;
      const server = createServer((request, response) => {
        asked.push(`${request.headers.host?.split(':')[0]}`);
        response.end(JSON.stringify({ branding: { id } }));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      reach.port = (server.address() as AddressInfo).port;
      try {
        dns.set('cname.balcao.example', 'A', ['192.0.2.7']);
        dns.set(DOMAIN, 'A', ['192.0.2.7']);
        const claimed = await proved(aurora);
        expect([asked, await home()]).toEqual([[], `https://${DOMAIN}`]);
        dns.set(DOMAIN, 'A', ['192.0.2.7', '192.0.2.8', '192.0.2.10']);
        await check(aurora, claimed.id);
        expect(asked).toEqual([DOMAIN, DOMAIN]);
        expect([await servedAt(), await home()]).toEqual([aurora.slug, `https://balcao.example/o/${aurora.slug}`]);
        expect((await stateOf(aurora)).targetFound).toEqual(['192.0.2.8', '192.0.2.10']);
        id = aurora.portalId;
        await check(aurora, claimed.id);
        expect(await home()).toBe(`https://${DOMAIN}`);
        expect(await stateOf(aurora)).toMatchObject({ targetFinding: 'here', targetFound: [] });
      } finally {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    });

    it.each([
      ['by its portal', () => ({ status: 200, body: { branding: { id: aurora.portalId } } }), true],
      ['by another portal', () => ({ status: 200, body: { branding: { id: boreal.portalId } } }), false],
      ['by somebody else', () => ({ status: 200, body: '<html>' }), false],
      ['with nothing in it', () => ({ status: 200, body: 'null' }), false],
      ['that it is not there', () => ({ status: 404, body: { branding: { id: aurora.portalId } } }), false],
      ['by nobody', () => undefined, false],
    ] as [string, () => { status: number; body: unknown } | undefined, boolean][])(
      'where others stand before it, as its visitors are answered: %s',
      async (_what, answer, leads) => {
        const asked: string[] = [];
        const server = createServer((request, response) => {
          asked.push(`${request.headers.host?.split(':')[0]} ${request.url}`);
          const said = answer();
          if (!said) return response.destroy();
          return response
            .writeHead(said.status)
            .end(typeof said.body === 'string' ? said.body : JSON.stringify(said.body));
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        reach.port = (server.address() as AddressInfo).port;
        try {
          const { id, proof } = await claim(aurora);
          dns.set(DOMAIN, 'A', ['192.0.2.8']);
          await check(aurora, id);
          expect(asked).toEqual([]);
          proves(proof);
          await check(aurora, id);
          expect(asked).toEqual([`${DOMAIN} /api/v1/portal/branding`]);
          expect(await home()).toBe(leads ? `https://${DOMAIN}` : `https://balcao.example/o/${aurora.slug}`);
        } finally {
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
        }
      },
    );
  });

  it('that was asked for earlier changes nothing that a later one found', async () => {
    const { id, proof } = await claim(aurora);
    proves(proof);
    await check(aurora, id);
    dns.clear();
    const clock = jest.spyOn(systemClock, 'now').mockReturnValueOnce(new Date(Date.now() - HOUR));
    try {
      await check(aurora, id);
    } finally {
      clock.mockRestore();
    }
    expect(await stateOf(aurora)).toMatchObject({ finding: 'found', missingSince: null });
  });

  it('is done, with nothing done, where the claim is gone', async () => {
    const { id } = await claim(aurora);
    await domains.remove(aurora.context, { portalId: aurora.portalId });
    let finished = false;
    const job = { name: 'domains.check', version: 1, payload: { domainId: id }, deliveryId: 'x' } as const;
    await handler.handle(
      { ...job, context: systemContext(aurora.organizationId, { clock: systemClock }) },
      async () => void (finished = true),
    );
    expect(finished).toBe(true);
  });

  it('may be asked for every ten seconds, and goes on with what was given up', async () => {
    const { id } = await claim(aurora);
    await past(id, 'waiting_since', 15 * 24);
    await check(aurora, id);
    expect(await stateOf(aurora)).toMatchObject({ nextCheckAt: null });
    const asked = await Promise.allSettled(
      [1, 2, 3].map(() => domains.check(aurora.context, { portalId: aurora.portalId })),
    );
    expect(asked.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(domains.check(aurora.context, { portalId: aurora.portalId })).rejects.toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: expect.any(Number),
    });
    expect((await stateOf(aurora)).nextCheckAt).not.toBeNull();
  });
});

describe('S3.46 a look that somebody asks for', () => {
  it('is asked for once, until it has been taken or got lost', async () => {
    const { id } = await claim(aurora);
    const asked = async () => {
      await domains.check(aurora.context, { portalId: aurora.portalId });
      const { rows } = await test.owner.query(
        "select 1 from outbox where job = 'domains.check' and payload ->> 'domainId' = $1",
        [id],
      );
      // The claim itself had it looked at once.
      return rows.length - 1;
    };
    expect(await asked()).toBe(1);
    await past(id, 'asked_at', 1 / 60);
    expect(await asked()).toBe(1);
    await check(aurora, id);
    expect(await asked()).toBe(2);
    await past(id, 'asked_at', 1 / 60);
    await past(id, 'checked_at', 1);
    expect(await asked()).toBe(2);
    await past(id, 'asked_at', 1 / 20);
    expect(await asked()).toBe(3);
  });
});

describe('S3.46 a verified domain', () => {
  const states = async () => ({ served: await servedAt(), mails: await mailsTo(aurora) });

  it('whose proof is gone stays for three days, of which owners and admins are told, and is taken off then', async () => {
    const { id } = await proved(aurora);
    dns.clear();
    await check(aurora, id);
    await check(aurora, id);
    expect(await states()).toEqual({ served: aurora.slug, mails: ['domain-missing to owner'] });
    await past(id, 'missing_since', 49);
    await check(aurora, id);
    await check(aurora, id);
    expect(await states()).toEqual({ served: aurora.slug, mails: Array(2).fill('domain-missing to owner') });
    await past(id, 'missing_since', 73);
    dns.fail('*', 'SERVFAIL');
    await check(aurora, id);
    expect((await states()).served).toBe(aurora.slug);
    dns.clear();
    await check(aurora, id);
    expect(await states()).toEqual({
      served: undefined,
      mails: ['domain-missing to owner', 'domain-missing to owner', 'domain-lost to owner'],
    });
    expect(await auditOf(aurora)).toEqual(['staff.domain.claim', 'system.domain.verify', 'system.domain.lose']);
    proves((await stateOf(aurora)).proof);
    await check(aurora, id);
    expect(await servedAt()).toBe(aurora.slug);
  });

  it('is nobody else’s as long as its proof stands there, whoever else proves it', async () => {
    const { id, proof } = await proved(aurora);
    const theirs = await claim(boreal);
    proves(proof, theirs.proof);
    await check(boreal, theirs.id);
    expect([await servedAt(), (await stateOf(boreal)).finding]).toEqual([aurora.slug, 'taken']);
    await check(aurora, id);
    expect(await servedAt()).toBe(aurora.slug);
  });

  it('goes to who proves it once its own proof is gone, at once and with a mail', async () => {
    await proved(aurora);
    const theirs = await claim(boreal);
    proves(theirs.proof);
    await check(boreal, theirs.id);
    expect(await servedAt()).toBe(boreal.slug);
    expect(await stateOf(aurora)).toMatchObject({ verifiedAt: null, lostAt: expect.any(Date), finding: 'different' });
    expect(await mailsTo(aurora)).toEqual(['domain-lost to owner']);
  });

  it('is not lost to a claim without proof, nor where nobody answers', async () => {
    await proved(aurora);
    const theirs = await claim(boreal);
    await check(boreal, theirs.id);
    dns.fail('*', 'SERVFAIL');
    await check(boreal, theirs.id);
    expect(await servedAt()).toBe(aurora.slug);
  });

  it('is one tenant’s where two prove it at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [mine, theirs] = [await claim(aurora), await claim(boreal)];
      proves(mine.proof, theirs.proof);
      await Promise.all([check(aurora, mine.id), check(boreal, theirs.id)]);
      const findings = [(await stateOf(aurora)).finding, (await stateOf(boreal)).finding];
      expect(findings.sort()).toEqual(['found', 'taken']);
      for (const { context, portalId } of [aurora, boreal]) await domains.remove(context, { portalId });
    }
  });

  it('is taken off at once by removing it, also beside a look', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id } = await proved(aurora);
      await Promise.all([domains.remove(aurora.context, { portalId: aurora.portalId }), check(aurora, id)]);
      expect([await servedAt(), await domains.get(aurora.context, { portalId: aurora.portalId })]).toEqual([
        undefined,
        null,
      ]);
    }
  });
});

describe('what is due', () => {
  const jobs = async () =>
    Number((await test.owner.query("select count(*) from outbox where job = 'domains.check'")).rows[0].count);

  it('is looked at once, whoever asks at the same moment; not what belongs to a suspended organization', async () => {
    const { id } = await claim(aurora);
    await claim(boreal);
    await test.owner.query('delete from outbox');
    await test.owner.query("update organizations set status = 'suspended' where id = $1", [boreal.organizationId]);
    await Promise.all([due.handle(), due.handle()]);
    expect(await jobs()).toBe(1);
    await due.handle();
    expect(await jobs()).toBe(1);
    await past(id, 'next_check_at', 1);
    await due.handle();
    expect(await jobs()).toBe(2);
    await check(aurora, id);
    expect((await stateOf(aurora)).nextCheckAt!.getTime()).toBeGreaterThan(Date.now() + 4 * 60_000);
  });

  it('is five hundred at a time of ten thousand, those first that have waited longest', async () => {
    await test.owner.query(
      `with made as (
         insert into portals (organization_id, id, slug, name)
         select $1, gen_random_uuid(), 'due-' || n, n::text from generate_series(1, 10000) n returning id, name
       )
       insert into domain_claims (organization_id, id, purpose, portal_id, domain, proof, next_check_at)
       select $1, gen_random_uuid(), 'portal', id, name || '.example.org', 'x', now() - make_interval(secs => name::int)
       from made`,
      [aurora.organizationId],
    );
    await due.handle();
    const { rows } = await test.owner.query(
      `select count(*)::int as count, min(split_part(domain, '.', 1)::int) as first from domain_claims where next_check_at > now()`,
    );
    expect([await jobs(), rows]).toEqual([500, [{ count: 500, first: 9_501 }]]);
  });
});

describe('the mails', () => {
  const compose = async (
    mail: typeof DomainMissingMail | typeof DomainLostMail,
    id: string,
    locale: 'pt-BR' | 'en-US',
  ) => {
    const links = new MailLinks(test.config, test.database);
    const facts = { mailId: 'x', ids: { domainId: id }, locale, recipient: { email: 'a@b.example', name: null } };
    return new mail(test.database, links).compose(systemContext(aurora.organizationId, { clock: systemClock }), facts);
  };

  it.each([
    [
      'pt-BR',
      /^O domínio portal\.aurora\.example precisa de você até 23\/11\/2026/,
      /^O domínio portal\.aurora\.example foi retirado$/,
    ],
    [
      'en-US',
      /^The domain portal\.aurora\.example needs you until 11\/23\/26/,
      /^The domain portal\.aurora\.example was taken off$/,
    ],
  ] as const)(
    'S3.46 name the domain, the record and the end in %s, and are dropped where it is back',
    async (locale, missing, lost) => {
      const { id, proof } = await proved(aurora);
      expect(await compose(DomainMissingMail, id, locale)).toBe('drop');
      expect(await compose(DomainLostMail, id, locale)).toBe('drop');
      await test.owner.query(
        "update domain_claims set missing_since = '2026-11-20T12:00Z', lost_at = now() where id = $1",
        [id],
      );
      const sent = await compose(DomainMissingMail, id, locale);
      expect(sent).toMatchObject({
        subject: expect.stringMatching(missing),
        forStaff: true,
        portalId: aurora.portalId,
      });
      expect(JSON.stringify(sent)).toContain(proof);
      expect(JSON.stringify(sent)).toContain(`/console/portal/domain?portal=${aurora.portalId}`);
      expect(await compose(DomainLostMail, id, locale)).toMatchObject({ subject: expect.stringMatching(lost) });
    },
  );
});

it('row-level security keeps claims from customers', async () => {
  await claim(aurora);
  const account = {
    ...systemContext(aurora.organizationId, { clock: systemClock }),
    scope: { kind: 'account', billingAccountId: newId() } as const,
  };
  const rows = await test.database.read(account, (db) => db.query(sql`select id from domain_claims`));
  expect(rows).toEqual([]);
});
