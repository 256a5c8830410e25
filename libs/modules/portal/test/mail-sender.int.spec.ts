import { createPrivateKey, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MailLinks } from '@balcao/module-auth';
import { Secrets } from '@balcao/platform-config';
import { systemClock, systemContext, type StaffContext } from '@balcao/platform-tenancy';
import { PortalMailBranding } from '../src/branding/portal-mail-branding.js';
import { factsOfSender } from '../src/domains/domain-facts.js';
import { dkimRecord, dkimSelector } from '../src/domains/mail-advice.js';
import { DomainLostMail } from '../src/domains/domain.mails.js';
import { SenderTestService } from '../src/domains/sender-test.service.js';
import { startDomainWorld, type DomainWorld } from './domain-world.js';

const DOMAIN = 'aurora.example';
const ADDRESS = `financeiro@${DOMAIN}`;
const OURS = 'spf.mail.example';
const OF_MAILS = { purpose: 'mail' } as const;

let world: DomainWorld;
let test: DomainWorld['test'];
let dns: DomainWorld['dns'];
let domains: DomainWorld['domains'];
let handler: DomainWorld['handler'];
let branding: PortalMailBranding;
let brandingWith: (secrets: Secrets) => PortalMailBranding;
let tests: SenderTestService;
let aurora: StaffContext;
let boreal: StaffContext;

beforeAll(async () => {
  world = await startDomainWorld({ mailSpfInclude: OURS });
  ({ test, dns, domains, handler } = world);
  brandingWith = (known) => new PortalMailBranding(test.database, world.portals, test.config, known);
  branding = brandingWith(test.secrets);
  tests = new SenderTestService(test.database, world.mailer, world.limiter);
});
afterAll(() => world?.stop());
beforeEach(async () => {
  const tenants = await world.begin('Aurora', 'Boreal');
  [aurora, boreal] = tenants.map(({ context }) => context) as [StaffContext, StaffContext];
});

const claim = (who = aurora, address = ADDRESS) => domains.claim(who, OF_MAILS, address);
const stateOf = async (who = aurora) => (await domains.get(who, OF_MAILS))!;
const factsOf = async (who = aurora) => factsOfSender(await stateOf(who));
/** Where the key stands that signs, and what stands there. */
const keyName = async (who = aurora) => `${dkimSelector((await stateOf(who)).id)}._domainkey.${DOMAIN}`;
const keyOf = async (who: StaffContext) => dkimRecord((await stateOf(who)).dkimPublicKey!);
const senderOf = (who = aurora) => branding.sender(systemContext(who.organizationId, { clock: systemClock }));
const job = ({ organizationId }: StaffContext, domainId: string) =>
  ({
    name: 'domains.check',
    version: 1,
    payload: { domainId },
    deliveryId: 'x',
    context: systemContext(organizationId, { clock: systemClock }),
  }) as const;
const check = async (who = aurora) => handler.handle(job(who, (await stateOf(who)).id), async () => {});
const text = (name: string, ...values: string[]) =>
  dns.set(
    name,
    'TXT',
    values.map((value) => value.match(/.{1,255}/gs)!),
  );
/** The proofs of those who claim it, and the records as they should be. */
async function writes(...who: StaffContext[]): Promise<void> {
  const claims = await Promise.all(who.map(stateOf));
  text(`_balcao.${DOMAIN}`, ...claims.map(({ proof }) => proof));
  for (const { name, value } of claims.flatMap((claim) => factsOfSender(claim).dkim.record ?? [])) text(name, value);
  text(DOMAIN, `v=spf1 include:${OURS} -all`);
  text(OURS, 'v=spf1 ip4:192.0.2.1 -all');
  text(`_dmarc.${DOMAIN}`, 'v=DMARC1; p=reject');
}
const lapse = async (who = aurora) =>
  test.owner.query("update domain_claims set missing_since = now() - interval '73 hours' where id = $1", [
    (await stateOf(who)).id,
  ]);

