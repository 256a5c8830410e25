import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { DnsClient } from '@balcao/platform-dns';
import { TestDns, testConfig } from '@balcao/platform-testing';
import type { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { MailRecords } from './mail-records.js';

const OURS = 'spf.mail.example';
const DOMAIN = 'aurora.example';

let dns: TestDns;
let records: MailRecords;

beforeAll(async () => {
  dns = await TestDns.start();
  const config = testConfig({ databaseUrl: 'postgres://nowhere', dnsServers: dns.address, mailSpfInclude: OURS });
  records = new MailRecords(new DnsClient(config), config);
});
afterAll(() => dns.stop());
beforeEach(() => {
  dns.clear();
  set(OURS, 'v=spf1 ip4:192.0.2.0/24 -all');
});

const set = (name: string, ...values: string[]) =>
  dns.set(
    name,
    'TXT',
    values.map((value) => value.match(/.{1,255}/gs)!),
  );
const look = (domain = DOMAIN) =>
  records.look({ id: 'x', domain, dkimPublicKey: 'x' } as Partial<DomainClaimEntity> as DomainClaimEntity);
const spf = async () => (await look()).spf;

it.each([
  ['include:gone.example', 'leads_nowhere', ''],
  ['include:spf..mail.example', 'leads_nowhere', ''],
  ['include:a.com|b.com', 'leads_nowhere', ''],
  ['include:https://spf.mail.example', 'leads_nowhere', ''],
  ['include:two.example', 'leads_nowhere', ''],
  ['?include:broken.example', 'leads_nowhere', ''],
  ['include:on.example', 'leads_nowhere', ' include:on.example'],
  ['include:redirects.example', 'leads_nowhere', ' include:redirects.example'],
  ['include:kept.example', 'right', null],
  ['include:%{i}.gone.example', 'right', null],
  ['a:gone.example mx', 'right', null],
  ['ip4:300.1.1.1', 'malformed', ''],
])('an SPF record with %s before ours is %s, for so receivers answer', async (term, state, stays) => {
  set('two.example', 'v=spf1 -all', 'v=spf1 mx -all');
  set('broken.example', 'v=spf1 ip4:192.0.2.0/33 -all');
  set('on.example', 'v=spf1 mx include:gone.example -all');
  set('redirects.example', 'v=spf1 redirect=gone.example');
  // What leads nowhere there stands behind what matches ours.
  set('kept.example', `v=spf1 include:${OURS} include:gone.example -all`);
  set(DOMAIN, `v=spf1 ${term} include:${OURS} ~all`);
  const value = stays === null ? null : `v=spf1 include:${OURS}${stays} ~all`;
  expect(await spf()).toEqual({ state, found: [`v=spf1 ${term} include:${OURS} ~all`], value });
  // Behind ours nobody comes to it; what is no term at all is read all the same.
  set(DOMAIN, `v=spf1 include:${OURS} ${term} ~all`);
  expect((await spf()).state).toBe(state === 'malformed' ? state : 'right');
});

it.each(['include:spf.mail.example~all', 'include:https://spf.mail.example ~all', 'redirect=spf.mail.example;'])(
  'SPF that leads to what can be no name, %s, is wrong, and says what to write',
  async (terms) => {
    set(DOMAIN, `v=spf1 ${terms}`);
    expect(await spf()).toEqual({
      state: expect.stringMatching(/^(malformed|leads_nowhere)$/),
      found: [`v=spf1 ${terms}`],
      value: `v=spf1 include:${OURS} ~all`,
    });
  },
);

it('DMARC that is right but for its quotes is told where no other record holds', async () => {
  const quoted = '"v=DMARC1; p=reject"';
  set(`_dmarc.sac.${DOMAIN}`, quoted);
  const seen = async () => (await look(`sac.${DOMAIN}`)).dmarc;
  expect(await seen()).toEqual({ state: 'quoted', found: [quoted], value: 'v=DMARC1; p=reject' });
  set(`_dmarc.${DOMAIN}`, 'v = DMARC1; p = reject');
  expect(await seen()).toEqual({ state: 'right', found: ['v = DMARC1; p = reject'], value: null });
});
