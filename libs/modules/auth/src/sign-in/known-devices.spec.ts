import { describe, expect, it } from '@jest/globals';
import { Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { testSecrets } from '@balcao/platform-testing';
import { KnownDevices } from './known-devices.js';
import { OPERATOR_REALM, PORTAL_REALM, STAFF_REALM } from './realm.js';

const devices = new KnownDevices(testSecrets());
const owner = { organizationId: newId(), userId: newId(), credentialVersion: 1 };
const recognized = (cookie: string | undefined, realm = PORTAL_REALM, of = owner) =>
  devices.recognize(cookie, realm, of);

describe('the cookie of a device', () => {
  it('names its device to the person whose it is', () => {
    const deviceId = newId();
    expect(recognized(devices.issue(PORTAL_REALM, owner, deviceId))).toBe(deviceId);
  });

  it('names another device each time where none is known yet', () => {
    const [one, two] = [devices.issue(PORTAL_REALM, owner), devices.issue(PORTAL_REALM, owner)];
    expect(recognized(one)).not.toBe(recognized(two));
  });

  it.each([
    ['organization', { organizationId: newId() }],
    ['person', { userId: newId() }],
    ['password', { credentialVersion: 2 }],
  ])('is nothing to another %s', (_what, change) => {
    expect(recognized(devices.issue(PORTAL_REALM, owner), PORTAL_REALM, { ...owner, ...change })).toBeUndefined();
  });

  it('is nothing to another realm', () => {
    const cookie = devices.issue(PORTAL_REALM, owner);
    for (const realm of [STAFF_REALM, OPERATOR_REALM]) expect(devices.recognize(cookie, realm, owner)).toBeUndefined();
  });

  it('is nothing under another key, nor for another device', () => {
    const cookie = devices.issue(PORTAL_REALM, owner);
    const [, mac] = cookie.split('.');
    expect(
      new KnownDevices(new Secrets('another-secret-0123456789abcdefg')).recognize(cookie, PORTAL_REALM, owner),
    ).toBe(undefined);
    expect(recognized(`${newId()}.${mac}`)).toBeUndefined();
  });

  it.each([
    ['is missing', () => undefined],
    ['is empty', () => ''],
    ['has no signature', (cookie: string) => cookie.slice(0, 37)],
    ['has a shorter signature', (cookie: string) => cookie.slice(0, -1)],
    ['goes on', (cookie: string) => `${cookie}A`],
    ['begins earlier', (cookie: string) => `x${cookie}`],
  ])('that %s is nobody’s', (_what, spoil) => {
    expect(recognized(spoil(devices.issue(PORTAL_REALM, owner)))).toBeUndefined();
  });
});
