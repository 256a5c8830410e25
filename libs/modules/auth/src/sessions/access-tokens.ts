import { Injectable } from '@nestjs/common';
import { SignJWT } from 'jose';
import { AppConfig } from '@balcao/platform-config';
import type { PortalPrincipal } from '@balcao/platform-tenancy';
import { SigningKeys } from './signing-keys.js';

/** A JWT lives no longer than this, whatever its session does. */
const MOST_SECONDS = 24 * 60 * 60;

/** Who it is and for whom, the session's id, and the registered ones. */
export interface AccessTokenClaims {
  sub: string;
  email: string;
  displayName: string;
  customerId: string;
  tenantId: string;
  portal: true;
  sid: string;
}

/** Issues S4's JWT beside the session token; it dies with its session. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly config: AppConfig,
  ) {}

  async issue({ user, organization, billingAccount, sessionId, sessionExpiresAt }: PortalPrincipal): Promise<string> {
    const { kid, algorithm, privateKey } = await this.keys.current();
    const now = Math.floor(Date.now() / 1_000);
    const claims: Omit<AccessTokenClaims, 'sub'> = {
      email: user.email,
      displayName: user.name,
      customerId: billingAccount.id,
      tenantId: organization.id,
      portal: true,
      sid: sessionId,
    };
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: algorithm, kid, typ: 'JWT' })
      .setSubject(user.id)
      .setIssuer(this.config.publicUrl)
      .setAudience(organization.id)
      .setIssuedAt(now)
      .setExpirationTime(Math.min(now + MOST_SECONDS, Math.floor(sessionExpiresAt.getTime() / 1_000)))
      .sign(privateKey);
  }
}