describe('an address that mails come from', () => {
  it('counts once its domain is proved, and is signed for with the key that stands in DNS', async () => {
    await claim();
    expect(await senderOf()).toBeUndefined();
    expect(await factsOf()).toMatchObject({
      status: 'waiting',
      sends: false,
      signs: false,
      dkim: { state: 'missing' },
    });
    await writes(aurora);
    await check();
    expect(await factsOf()).toMatchObject({
      address: ADDRESS,
      status: 'verified',
      sends: true,
      signs: true,
      spf: { state: 'right', record: null },
      dkim: { state: 'right', record: null },
      dmarc: { state: 'right', record: null },
    });
    const sender = (await senderOf())!;
    expect(sender).toMatchObject({
      address: ADDRESS,
      takesReturns: true,
      dkim: { domainName: DOMAIN, keySelector: expect.stringMatching(/^balcao-[0-9a-f]{8}$/) },
    });
    const derived = createPublicKey(createPrivateKey(sender.dkim!.privateKey)).export({ type: 'spki', format: 'der' });
    expect(derived.toString('base64')).toBe((await stateOf()).dkimPublicKey);
  });

  it('keeps its private key sealed, for itself alone', async () => {
    const { id } = await claim();
    const { rows } = await test.owner.query('select dkim_key_sealed::text as sealed from domain_claims where id = $1', [
      id,
    ]);
    expect(rows[0].sealed).not.toContain(Buffer.from('PRIVATE KEY').toString('hex'));
    expect(await stateOf()).not.toHaveProperty('dkimKeySealed');
    await writes(aurora);
    await check();
    const stranger = brandingWith(new Secrets('another-secret-0123456789abcdefghij'));
    // What refuses everything unsigned still takes what SPF speaks for.
    expect(await stranger.sender(systemContext(aurora.organizationId, { clock: systemClock }))).toMatchObject({
      dkim: undefined,
    });
    text(DOMAIN, 'v=spf1 -all');
    await check();
    expect(await stranger.sender(systemContext(aurora.organizationId, { clock: systemClock }))).toBeUndefined();
  });

  it('is nobody else’s by that, and is no more once it is given up', async () => {
    await claim();
    await writes(aurora);
    await check();
    await claim(boreal);
    await check(boreal);
    expect([(await senderOf())?.address, await senderOf(boreal)]).toEqual([ADDRESS, undefined]);
    await domains.remove(aurora, OF_MAILS);
    expect(await senderOf()).toBeUndefined();
    await expect(domains.remove(aurora, OF_MAILS)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('may be of two organizations: each proves it and signs with a key that stands at a name of its own', async () => {
    await claim();
    await claim(boreal, `sac@${DOMAIN}`);
    await writes(aurora, boreal);
    await check();
    await check(boreal);
    const [own, others] = [await senderOf(), await senderOf(boreal)];
    expect([own?.address, others?.address]).toEqual([ADDRESS, `sac@${DOMAIN}`]);
    expect(own?.dkim?.keySelector).not.toBe(others?.dkim?.keySelector);
    // The key of one at the name of the other's is none.
    text(await keyName(boreal), await keyOf(aurora));
    await check(boreal);
    expect([(await senderOf(boreal))?.dkim, (await factsOf(boreal)).dkim.state]).toEqual([undefined, 'different']);
    expect((await senderOf())?.dkim).toEqual(own?.dkim);
  });

  it('moves to another organization with its domain, and lapses with the first after the grace, with a mail', async () => {
    await claim();
    await writes(aurora);
    await check();
    await claim(boreal);
    await writes(boreal);
    await check(boreal);
    await check();
    expect([(await factsOf()).status, (await factsOf(boreal)).status]).toEqual(['failing', 'verified']);
    // Its key still stands beside the other's.
    expect(await senderOf()).toMatchObject({ address: ADDRESS, dkim: expect.anything() });
    await lapse();
    await check();
    expect([await senderOf(), (await senderOf(boreal))?.address]).toEqual([undefined, ADDRESS]);
    const { rows } = await test.owner.query(
      'select template, subject_ids as ids from mails where organization_id = $1 order by id',
      [aurora.organizationId],
    );
    expect(rows.map(({ template }) => template)).toEqual(['domain-missing', 'domain-lost']);
    const mail = new DomainLostMail(test.database, new MailLinks(test.config, test.database));
    const facts = { mailId: 'x', ids: rows[1].ids, locale: 'pt-BR', recipient: { email: 'a@b.example', name: null } };
    expect(
      JSON.stringify(await mail.compose(systemContext(aurora.organizationId, { clock: systemClock }), facts as never)),
    ).toMatch(/voltaram a sair com o endereço da instalação.*portal\/mail/);
  });

  it('changes within its domain without another proof, and needs one for another domain', async () => {
    const first = await claim();
    await writes(aurora);
    await check();
    const second = await claim(aurora, `sac@${DOMAIN}`);
    expect([second.id, second.verifiedAt !== null, (await senderOf())?.address]).toEqual([
      first.id,
      true,
      `sac@${DOMAIN}`,
    ]);
    const third = await claim(aurora, 'sac@boreal.example');
    expect([third.proof === first.proof, third.dkimPublicKey === first.dkimPublicKey]).toEqual([false, false]);
    expect(await senderOf()).toBeUndefined();
  });

  it('S3.46 has its proof and its key again where its domain is named again in time', async () => {
    const first = await claim();
    await writes(aurora);
    await check();
    await claim(aurora, 'financeiro@aurora-typo.example');
    expect(await senderOf()).toBeUndefined();
    const again = await claim(aurora, `sac@${DOMAIN}`);
    expect(again).toMatchObject({ id: first.id, proof: first.proof, verifiedAt: null, advice: null });
    expect(await senderOf()).toBeUndefined();
    await check();
    expect(await factsOf()).toMatchObject({ address: `sac@${DOMAIN}`, sends: true, signs: true });
  });

  it('is one where several are named at the same moment', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => claim(aurora, `${name}@${name}.example`)));
    const { rows } = await test.owner.query(
      'select 1 from domain_claims where organization_id = $1 and released_at is null',
      [aurora.organizationId],
    );
    expect(rows).toHaveLength(1);
  });

  it('stands apart from the domain of the portal, also where it is the same', async () => {
    const [{ id: portalId }] = (
      await test.owner.query('select id from portals where organization_id = $1', [aurora.organizationId])
    ).rows;
    await domains.claim(aurora, { portalId }, DOMAIN);
    await claim();
    await domains.remove(aurora, { portalId });
    expect((await stateOf()).mailbox).toBe('financeiro');
  });

  it('is checked again where a worker died before it wrote what it saw', async () => {
    const { id } = await claim();
    await writes(aurora);
    const dies = async () => Promise.reject(new Error('killed'));
    await expect(handler.handle(job(aurora, id), dies)).rejects.toThrow('killed');
    expect([(await stateOf()).verifiedAt, await senderOf()]).toEqual([null, undefined]);
    await check();
    expect((await senderOf())?.address).toBe(ADDRESS);
  });
});

