import { describe, expect, it } from '@jest/globals';
import { countedPlaces, networkOf } from './network-of.js';

describe('networkOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8:1:2::', '2001:db8:1:2::/64'],
    ['::1', '0:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['2001:db8::ffff:203.0.113.7', '2001:db8:0:0::/64'],
    ['::ffff:203.0.113.7%eth0', '0:0:0:0::/64'],
    ['::1:2:3:4:5:6:7', '0:1:2:3::/64'],
    ['1::3:4:5:6:7:8', '1:0:3:4::/64'],
    ['unknown', 'unknown'],
  ])('S3.30 %s counts as %s', (ip, network) => {
    expect(networkOf(ip)).toBe(network);
  });

  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8:1:ffff::', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
  ])('the site of %s is %s', (ip, site) => {
    expect(networkOf(ip, 48)).toBe(site);
  });

  it('an address is counted in its network, and in its site where that holds many', () => {
    expect(countedPlaces('203.0.113.7')).toEqual([{ place: '203.0.113.7', times: 1 }]);
    expect(countedPlaces('2001:db8:1:2::3')).toEqual([
      { place: '2001:db8:1:2::/64', times: 1 },
      { place: '2001:db8:1::/48', times: 5 },
    ]);
  });
});
