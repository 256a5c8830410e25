import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { found } from '@balcao/platform-errors';
import { Database, sql, type Db, type PersonContext } from '@balcao/platform-tenancy';
import { SessionService } from './session.service.js';

/** A session as its owner recognizes it. */
export interface OwnSession {
  id: string;
  /** The one in which it is asked. */
  current: boolean;
  ip: string;
  userAgent: string;
  createdAt: Date;
  lastSeenAt: Date;
}

/** What customers and staff do with their own sessions. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
  ) {}

  /** Those that are open, this one first, then by their last use. */
  async list(context: PersonContext): Promise<OwnSession[]> {
    return this.database.read(context, (db) => listOwn(db, context));
  }

  /** Ends one, or the one in which it is asked. @throws DomainError not_found for one that is not open, or not one's own */
  async end(context: PersonContext, id?: string): Promise<void> {
    const { sessionId } = context.principal;
    const session = id?.toLowerCase() ?? sessionId;
    if (session !== sessionId) found((await this.list(context)).find((own) => own.id === session));
    await this.endThem(context, [session]);
  }

  /** Ends all but the one in which it is asked. */
  async endOthers(context: PersonContext): Promise<void> {
    const others = (await this.list(context)).filter(({ current }) => !current);
    await this.endThem(
      context,
      others.map(({ id }) => id),
    );
  }

  private async endThem(context: PersonContext, ids: readonly string[]): Promise<void> {
    const { actor, principal } = context;
    const portal = actor.type === 'user';
    for (const id of ids) {
      await this.sessions.end(realmOf(context), actor.id, id);
      const deed = id === principal.sessionId ? 'logout' : 'session.end';
      await this.database.transaction(context, (db) =>
        this.audit.record(db, context, {
          action: `${portal ? 'portal' : 'staff'}.${deed}` as const,
          target: { type: portal ? 'portal_user' : 'staff_user', id: actor.id },
          ...(deed === 'logout' ? {} : { changes: { after: { sessionId: id } } }),
        }),
      );
    }
  }
}

const realmOf = ({ actor }: PersonContext) => (actor.type === 'user' ? 'portal' : 'staff');

const listOwn = (db: Db, context: PersonContext): Promise<OwnSession[]> =>
  db.query<OwnSession>(sql`
    select s.id, s.id = ${context.principal.sessionId}::uuid as current, s.ip, s.user_agent as "userAgent",
      s.created_at as "createdAt", s.last_seen_at as "lastSeenAt"
    from sessions s
    where ${db.account('s')} and s.realm = ${realmOf(context)} and s.subject_id = ${context.actor.id}::uuid
      and s.pending = '{}' and s.expires_at > now()
    order by current desc, s.last_seen_at desc, s.id desc`);
