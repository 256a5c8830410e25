import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PortalFinder } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { newId } from '@balcao/platform-database';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Outbox } from '@balcao/platform-outbox';
import { RateLimiter } from '@balcao/platform-state';
import { Database, systemClock, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { outcomeOf } from './check-outcome.js';
import { DomainClaims, standing, type ClaimedFor } from './domain-claims.js';
import { domainName, PROOF_PREFIX, senderAddress } from './domain-name.js';
import { newSigningKey } from './signing-key.js';

/** Looks at the name servers that somebody asks for, of one claim. */
const BETWEEN_LOOKS_MS = 10_000;
/** So long one that was asked for is waited for: by silent servers it takes its time, and is not to stand there twice. */
const LOOK_COMES_MS = 120_000;
/** New claims of an organization in an hour; each makes us ask name servers that a stranger chose. */
const CLAIMS = { limit: 30, windowSeconds: 3_600, blockSeconds: 0 };

const NOBODY_TOLD = { finding: 'unreachable', targetFinding: null } as const;

/** What a domain's owner writes into its zone: nobody can know it who was not told. */
const newProof = () => `${PROOF_PREFIX}${randomBytes(24).toString('base64url')}`;

/** The domain of a portal, or of the organization's mails: claimed, looked at, given back. */
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
    private readonly secrets: Secrets,
  ) {}

  /** The claim, if there is one. @throws DomainError not_found for a portal that does not exist */
  async get(context: OrganizationContext, of: ClaimedFor): Promise<DomainClaimEntity | null> {
    return this.database.read(context, async (db) => {
      const claim = await db.repository(DomainClaimEntity).findOneBy(standing(of));
      if (!claim && 'portalId' in of) found(await db.repository(PortalEntity).findOneBy({ id: of.portalId }));
      return claim;
    });
  }

  /**
   * Claims a portal's domain, or the one of an address that mails shall come from. The claim of before ends with it, at once;
   * the same once more changes nothing, another address of the same domain needs no other proof, and neither does a domain that
   * was left within the grace.
   * @throws DomainError not_found, rate_limited, validation_failed for what is no domain or nobody's to claim
   */
  async claim(context: OrganizationContext, of: ClaimedFor, typed: string): Promise<DomainClaimEntity> {
    const { domain, mailbox } = this.read(of, typed);
    const isSame = (claim: DomainClaimEntity | null) => claim?.domain === domain && claim.mailbox === mailbox;
    const before = await this.get(context, of);
    if (before && isSame(before)) return before;
    const { allowed, retryAfterSeconds } = await this.limiter.consume(`domain-claim|${context.organizationId}`, CLAIMS);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    const id = newId();
    const ownPart =
      'portalId' in of
        ? ({ purpose: 'portal', portalId: of.portalId } as const)
        : ({ purpose: 'mail', mailbox, ...(await newSigningKey(this.secrets, id)) } as const);
    const claimed = await this.database.transaction(context, async (db) => {
      const claims = db.repository(DomainClaimEntity);
      const last = await this.hold(db, of);
      if (last && isSame(last)) return last;
      const stays = last?.domain === domain;
      if (stays) await claims.update({ id: last.id }, { mailbox });
      else {
        if (last) await this.claims.release(db, last);
        const revived = await this.claims.revive(db, of, domain);
        if (revived) await claims.update({ id: revived }, { mailbox });
        else await claims.insert({ id, ...ownPart, domain, proof: newProof(), nextCheckAt: systemClock.now() });
        await this.outbox.add(db, context, 'domains.check', { domainId: revived ?? id });
      }
      const now = found(await claims.findOneBy(standing(of)));
      await this.audit.record(db, context, {
        action: 'staff.domain.claim',
        target: targetOf(now),
        changes: { before: nameOf(last), after: nameOf(now) },
      });
      await this.claims.tell(db, context, now);
      return now;
    });
    this.finder.forgetRecent();
    return claimed;
  }

  /**
   * Has the name servers asked at once, unless a look that was asked for is still to come. Where nobody looked any more, they
   * do again for as long as at first.
   * @throws DomainError not_found, rate_limited with the seconds until it may be asked for again
   */
  async check(context: OrganizationContext, of: ClaimedFor): Promise<DomainClaimEntity> {
    return this.database.transaction(context, async (db) => {
      const claim = found(await this.hold(db, of));
      const now = systemClock.now();
      const wait = (claim.askedAt?.getTime() ?? 0) + BETWEEN_LOOKS_MS - now.getTime();
      if (wait > 0) throw new DomainError('rate_limited', { retryAfterSeconds: Math.ceil(wait / 1_000) });
      if (looksStill(claim, now)) return claim;
      const waitingSince = claim.verifiedAt || claim.nextCheckAt ? claim.waitingSince : now;
      const { nextCheckAt } = outcomeOf({ ...claim, waitingSince }, NOBODY_TOLD, now);
      const asked = { askedAt: now, waitingSince, nextCheckAt };
      await db.repository(DomainClaimEntity).update({ id: claim.id }, asked);
      await this.outbox.add(db, context, 'domains.check', { domainId: claim.id });
      return Object.assign(claim, asked);
    });
  }

  /** The portal is at home at its path again, and mails come from the installation's address, from now on. @throws DomainError not_found */
  async remove(context: OrganizationContext, of: ClaimedFor): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const claim = found(await this.hold(db, of));
      await this.claims.release(db, claim);
      await this.audit.record(db, context, {
        action: 'staff.domain.remove',
        target: targetOf(claim),
        changes: {
          before: { ...nameOf(claim), verifiedAt: claim.verifiedAt },
          after: { ...nameOf(null), verifiedAt: null },
        },
      });
      await this.claims.tell(db, context, claim);
    });
    this.finder.forgetRecent();
  }

  private read(of: ClaimedFor, typed: string): { domain: string; mailbox: string | null } {
    const read = 'portalId' in of ? domainName(typed, this.config) : senderAddress(typed, this.config);
    if ('problem' in read) throw refusedField('portalId' in of ? 'domain' : 'address', read.problem);
    return { mailbox: null, ...read };
  }

  /** Held, so that of two who change it one comes first. @throws DomainError not_found for a portal that does not exist */
  private async hold(db: Db, of: ClaimedFor): Promise<DomainClaimEntity | null> {
    if ('portalId' in of) found(await db.repository(PortalEntity).findOneBy({ id: of.portalId }));
    return this.claims.hold(db, of);
  }
}

/** Whether a look that somebody asked for has not been taken yet. */
const looksStill = ({ askedAt, checkedAt }: DomainClaimEntity, now: Date): boolean =>
  askedAt !== null &&
  now.getTime() - askedAt.getTime() < LOOK_COMES_MS &&
  (checkedAt === null || checkedAt.getTime() < askedAt.getTime());

const targetOf = ({ id, portalId }: DomainClaimEntity) =>
  portalId ? { type: 'portal', id: portalId } : { type: 'domain', id };

/** What a claim is for, as history tells it. */
function nameOf(claim: DomainClaimEntity | null): Record<string, string | null> {
  return { domain: claim?.domain ?? null, ...(claim?.mailbox && { mailbox: claim.mailbox }) };
}
