import { expect, it } from '@jest/globals';
import { portalOrigin } from './portal-origin.js';

it.each([
  [null, false, 'https://balcao.example/o/aurora'],
  ['portal.aurora.example', false, 'https://balcao.example/o/aurora'],
  ['portal.aurora.example', true, 'https://portal.aurora.example'],
])('S3.46 a portal with the domain %s, leading here: %s, is at home at %s', (customDomain, domainLeadsHere, origin) => {
  expect(portalOrigin({ slug: 'aurora', customDomain, domainLeadsHere }, 'https://balcao.example')).toBe(origin);
});