describe('what the domain says of mails', () => {
  const seen = async () => {
    await check();
    const { spf, dkim, dmarc, sends, signs } = await factsOf();
    return { spf: spf.state, dkim: dkim.state, dmarc: dmarc.state, sends, signs };
  };
  beforeEach(async () => {
    await claim();
    await writes(aurora);
  });

  it.each([
    ['nothing of DMARC', () => dns.remove(`_dmarc.${DOMAIN}`, 'TXT'), { dmarc: 'missing', sends: true }],
    [
      'a key that is cut',
      async () => text(await keyName(), 'v=DKIM1; k=rsa; p=MIIBIjAN'),
      { dkim: 'cut', signs: false, sends: true },
    ],
    [
      'the server of somebody else',
      () => (
        text(DOMAIN, 'v=spf1 include:_spf.other.example -all'),
        text('_spf.other.example', 'v=spf1 ip4:198.51.100.7 -all')
      ),
      { spf: 'not_included', sends: true },
    ],
    [
      'what leads nowhere before our server',
      () => text(DOMAIN, `v=spf1 include:gone.example include:${OURS} -all`),
      { spf: 'leads_nowhere', sends: true },
    ],
    [
      'our server through another record',
      () => (text(DOMAIN, 'v=spf1 include:x.example -all'), text('x.example', `v=spf1 include:${OURS} -all`)),
      { spf: 'right' },
    ],
    [
      'our server, but only perhaps',
      () => (text(DOMAIN, 'v=spf1 ?include:x.example -all'), text('x.example', `v=spf1 include:${OURS} -all`)),
      { spf: 'decided_otherwise' },
    ],
    ['ours with another result', () => text(DOMAIN, `v=spf1 ?include:${OURS} -all`), { spf: 'decided_otherwise' }],
    [
      'ours after it was given another result',
      () => text(DOMAIN, `v=spf1 ?include:${OURS} include:${OURS} -all`),
      { spf: 'decided_otherwise' },
    ],
    [
      'a block first that all of ours come from',
      () => text(DOMAIN, `v=spf1 -ip4:192.0.2.0/24 include:${OURS} ~all`),
      { spf: 'decided_otherwise' },
    ],
    ['one behind ours', () => text(DOMAIN, `v=spf1 include:${OURS} -ip4:192.0.2.0/24 ~all`), { spf: 'right' }],
    [
      'a block first that is not ours',
      () => text(DOMAIN, `v=spf1 -ip4:198.51.100.0/24 include:${OURS} ~all`),
      { spf: 'right' },
    ],
    ['our addresses themselves', () => text(DOMAIN, 'v=spf1 ip4:192.0.2.0/28 -all'), { spf: 'right' }],
    ['ours as the whole of it', () => text(DOMAIN, `v=spf1 redirect=${OURS}`), { spf: 'right' }],
    ['ours as what an all hides', () => text(DOMAIN, `v=spf1 redirect=${OURS} -all`), { spf: 'not_included' }],
    [
      'another that leads to ours',
      () => (
        text(DOMAIN, 'v=spf1 redirect=x.example'),
        text('x.example', `v=spf1 -ip4:192.0.2.1 include:${OURS} -all`)
      ),
      { spf: 'decided_otherwise' },
    ],
    [
      'a list of those that are not let in, without ours',
      () => (
        text(DOMAIN, `v=spf1 -include:x.example include:${OURS} -all`),
        text('x.example', 'v=spf1 -ip4:192.0.2.1 -all')
      ),
      { spf: 'right' },
    ],
    [
      'a list of those that are not let in, with ours',
      () => (
        text(DOMAIN, `v=spf1 -include:x.example include:${OURS} -all`),
        text('x.example', 'v=spf1 ip4:192.0.2.1 -all')
      ),
      { spf: 'decided_otherwise' },
    ],
    [
      'a block first that one of ours comes from, behind others',
      () => (
        text(OURS, 'v=spf1 mx include:y.example -all'),
        text('y.example', 'v=spf1 ip4:198.51.100.0/24 -all'),
        text(DOMAIN, `v=spf1 ~ip4:198.51.100.9 include:${OURS} ~all`)
      ),
      { spf: 'decided_otherwise' },
    ],
    ['itself, for ever', () => text(DOMAIN, `v=spf1 include:${DOMAIN} -all`), { spf: 'too_many_lookups' }],
    ['too much', () => text(DOMAIN, `v=spf1 include:${OURS} ${'mx '.repeat(10)}-all`), { spf: 'too_many_lookups' }],
    ['two of SPF', () => text(DOMAIN, 'v=spf1 -all', 'v=spf1 mx -all'), { spf: 'several' }],
    ['something huge', () => text(DOMAIN, `v=spf1 ${'ip4:192.0.2.1 '.repeat(3_000)}-all`), { spf: 'malformed' }],
  ] as [string, () => void | Promise<void>, object][])('is %s', async (_what, prepare, expected) => {
    await prepare();
    expect(await seen()).toMatchObject(expected);
    for (const { found } of Object.values(await factsOf()).filter((part) => part?.found))
      for (const each of found) expect(each.length).toBeLessThanOrEqual(200);
  });

  it('holds the address back while nothing speaks for it and receivers are asked to refuse that', async () => {
    text(DOMAIN, 'v=spf1 -all');
    dns.remove(await keyName(), 'TXT');
    expect(await seen()).toEqual({ spf: 'not_included', dkim: 'missing', dmarc: 'right', sends: false, signs: false });
    expect([(await factsOf()).status, await senderOf()]).toEqual(['verified', undefined]);
  });

  it('stays as it was known where nobody answers', async () => {
    await check();
    dns.fail('*', 'SERVFAIL');
    expect(await seen()).toEqual({ spf: 'right', dkim: 'right', dmarc: 'right', sends: true, signs: true });
    expect((await factsOf()).spf.stale).toBe(true);
    dns.recover();
    await check();
    expect((await factsOf()).spf.stale).toBe(false);
  });
});

