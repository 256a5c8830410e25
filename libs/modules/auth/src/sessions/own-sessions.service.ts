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
    await this.endThem(context, (own) =>
      id ? [found(own.find((each) => each.id === id.toLowerCase()))] : own.filter(({ current }) => current),
    );
  }

  /** Ends all but the one in which it is asked. */
  async endOthers(context: PersonContext): Promise<void> {
    await this.endThem(context, (own) => own.filter(({ current }) => !current));
  }

  private async endThem(context: PersonContext, which: (own: OwnSession[]) => OwnSession[]): Promise<void> {
    const { actor } = context;
    const realm = actor.type === 'user' ? 'portal' : 'staff';
    await this.database.transaction(context, async (db) => {
      const ended = which(await listOwn(db, context));
      await this.sessions.end(
        db,
        realm,
        actor.id,
        ended.map(({ id }) => id),
      );
      for (const { id, current } of ended)
        await this.audit.record(db, context, {
          action: `${realm}.${current ? 'logout' : 'session.end'}`,
          target: { type: `${realm}_user`, id: actor.id },
          ...(current ? {} : { changes: { after: { sessionId: id } } }),
        });
    });
  }
}

const listOwn = (db: Db, context: PersonContext): Promise<OwnSession[]> =>
  db.query<OwnSession>(sql`
    select s.id, s.id = ${context.principal.sessionId}::uuid as current, s.ip, s.user_agent as "userAgent",
      s.created_at as "createdAt", s.last_seen_at as "lastSeenAt"
    from sessions s
    where ${db.account('s')} and s.subject_id = ${context.actor.id}::uuid and s.pending = '{}' and s.expires_at > now()
    order by current desc, s.last_seen_at desc, s.id desc`);
