import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { Database, systemContext, type Context, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { PresentedToken } from '../tokens/one-time-tokens.js';
import { PrincipalReader } from '../sessions/principal-reader.js';
import type { Candidate, PersonRealm } from './realm.js';
import { SignIn, type SignedIn } from './sign-in.service.js';

/** What customers' and staff's ways through the gate have in common: links, and going on after a proof. */
@Injectable()
export abstract class PersonSignIn<Login> {
  protected abstract readonly realm: PersonRealm;

  constructor(
    protected readonly database: Database,
    protected readonly gate: SignIn,
    protected readonly principals: PrincipalReader,
  ) {}

  /** Somebody whose row the transaction holds, as they are at this moment. */
  protected abstract candidate(
    db: Db,
    context: OrganizationContext,
    userId: string,
    preferredPortalId: string | null,
  ): Promise<Candidate>;

  /** What the client gets of a session, once it is committed. @throws DomainError where it has ended already */
  abstract complete(signedIn: SignedIn): Promise<Login>;

  /**
   * Opens the session of somebody who has just proved the mailbox. `prove` uses the link up and writes what it proves,
   * in the same transaction: where the gate refuses, the link is as good as before. A refusal that it answers instead of throwing
   * it leaves what was written. It opens the portal that the address names, else the one that it was made for, or another that lets
   * the person in.
   */
  async byLink(
    context: Context,
    { organizationId, clock, portalId, subject }: PresentedToken,
    prove: (db: Db, context: OrganizationContext) => Promise<DomainError | void>,
  ): Promise<Login> {
    const ownContext = systemContext(organizationId, {
      ...context,
      clock,
      actor: { type: this.realm.actor, id: subject.id },
    });
    const outcome = await this.database.transaction(ownContext, async (db) => {
      const refusal = await prove(db, ownContext);
      if (refusal) return refusal;
      const candidate = await this.candidate(db, ownContext, subject.id, portalId);
      return this.openAt(db, ownContext, candidate, ['link', 'password'], context.portalId ?? null);
    });
    if (outcome instanceof DomainError) throw outcome;
    return this.complete(outcome);
  }

  /** Another session in the caller's transaction, for somebody who has just proved something; see `complete`. */
  async reopen(
    db: Db,
    context: OrganizationContext,
    userId: string,
    methods: readonly string[],
    portalId: string | null = null,
  ): Promise<SignedIn> {
    return this.openAt(db, context, await this.candidate(db, context, userId, portalId), methods, portalId);
  }

  private openAt(
    db: Db,
    context: OrganizationContext,
    candidate: Candidate,
    methods: readonly string[],
    portalId: string | null,
  ): Promise<SignedIn> {
    return this.gate.open(db, context, this.realm, { ...candidate, portalId: portalId ?? candidate.portalId }, methods);
  }
}
