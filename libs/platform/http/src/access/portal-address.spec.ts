import { describe, expect, it } from '@jest/globals';
import { isHost, pathBase, portalAddress, withoutPathBase } from './portal-address.js';

const settings = { publicHost: 'balcao.example', portalBaseDomain: 'portals.example', loopback: false };
const LONG = 'a'.repeat(63);

describe('the portal that an address names', () => {
  it.each([
    ['/o/aurora', 'balcao.example', { kind: 'slug', slug: 'aurora', base: '/o/aurora' }],
    ['/o/aurora/portal/login', 'balcao.example', { kind: 'slug', slug: 'aurora', base: '/o/aurora' }],
    [
      '/o/aurora?x=1',
      'foreign.example',
      { kind: 'slug', slug: 'aurora', base: '/o/aurora', at: { kind: 'host', host: 'foreign.example', base: '' } },
    ],
    [
      '/o/aurora',
      'Boreal.portals.example',
      { kind: 'slug', slug: 'aurora', base: '/o/aurora', at: { kind: 'slug', slug: 'boreal', base: '' } },
    ],
    [`/o/${LONG}/x`, 'balcao.example', { kind: 'slug', slug: LONG, base: `/o/${LONG}` }],
    ['/', 'balcao.example', { kind: 'bare', base: '' }],
    ['/', 'BALCAO.example.', { kind: 'bare', base: '' }],
    ['/', 'aurora.portals.example', { kind: 'slug', slug: 'aurora', base: '' }],
    ['/', 'Aurora.Portals.example.', { kind: 'slug', slug: 'aurora', base: '' }],
    ['/', 'portals.example', { kind: 'host', host: 'portals.example', base: '' }],
    ['/', 'evilportals.example', { kind: 'host', host: 'evilportals.example', base: '' }],
    ['/', 'aurora.portals.example.evil', { kind: 'host', host: 'aurora.portals.example.evil', base: '' }],
    ['/', 'portal.aurora.example', { kind: 'host', host: 'portal.aurora.example', base: '' }],
    ['/', 'localhost', { kind: 'host', host: 'localhost', base: '' }],
    ['/', '127.0.0.1', { kind: 'host', host: '127.0.0.1', base: '' }],
    ['/x/o/aurora', 'balcao.example', { kind: 'bare', base: '' }],
    ['/o/Aurora', 'balcao.example', { kind: 'bare', base: '' }],
    ['/o/-aurora', 'balcao.example', { kind: 'bare', base: '' }],
    ['/o/aurora-', 'balcao.example', { kind: 'bare', base: '' }],
    ['/o/au.rora/x', 'balcao.example', { kind: 'bare', base: '' }],
    [`/o/${LONG}a`, 'balcao.example', { kind: 'bare', base: '' }],
    ['/o/', 'balcao.example', { kind: 'bare', base: '' }],
  ])('%s at %s', (url, host, address) => {
    expect(portalAddress(url, host, settings)).toEqual(address);
  });

  it('is none at a machine’s own names where they are the installation’s', () => {
    const own = { ...settings, loopback: true };
    expect(portalAddress('/', 'localhost', own)).toEqual({ kind: 'bare', base: '' });
    expect(portalAddress('/', 'foreign.example', own)).toEqual({ kind: 'host', host: 'foreign.example', base: '' });
  });

  it('is no subdomain’s where there are none', () => {
    const { portalBaseDomain: _none, ...without } = settings;
    for (const host of ['aurora.portals.example', 'aurora.undefined'])
      expect(portalAddress('/', host, without)).toMatchObject({ kind: 'host' });
  });
});

it.each([
  ['/o/aurora', '/o/aurora', '/'],
  ['/o/aurora?x=1', '/o/aurora', '/?x=1'],
  ['/o/aurora/api/v1', '/o/aurora', '/api/v1'],
  ['/api/v1', '', '/api/v1'],
  ['/organizations', '', '/organizations'],
])('%s is routed without its base', (url, base, rest) => {
  expect([pathBase(url), withoutPathBase(url)]).toEqual([base, rest]);
});

describe('what Host says', () => {
  it.each([
    '',
    'balcao.example',
    'BALCAO.example.:443',
    'balcao.example:',
    'localhost:4610',
    'api_1:3000',
    'xn--balco-7qa.example',
    '127.0.0.1:65535',
    '[::1]',
    '[2001:db8::1]:8080',
    '[::ffff:127.0.0.1]',
    `${LONG}.${LONG}.${LONG}.${'a'.repeat(61)}`,
  ])('may be %j', (host) => expect(isHost(host)).toBe(true));

  it.each([
    'localhost:4610@evil.example',
    'user@localhost',
    'user:secret@localhost',
    'localhost:4610:80',
    'localhost:65536',
    'localhost:+80',
    'localhost:80a',
    'localhost:000080',
    'localhost/o/aurora',
    'localhost\\evil.example',
    'localhost?x',
    'localhost#x',
    'localhost, evil.example',
    'local host',
    ' localhost',
    'localhost\t',
    'localhost\0',
    'local\u007fhost',
    'local%00host',
    'localhost%2eevil',
    'balcão.example',
    'localhost..',
    '.localhost',
    '.',
    ':80',
    '-a.example',
    'a-.example',
    '"localhost"',
    "localhost'",
    '<script>',
    `${LONG}a.example`,
    `${LONG}.${LONG}.${LONG}.${LONG}`,
    '::1',
    '[::1',
    '[]',
    '[1:2]',
    '[::1%25lo]',
    '[::1]evil.example',
    '[127.0.0.1]',
    'http://localhost',
  ])('is never %j', (host) => expect(isHost(host)).toBe(false));
});
