import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { Database, type PersonContext } from '@balcao/platform-tenancy';
import { SessionService } from './session.service.js';

/** Ends the session in which a customer or staff member asks for it. */
@Injectable()
export class SignOut {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
  ) {}

  async end(context: PersonContext): Promise<void> {
    const { actor, principal } = context;
    const portal = actor.type === 'user';
    await this.sessions.end(portal ? 'portal' : 'staff', actor.id, principal.sessionId);
    await this.database.transaction(context, (db) =>
      this.audit.record(db, context, {
        action: portal ? 'portal.logout' : 'staff.logout',
        target: { type: portal ? 'portal_user' : 'staff_user', id: actor.id },
      }),
    );
  }
}
