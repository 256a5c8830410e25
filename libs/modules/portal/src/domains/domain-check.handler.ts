import { Injectable } from '@nestjs/common';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemClock, systemContext, type OrganizationContext } from '@balcao/platform-tenancy';
import { LessThanOrEqual } from 'typeorm';
import { DomainClaimEntity } from '../persistence/domain-claim.entity.js';
import { GRACE_MS, lost, outcomeOf, type Finding } from './check-outcome.js';
import { DomainClaims } from './domain-claims.js';
import { DomainLookup, type DomainFacts } from './domain-lookup.js';
import { merged, type MailAdvice } from './mail-advice.js';

/** Of what stands in a foreign zone, as much as helps somebody to see the mistake. */
const SHOWN_TEXTS = 5;
const SHOWN_LENGTH = 200;

interface Holder {
  organizationId: string;
  now: Date | null;
  id: string;
  proof: string;
}

/** Looks at the name servers for one claim. Nothing is held while they are asked. */
@Injectable()
@JobHandler('domains.check')
export class DomainCheckHandler implements JobHandler<'domains.check'> {
  constructor(
    private readonly database: Database,
    private readonly lookup: DomainLookup,
    private readonly claims: DomainClaims,
  ) {}

  /** @throws the database's refusal where another portal was faster: asked again, it is that one's */
  async handle({ payload: { domainId: id }, context }: HandledJob<'domains.check'>, finish: Finish): Promise<void> {
    if (!context) throw new Error('A domain belongs to an organization');
    const claim = await this.database.read(context, (db) => db.repository(DomainClaimEntity).findOneBy({ id }));
    if (!claim || claim.releasedAt) return this.forget(context, id, finish);
    // By another host's clock it may have been asked for a moment from now.
    const startedAt = new Date(Math.max(systemClock.now().getTime(), claim.askedAt?.getTime() ?? 0));
    const facts = await this.lookup.look(claim);
    const finding = await this.judged(claim, facts);
    await this.database.transaction(context, async (db) => {
      const held = await this.claims.hold(db, { id });
      // What was asked later and answered sooner stands.
      if (held && !held.releasedAt && !(held.checkedAt && held.checkedAt > startedAt))
        await this.claims.settle(db, context, held, outcomeOf(held, { ...facts, finding }, systemClock.now()), {
          finding,
          found: shown(facts.texts.filter((text) => text !== claim.proof)),
          targetFinding: facts.targetFinding,
          targetFound: shown(facts.targetFound),
          advice: facts.advice && plain(merged(held.advice, facts.advice)),
          checkedAt: startedAt,
        });
      await finish(db);
    });
  }

  /** One that was given up is gone once its grace is over. */
  private async forget(context: OrganizationContext, id: string, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const releasedAt = LessThanOrEqual(new Date(systemClock.now().getTime() - GRACE_MS));
      await db.repository(DomainClaimEntity).delete({ id, releasedAt });
      await finish(db);
    });
  }

  /**
   * A domain of mails is everybody's who proves it: its owner let each of them. One that another portal
   * has stays its as long as its proof stands there too; without it that one loses it now.
   */
  private async judged({ id, purpose, domain, verifiedAt }: DomainClaimEntity, facts: DomainFacts): Promise<Finding> {
    if (facts.finding !== 'found' || purpose !== 'portal' || verifiedAt) return facts.finding;
    const holder = await this.database.asPlatform('who has a domain', (db) =>
      db.first<Holder>(sql`
        select c.organization_id as "organizationId", o.now, c.id, c.proof from domain_claims c
        join organization_standings o on o.id = c.organization_id
        where c.purpose = 'portal' and c.domain = ${domain} and c.verified_at is not null and c.id <> ${id}::uuid`),
    );
    if (!holder) return 'found';
    if (facts.texts.includes(holder.proof)) return 'taken';
    await this.takeOff(systemContext(holder.organizationId, { clock: clockOf(holder) }), holder.id);
    return 'found';
  }

  private async takeOff(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = await this.claims.hold(db, { id });
      if (held?.verifiedAt)
        await this.claims.settle(db, context, held, lost(held, systemClock.now()), { finding: 'different' });
    });
  }
}

/** What a zone says may be anything; what is shown of it is plain text. */
const shown = (texts: readonly string[]): string[] =>
  texts.slice(0, SHOWN_TEXTS).map((text) => text.replace(/[^\x20-\x7e]/g, '?').slice(0, SHOWN_LENGTH));

function plain({ spf, dkim, dmarc }: MailAdvice): MailAdvice {
  return {
    spf: { ...spf, found: shown(spf.found) },
    dkim: { ...dkim, found: shown(dkim.found) },
    dmarc: { ...dmarc, found: shown(dmarc.found) },
  };
}
