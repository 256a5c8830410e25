import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';

const COOKIE_SHAPE = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** Recognizes a device on which an e-mail signed in before, by a signed cookie that opens nothing by itself. */
@Injectable()
export class TrustedDevices {
  constructor(private readonly secrets: Secrets) {}

  /** Cookie for a device on which `email` has just signed in to `organizationId`. */
  issue(organizationId: string, email: string, deviceId: string = newId()): string {
    return `${deviceId}.${this.mac(organizationId, email, deviceId).toString('base64url')}`;
  }

  /** The device's id where the cookie was issued for this e-mail and organization. */
  recognize(cookie: string | undefined, organizationId: string, email: string): string | undefined {
    const [, deviceId = '', mac = ''] = COOKIE_SHAPE.exec(cookie ?? '') ?? [];
    if (!mac) return undefined;
    return timingSafeEqual(Buffer.from(mac, 'base64url'), this.mac(organizationId, email, deviceId))
      ? deviceId
      : undefined;
  }

  private mac(organizationId: string, email: string, deviceId: string): Buffer {
    return createHmac('sha256', this.secrets.key('device-cookie'))
      .update(JSON.stringify([organizationId, email, deviceId]))
      .digest();
  }
}