it('a test goes to whoever asks, five times in an hour', async () => {
  for (let count = 0; count < 5; count += 1) await tests.send(aurora);
  await expect(tests.send(aurora)).rejects.toMatchObject({
    code: 'rate_limited',
    retryAfterSeconds: expect.any(Number),
  });
  await tests.send(boreal);
  const { rows } = await test.owner.query(
    "select recipient_email as to, count(*)::int from mails where template = 'sender-test' group by 1 order by 1",
  );
  expect(rows).toEqual([
    { to: 'owner@aurora.example', count: 5 },
    { to: 'owner@boreal.example', count: 1 },
  ]);
});

describe('the logo of a mail', () => {
  it("comes from where the portal's links lead", async () => {
    const { organizationId } = aurora;
    const mark = (domain: string | null, verified: boolean) =>
      test.owner.query(
        `update portals set custom_domain = $2, domain_verified_at = case when $3 then now() end, domain_leads_here = $3,
          settings = settings || '{"branding": {"logoUrl": "/pictures/0123456789abcdef.webp"}}' where organization_id = $1`,
        [organizationId, domain, verified],
      );
    const logo = async () =>
      (await branding.load(systemContext(organizationId, { clock: systemClock }), undefined)).logoUrl;
    const { publicUrl } = test.config;
    await mark('portal.aurora.example', false);
    expect(await logo()).toBe(`${publicUrl}/pictures/0123456789abcdef-mail.png`);
    await mark('portal.aurora.example', true);
    expect(await logo()).toBe('https://portal.aurora.example/pictures/0123456789abcdef-mail.png');
    await mark(null, false);
  });
});
