import { Injectable } from '@nestjs/common';
import { newId } from '@balcao/platform-database';
import { LiveBus } from '@balcao/platform-live';
import { SessionStore, type SessionRealm } from '@balcao/platform-state';

/** A session slides for a day (S3.22). */
export const IDLE_MS = 24 * 60 * 60 * 1_000;
const STAFF_ABSOLUTE_MS = 7 * 24 * 60 * 60 * 1_000;
const OPERATOR_ABSOLUTE_MS = 12 * 60 * 60 * 1_000;

interface Client {
  ip: string;
  userAgent: string;
}

export interface OpenedSession {
  id: string;
  /** 48 characters; only its SHA-256 is stored (S3.21). */
  token: string;
  expiresAt: Date;
}

/** Opens and ends the sessions of all three realms; what a session may do is read anew on each request. */
@Injectable()
export class SessionService {
  constructor(
    private readonly store: SessionStore,
    private readonly live: LiveBus,
  ) {}

  openPortal(
    user: {
      organizationId: string;
      portalId: string;
      billingAccountId: string;
      id: string;
      credentialVersion: number;
    },
    client: Client,
    absoluteDays: number,
  ): Promise<OpenedSession> {
    return this.store.create({
      realm: 'portal',
      organizationId: user.organizationId,
      portalId: user.portalId,
      billingAccountId: user.billingAccountId,
      subjectId: user.id,
      credentialVersion: user.credentialVersion,
      ...client,
      idleMs: IDLE_MS,
      absoluteMs: absoluteDays * 24 * 60 * 60 * 1_000,
    });
  }

  openStaff(
    user: { organizationId: string; id: string; credentialVersion: number },
    client: Client,
  ): Promise<OpenedSession> {
    return this.store.create({
      realm: 'staff',
      organizationId: user.organizationId,
      subjectId: user.id,
      credentialVersion: user.credentialVersion,
      ...client,
      idleMs: IDLE_MS,
      absoluteMs: STAFF_ABSOLUTE_MS,
    });
  }

  openOperator(user: { id: string; credentialVersion: number }, client: Client): Promise<OpenedSession> {
    return this.store.create({
      realm: 'operator',
      subjectId: user.id,
      credentialVersion: user.credentialVersion,
      ...client,
      idleMs: OPERATOR_ABSOLUTE_MS,
      absoluteMs: OPERATOR_ABSOLUTE_MS,
    });
  }

  async end(sessionId: string): Promise<void> {
    await this.store.revoke(sessionId);
    this.live.publish({ id: newId(), name: 'session.ended', ids: { sessionId } });
  }

  async endAllOf(realm: SessionRealm, subjectId: string): Promise<void> {
    await this.store.revokeSubject(realm, subjectId);
    this.live.publish({ id: newId(), name: 'session.ended', ids: { subjectId } });
  }
}
