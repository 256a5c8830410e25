import { Injectable } from '@nestjs/common';
import { staffInCharge } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import { Mailer } from '@balcao/platform-mail';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import type { Happening, Outcome } from './check-outcome.js';

/** What a domain is claimed for: a portal's address, or the sender of the organization's mails. */
export type ClaimedFor = { portalId: string } | { purpose: 'mail' };

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
    const portalId =
      'portalId' in where ? where.portalId : (await db.repository(DomainClaimEntity).findOneBy(where))?.portalId;
    const lock = { mode: 'for_no_key_update' } as const;
    await db.repository(PortalEntity).findOne({ where: portalId ? { id: portalId } : { isDefault: true }, lock });
    return db.repository(DomainClaimEntity).findOne({ where, lock });
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
