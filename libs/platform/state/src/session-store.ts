/** The three kinds of sign-in; a session of one is never accepted where another is asked for. */
export type SessionRealm = 'portal' | 'staff' | 'operator';

/** Facts that a session is made of. */
export interface NewSession {
  realm: SessionRealm;
  /** Absent for operators, who belong to no organization. */
  organizationId?: string;
  /** Portal sessions belong to one portal and one billing account. */
  portalId?: string;
  billingAccountId?: string;
  subjectId: string;
  /** Version of the subject's credentials at sign-in; raising it elsewhere ends the session. */
  credentialVersion: number;
  ip: string;
  userAgent: string;
  /** Milliseconds without use after which the session ends. */
  idleMs: number;
  /** Milliseconds after sign-in when the session ends however busy it is. */
  absoluteMs: number;
}

export interface SessionRecord extends Omit<NewSession, 'idleMs' | 'absoluteMs'> {
  id: string;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  absoluteExpiresAt: Date;
}

/** A session that was just begun, with its 48-character token (S3.21), which exists in this answer only. */
export interface OpenedSession extends SessionRecord {
  token: string;
}

/** Sessions of all realms. Only a digest of the token is kept, and no process caches what it read. */
export abstract class SessionStore {
  abstract create(session: NewSession): Promise<OpenedSession>;

  /** The live session of a token; undefined for an ended one and for anything that is no token. */
  abstract findByToken(token: string): Promise<SessionRecord | undefined>;

  abstract findById(id: string): Promise<SessionRecord | undefined>;

  /**
   * Moves the idle limit to `idleMs` from now, never past the absolute one and at most once a minute.
   * @returns the new end, or undefined when nothing moved
   */
  abstract touch(id: string, idleMs: number): Promise<Date | undefined>;

  /** Ends one session, if it is there. */
  abstract revoke(id: string): Promise<void>;

  /** Ends a person's sessions at once on every replica, except the one named. */
  abstract revokeSubject(realm: SessionRealm, subjectId: string, exceptId?: string): Promise<void>;
}
