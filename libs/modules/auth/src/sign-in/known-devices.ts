import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import type { Candidate, Realm } from './realm.js';

const COOKIE_SHAPE = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

type Owner = Pick<Candidate, 'organizationId' | 'userId' | 'credentialVersion'>;

/** Recognizes a device on which somebody signed in before, by a signed cookie that opens nothing by itself. */
@Injectable()
export class KnownDevices {
  constructor(private readonly secrets: Secrets) {}

  /** Cookie for a device on which `owner` has just signed in; a new password makes older ones worthless. */
  issue(realm: Realm, owner: Owner, deviceId: string = newId()): string {
    return `${deviceId}.${this.mac(realm, owner, deviceId).toString('base64url')}`;
  }

  /** The device's id where the cookie was issued for this person. */
  recognize(cookie: string | undefined, realm: Realm, owner: Owner): string | undefined {
    const [, deviceId = '', mac = ''] = COOKIE_SHAPE.exec(cookie ?? '') ?? [];
    if (!mac) return undefined;
    return timingSafeEqual(Buffer.from(mac, 'base64url'), this.mac(realm, owner, deviceId)) ? deviceId : undefined;
  }

  private mac({ name }: Realm, { organizationId, userId, credentialVersion }: Owner, deviceId: string): Buffer {
    return createHmac('sha256', this.secrets.key('device-cookie'))
      .update(JSON.stringify([name, organizationId, userId, credentialVersion, deviceId]))
      .digest();
  }
}
