import { Injectable } from '@nestjs/common';
import { staffInCharge } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import { Mailer } from '@balcao/platform-mail';
import { systemClock, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { IsNull, MoreThan } from 'typeorm';
import { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { GRACE_MS, UNSEEN, type Happening, type Outcome } from './check-outcome.js';

/** What a domain is claimed for: a portal's address, or the sender of the organization's mails. */
export type ClaimedFor = { portalId: string } | { purpose: 'mail' };

/** The claim that stands for it, beside those that were given up. */
export const standing = (of: ClaimedFor) => ({ ...of, releasedAt: IsNull() });

/** Writes what became of a claim, and tells those whom it concerns; within its caller's transaction. */
@Injectable()
export class DomainClaims {
  constructor(
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly mailer: Mailer,
  ) {}

  /** The claim as it stands, its portal held before it; of one for mails, the organization's first. */
  async hold(db: Db, where: { id: string } | ClaimedFor): Promise<DomainClaimEntity | null> {
    const wanted = 'id' in where ? where : standing(where);
    const portalId =
      'portalId' in where ? where.portalId : (await db.repository(DomainClaimEntity).findOneBy(wanted))?.portalId;
    const lock = { mode: 'for_no_key_update' } as const;
    await db.repository(PortalEntity).findOne({ where: portalId ? { id: portalId } : { isDefault: true }, lock });
    return db.repository(DomainClaimEntity).findOne({ where: wanted, lock });
  }

  /** @throws the database's refusal of a domain that another portal has */
  async settle(
    db: Db,
    context: OrganizationContext,
    claim: DomainClaimEntity,
    { state, nextCheckAt, happened }: Outcome,
    facts: Partial<DomainClaimEntity> = {},
  ): Promise<void> {
    const { id, domain, portalId } = claim;
    await db.repository(DomainClaimEntity).update({ id }, { ...facts, ...state, nextCheckAt });
    if (happened === 'verified' || happened === 'lost')
      await this.audit.record(db, context, {
        action: happened === 'verified' ? 'system.domain.verify' : 'system.domain.lose',
        target: { type: 'domain', id },
        changes: {
          before: { domain, portalId, verifiedAt: claim.verifiedAt },
          after: { domain, portalId, verifiedAt: state.verifiedAt },
        },
      });
    if (happened && happened !== 'verified') await this.warn(db, context, { ...claim, ...state }, happened);
    await this.tell(db, context, claim);
  }

  /** It stands for nothing from now on; who names its domain again within the grace has the proof that stands there. */
  async release(db: Db, { id }: DomainClaimEntity): Promise<void> {
    const now = systemClock.now();
    const nextCheckAt = new Date(now.getTime() + GRACE_MS);
    const gone = { ...UNSEEN, verifiedAt: null, missingSince: null, lostAt: null, leadsHere: false, advice: null };
    await db.repository(DomainClaimEntity).update({ id }, { ...gone, releasedAt: now, nextCheckAt });
  }

  /** Takes the last claim of a domain up again, where it was given up within the grace; it is as one that was just made. */
  async revive(db: Db, of: ClaimedFor, domain: string): Promise<string | undefined> {
    const now = systemClock.now();
    const releasedAt = MoreThan(new Date(now.getTime() - GRACE_MS));
    const claims = db.repository(DomainClaimEntity);
    const former = await claims.findOne({ where: { ...of, domain, releasedAt }, order: { releasedAt: 'desc' } });
    if (former) await claims.update({ id: former.id }, { releasedAt: null, waitingSince: now, nextCheckAt: now });
    return former?.id;
  }

  /** Open pages read the domain anew. */
  async tell(db: Db, context: OrganizationContext, { id, portalId }: DomainClaimEntity): Promise<void> {
    const ids = { domainId: id, ...(portalId && { portalId }) };
    await this.events.publish(db, context, { name: 'domain.changed', ids });
  }

  /** One mail to each of those in charge, for each thing that happened. */
  private async warn(
    db: Db,
    context: OrganizationContext,
    { id, missingSince, lostAt }: DomainClaimEntity,
    happened: Exclude<Happening, 'verified'>,
  ): Promise<void> {
    const since = (missingSince ?? lostAt)?.getTime();
    for (const { id: staffUserId, ...recipient } of await staffInCharge(db, 'portals:write'))
      await this.mailer.enqueue(db, context, {
        template: happened === 'lost' ? 'domain-lost' : 'domain-missing',
        businessKey: `domain:${happened}:${id}:${since}:${staffUserId}`,
        recipient,
        ids: { domainId: id, staffUserId },
      });
  }
}
