import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { TestDns, testConfig } from '@balcao/platform-testing';
import { DnsClient } from './dns-client.js';

let dns: TestDns;
let client: DnsClient;
const clientOf = (dnsServers: string) => new DnsClient(testConfig({ databaseUrl: 'postgres://nowhere', dnsServers }));
const NONE = { kind: 'none' };
const found = (...values: string[]) => ({ kind: 'found', values });

beforeAll(async () => {
  dns = await TestDns.start();
  client = clientOf(dns.address);
});
afterAll(() => dns.stop());
beforeEach(() => dns.clear());

describe('texts', () => {
  it.each([
    ['one', [['a=1']], ['a=1']],
    ['several', [['a=1'], ['b=2']], ['a=1', 'b=2']],
    ['in pieces', [['balcao-', 'verify=', 'x']], ['balcao-verify=x']],
    ['that are empty', [['']], ['']],
    [
      'more than a datagram holds',
      Array.from({ length: 40 }, () => ['x'.repeat(200)]),
      Array(40).fill('x'.repeat(200)),
    ],
  ])('%s', async (_what, records, values) => {
    dns.set('a.example', 'TXT', records);
    expect(await client.texts('a.example')).toEqual(found(...values));
  });

  it('are cut where they are longer than anything that is read', async () => {
    dns.set('a.example', 'TXT', [Array(30).fill('x'.repeat(255)), ['a=1']]);
    expect(await client.texts('a.example')).toEqual(found('x'.repeat(5_000), 'a=1'));
  });

  it('are no more than a hundred', async () => {
    dns.set(
      'a.example',
      'TXT',
      Array.from({ length: 150 }, (_, index) => [`${index}`]),
    );
    expect(await client.texts('a.example')).toMatchObject({ values: { length: 100 } });
  });

  it('are asked for anew each time', async () => {
    dns.set('a.example', 'TXT', [['before']]);
    await client.texts('a.example');
    dns.set('a.example', 'TXT', [['after']]);
    expect(await client.texts('a.example')).toEqual(found('after'));
  });
});

describe('what is not there', () => {
  it.each([
    ['no such name', () => {}, NONE],
    ['a name without texts', () => dns.set('a.example', 'A', ['192.0.2.1']), NONE],
    ['SERVFAIL', () => dns.fail('a.example', 'SERVFAIL'), { kind: 'unreachable', reason: 'ESERVFAIL' }],
    ['REFUSED', () => dns.fail('a.example', 'REFUSED'), { kind: 'unreachable', reason: 'EREFUSED' }],
    ['nonsense', () => dns.fail('a.example', 'nonsense'), { kind: 'unreachable', reason: expect.any(String) }],
    ['silence', () => dns.fail('a.example', 'silence'), { kind: 'unreachable', reason: 'ETIMEOUT' }],
  ])(
    'S3.46 %s',
    async (_what, prepare, answer) => {
      prepare();
      expect(await client.texts('a.example')).toEqual(answer);
    },
    30_000,
  );

  it.each(['a..example', 'a.example~all', 'https://a.example', 'a b.example', `${'x'.repeat(64)}.example`])(
    '%j, which can be no name',
    async (name) => {
      expect(await client.texts(name)).toEqual(NONE);
    },
  );

  it('S3.46 is not known where no server listens', async () => {
    expect(await clientOf('127.0.0.1:1').texts('a.example')).toMatchObject({ kind: 'unreachable' });
  }, 30_000);
});

describe('where a name leads', () => {
  it('is its alias, in lower case and without the dot of the root', async () => {
    dns.set('a.example', 'CNAME', ['Portal.Service.example']);
    expect(await client.alias('a.example')).toEqual(found('portal.service.example'));
    expect(await client.alias('b.example')).toEqual(NONE);
  });

  it.each([
    ['both kinds', ['192.0.2.1'], ['2001:db8::1'], found('192.0.2.1', '2001:db8::1')],
    ['one kind', ['192.0.2.1'], [], found('192.0.2.1')],
    ['neither', [], [], NONE],
  ])('are addresses of %s', async (_what, v4, v6, answer) => {
    if (v4.length > 0) dns.set('a.example', 'A', v4);
    if (v6.length > 0) dns.set('a.example', 'AAAA', v6);
    expect(await client.addresses('a.example')).toEqual(answer);
  });

  it('are the addresses of what it stands for', async () => {
    dns.set('a.example', 'CNAME', ['b.example']);
    dns.set('b.example', 'A', ['192.0.2.9']);
    expect(await client.addresses('a.example')).toEqual(found('192.0.2.9'));
  });
});
