import { describe, expect, it } from '@jest/globals';
import { pathBase, portalAddress, withoutPathBase } from './portal-address.js';

const settings = { publicHost: 'balcao.example', portalBaseDomain: 'portals.example', loopback: false };
const LONG = 'a'.repeat(63);

describe('the portal that an address names', () => {
  it.each([
    ['/o/aurora', 'balcao.example', { kind: 'slug', slug: 'aurora', base: '/o/aurora' }],
    ['/o/aurora/portal/login', 'balcao.example', { kind: 'slug', slug: 'aurora', base: '/o/aurora' }],
    ['/o/aurora?x=1', 'foreign.example', { kind: 'slug', slug: 'aurora', base: '/o/aurora' }],
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
    expect(portalAddress('/', 'aurora.portals.example', without)).toMatchObject({ kind: 'host' });
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
