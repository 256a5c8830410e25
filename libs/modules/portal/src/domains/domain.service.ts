import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PortalFinder } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { AppConfig } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Outbox } from '@balcao/platform-outbox';
import { RateLimiter } from '@balcao/platform-state';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { outcomeOf } from './check-outcome.js';
import { DomainClaims } from './domain-claims.js';
import { domainName } from './domain-name.js';

/** Looks at the name servers that somebody asks for, of one claim. */
const BETWEEN_LOOKS_MS = 10_000;
/** New claims of an organization in an hour; each makes us ask name servers that a stranger chose. */
const CLAIMS = { limit: 30, windowSeconds: 3_600, blockSeconds: 0 };

/** What a domain's owner writes into its zone: nobody can know it who was not told. */
const newProof = () => `balcao-verify=${randomBytes(24).toString('base64url')}`;

/** A portal's own domain: claimed, looked at, given back. */
@Injectable()
export class DomainService {
  constructor(
    private readonly database: Database,
    private readonly claims: DomainClaims,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly limiter: RateLimiter,
    private readonly config: AppConfig,
    private readonly finder: PortalFinder,
  ) {}

  /** The claim of a portal, if there is one. @throws DomainError not_found for a portal that does not exist */
  async get(context: OrganizationContext, portalId: string): Promise<DomainClaimEntity | null> {
    return this.database.read(context, async (db) => {
      const claim = await db.repository(DomainClaimEntity).findOneBy({ portalId });
      if (!claim) found(await db.repository(PortalEntity).findOneBy({ id: portalId }));
      return claim;
    });
  }

  /**
   * Claims a domain for a portal. The one of before ends with it, at once; the same once more changes nothing.
   * @throws DomainError not_found, rate_limited, validation_failed for what is no domain or nobody's to claim
   */
  async claim(context: OrganizationContext, portalId: string, typed: string): Promise<DomainClaimEntity> {
    const read = domainName(typed, this.config);
    if ('problem' in read) throw refusedField('domain', read.problem);
    const { domain } = read;
    const before = await this.get(context, portalId);
    if (before?.domain === domain) return before;
    const { allowed, retryAfterSeconds } = await this.limiter.consume(`domain-claim|${context.organizationId}`, CLAIMS);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    const claimed = await this.database.transaction(context, async (db) => {
      const last = await this.holdPortal(db, portalId);
      if (last?.domain === domain) return last;
      if (last) await db.repository(DomainClaimEntity).delete({ id: last.id });
      const id = newId();
      const claim = { id, purpose: 'portal' as const, portalId, domain, proof: newProof() };
      await db.repository(DomainClaimEntity).insert({ ...claim, nextCheckAt: context.clock.now() });
      await this.audit.record(db, context, {
        action: 'staff.domain.claim',
        target: { type: 'portal', id: portalId },
        changes: { before: { domain: last?.domain ?? null }, after: { domain } },
      });
      await this.outbox.add(db, context, 'domains.check', { domainId: id });
      const now = found(await db.repository(DomainClaimEntity).findOneBy({ id }));
      await this.claims.tell(db, context, now);
      return now;
    });
    this.finder.forgetRecent();
    return claimed;
  }

  /**
   * Has the name servers asked at once. Where nobody looked any more, they do again for as long as at first.
   * @throws DomainError not_found, rate_limited with the seconds until it may be asked for again
   */
  async check(context: OrganizationContext, portalId: string): Promise<DomainClaimEntity> {
    return this.database.transaction(context, async (db) => {
      const claim = found(await this.holdPortal(db, portalId));
      const now = context.clock.now();
      const wait = (claim.askedAt?.getTime() ?? 0) + BETWEEN_LOOKS_MS - now.getTime();
      if (wait > 0) throw new DomainError('rate_limited', { retryAfterSeconds: Math.ceil(wait / 1_000) });
      const waitingSince = claim.verifiedAt || claim.nextCheckAt ? claim.waitingSince : now;
      const { nextCheckAt } = outcomeOf({ ...claim, waitingSince }, 'unreachable', now);
      const asked = { askedAt: now, waitingSince, nextCheckAt };
      await db.repository(DomainClaimEntity).update({ id: claim.id }, asked);
      await this.outbox.add(db, context, 'domains.check', { domainId: claim.id });
      return Object.assign(claim, asked);
    });
  }

  /** The portal is at home at its path again, from now on. @throws DomainError not_found */
  async remove(context: OrganizationContext, portalId: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const claim = found(await this.holdPortal(db, portalId));
      await db.repository(DomainClaimEntity).delete({ id: claim.id });
      await this.audit.record(db, context, {
        action: 'staff.domain.remove',
        target: { type: 'portal', id: portalId },
        changes: {
          before: { domain: claim.domain, verifiedAt: claim.verifiedAt },
          after: { domain: null, verifiedAt: null },
        },
      });
      await this.claims.tell(db, context, claim);
    });
    this.finder.forgetRecent();
  }

  /** Held, so that of two who change its domain one comes first. @throws DomainError not_found */
  private async holdPortal(db: Db, portalId: string): Promise<DomainClaimEntity | null> {
    found(await db.repository(PortalEntity).findOneBy({ id: portalId }));
    return this.claims.hold(db, { portalId });
  }
}
