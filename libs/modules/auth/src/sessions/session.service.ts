import { Injectable } from '@nestjs/common';
import { newId } from '@balcao/platform-database';
import { Database, sql, type Client, type Db } from '@balcao/platform-tenancy';
import type { RealmName } from '../sign-in/realm.js';
import { newSessionToken, sessionTokenHash } from './session-token.js';

/** Facts that a session is made of. */
export interface NewSession {
  realm: RealmName;
  /** Null for operators, who belong to no organization. */
  organizationId: string | null;
  /** The portal that a customer's session belongs to. */
  portalId: string | null;
  userId: string;
  /** Version of the credentials that were proved; another one now, and no session is opened. */
  credentialVersion: number;
  /** How the person proved who they are. */
  methods: readonly string[];
  /** Steps that are missing; until they are done the session opens nothing. */
  pending?: readonly string[];
  /** Milliseconds without use after which it ends, and those after which it ends however busy it is. */
  idleMs: number;
  absoluteMs: number;
}

/** A session that was just begun, with its 48-character token, which exists in this answer only. */
export interface OpenedSession {
  id: string;
  token: string;
  expiresAt: Date;
  /** From its opening until then, where it is not used. */
  lifetimeSeconds: number;
}

/** Opens and ends sessions of all realms. What one may do is read anew on each request. Only the gate opens any. */
@Injectable()
export class SessionService {
  constructor(private readonly database: Database) {}

  /** In the caller's transaction; of a person's, the oldest beyond a hundred end. @returns undefined where the person may have no session at this moment */
  async open(db: Db, session: NewSession, client: Client): Promise<OpenedSession | undefined> {
    const [id, token] = [newId(), newSessionToken()];
    const row = await db.first<{ expiresAt: Date }>(sql`
      select * from session_open(${id}::uuid, ${sessionTokenHash(token)}, ${session.realm}, ${session.organizationId}::uuid,
        ${session.portalId}::uuid, ${session.userId}::uuid, ${session.credentialVersion}, ${[...session.methods]}::text[],
        ${[...(session.pending ?? [])]}::text[], ${client.ip}, ${client.userAgent},
        make_interval(secs => ${session.idleMs / 1_000}), make_interval(secs => ${session.absoluteMs / 1_000}))`);
    const lifetimeSeconds = Math.min(session.idleMs, session.absoluteMs) / 1_000;
    return row && { id, token, expiresAt: row.expiresAt, lifetimeSeconds };
  }

  /** Moves the idle limit to `idleMs` from now, at most once a minute. @returns the new end, if it moved */
  async touch(sessionId: string, idleMs: number): Promise<Date | undefined> {
    const [row] = await this.database.door<{ expiresAt: Date }>('session_touch', [sessionId, `${idleMs} milliseconds`]);
    return row?.expiresAt;
  }

  /** Ends these sessions of a person, or all, within the caller's transaction. */
  async end(db: Db, realm: RealmName, userId: string, sessionIds: readonly string[] | 'all'): Promise<void> {
    const ids = sessionIds === 'all' ? null : [...sessionIds];
    await db.query(sql`select session_end(${realm}, ${userId}::uuid, ${ids}::uuid[])`);
  }

  /** Ends everybody's at one portal, within the caller's transaction. */
  async endOfPortal(db: Db, organizationId: string, portalId: string): Promise<void> {
    await db.query(sql`select session_end_of_portal(${organizationId}::uuid, ${portalId}::uuid)`);
  }
}
