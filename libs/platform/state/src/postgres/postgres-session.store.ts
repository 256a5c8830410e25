import { newId } from '@balcao/platform-database';
import type { Database } from '@balcao/platform-tenancy';
import {
  SessionStore,
  type NewSession,
  type OpenedSession,
  type SessionRealm,
  type SessionRecord,
} from '../session-store.js';
import { isSessionToken, newSessionToken, sessionTokenHash } from '../session-token.js';
import { interval } from './interval.js';

interface SessionRow {
  id: string;
  realm: SessionRealm;
  organization_id: string | null;
  portal_id: string | null;
  billing_account_id: string | null;
  subject_id: string;
  credential_version: number;
  ip: string;
  user_agent: string;
  created_at: Date;
  last_seen_at: Date;
  expires_at: Date;
  absolute_expires_at: Date;
}

/** What a browser may call itself; more is cut. */
const LONGEST_USER_AGENT = 500;

/** Sessions in PostgreSQL, behind the `state_session_*` functions. */
export class PostgresSessionStore extends SessionStore {
  constructor(private readonly database: Database) {
    super();
  }

  async create(session: NewSession): Promise<OpenedSession> {
    const token = newSessionToken();
    const rows = await this.database.door<SessionRow>('state_session_create', [
      newId(),
      sessionTokenHash(token),
      session.realm,
      session.organizationId ?? null,
      session.portalId ?? null,
      session.billingAccountId ?? null,
      session.subjectId,
      session.credentialVersion,
      session.ip,
      session.userAgent.slice(0, LONGEST_USER_AGENT),
      interval(session.idleMs),
      interval(session.absoluteMs),
    ]);
    return { ...present(rows[0]!), token };
  }

  async findByToken(token: string): Promise<SessionRecord | undefined> {
    if (!isSessionToken(token)) return undefined;
    const [row] = await this.database.door<SessionRow>('state_session_find', [sessionTokenHash(token)]);
    return row && present(row);
  }

  async findById(id: string): Promise<SessionRecord | undefined> {
    const [row] = await this.database.door<SessionRow>('state_session_find_by_id', [id]);
    return row && present(row);
  }

  async touch(id: string, idleMs: number): Promise<Date | undefined> {
    const [row] = await this.database.door<{ state_session_touch: Date | null }>('state_session_touch', [
      id,
      interval(idleMs),
    ]);
    return row?.state_session_touch ?? undefined;
  }

  async revoke(id: string): Promise<void> {
    await this.database.door('state_session_revoke', [id]);
  }

  async revokeSubject(realm: SessionRealm, subjectId: string, exceptId?: string): Promise<void> {
    await this.database.door('state_session_revoke_subject', [realm, subjectId, exceptId ?? null]);
  }
}

function present(row: SessionRow): SessionRecord {
  return {
    id: row.id,
    realm: row.realm,
    organizationId: row.organization_id ?? undefined,
    portalId: row.portal_id ?? undefined,
    billingAccountId: row.billing_account_id ?? undefined,
    subjectId: row.subject_id,
    credentialVersion: row.credential_version,
    ip: row.ip,
    userAgent: row.user_agent,
    createdAt: row.created_at,
    lastSeenAt: row.last_seen_at,
    expiresAt: row.expires_at,
    absoluteExpiresAt: row.absolute_expires_at,
  };
}
