import { Injectable } from '@nestjs/common';
import { BillingSettingsService, Ledger } from '@balcao/module-billing';
import type { Day } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { RateLimiter } from '@balcao/platform-state';
import {
  Database,
  systemContext,
  type Db,
  type OrganizationContext,
  type PortalContext,
  type RequestContext,
} from '@balcao/platform-tenancy';
import { lastStart, statusOf, type RejectionReason, type SignatureKind } from './domain/proposal.js';
import { contentOf, readProposalText, type ProposalText } from './domain/proposal-text.js';
import { readStrokes } from './domain/signature.js';
import { ProposalFulfilments } from './fulfilment.js';
import type { OpenedProposalLink } from './links/proposal-link.service.js';
import { ProposalRepository } from './persistence/proposal.repository.js';
import type { DecisionRow, ProposalRow } from './persistence/proposal.rows.js';

/** Who decides: somebody of the account who is signed in, or whoever has a link. */
export interface Decider {
  context: OrganizationContext & RequestContext;
  billingAccountId: string;
  proposalId: string;
  portalUserId: string | null;
  linkId: string | null;
}

/** Somebody signed in. */
export const signedIn = (context: PortalContext, proposalId: string): Decider => ({
  context,
  proposalId,
  billingAccountId: context.scope.billingAccountId,
  portalUserId: context.actor.id,
  linkId: null,
});

/** Whoever has a link, which says of which proposal. */
export const byLink = ({ context, proposalId, billingAccountId, id }: OpenedProposalLink): Decider => ({
  context,
  proposalId,
  billingAccountId,
  portalUserId: null,
  linkId: id,
});

export interface Acceptance {
  /** SHA-256 of the text that was read. */
  digest: string;
  signerName: string;
  signerRole: string | null;
  /** CPF without its marks. */
  signerTaxId: string | null;
  signature: SignatureKind;
  /** Of a drawn one, as `readStrokes` reads them. */
  strokes: string | null;
  /** The day to begin on, where the text leaves a choice; that of acceptance where null. */
  startsOn: Day | null;
}

export interface Rejection {
  digest: string;
  signerName: string;
  reason: RejectionReason;
  comment: string | null;
}

/** Decisions that a link may be asked for: more is a machine. */
const ASKED = { limit: 20, windowSeconds: 3_600, blockSeconds: 0 };
/** So much of what a browser calls itself is kept. */
const LONGEST_AGENT = 500;

/**
 * Accepting and rejecting. Who decides names the text that they have read by its SHA-256, and only the version that counts, while it is
 * valid, can be decided; a proposal once. What acceptance brings is made in the same transaction, or nothing is decided. It runs as the
 * organization, since customers write nothing of proposals and books.
 */
@Injectable()
export class ProposalDecisionService {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly fulfilments: ProposalFulfilments,
    private readonly ledger: Ledger,
    private readonly settings: BillingSettingsService,
    private readonly limiter: RateLimiter,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * @throws DomainError not_found for another account's and for a draft; proposal_superseded where the text is not that of the version
   *   that counts, proposal_expired, proposal_decided; validation_failed for a drawing that is no
   *   signature, and for a day that has passed, is too late, or is not theirs to choose; rate_limited
   */
  async accept(decider: Decider, { strokes: drawn, ...acceptance }: Acceptance): Promise<void> {
    const strokes = acceptance.signature === 'drawn' ? readStrokes(drawn ?? '') : null;
    if (strokes === undefined) throw refusedField('strokes', 'isSignature');
    await this.decide(decider, { kind: 'accepted', ...acceptance, strokes, reason: null, comment: null });
  }

  /** @throws DomainError as `accept` */
  async reject(decider: Decider, rejection: Rejection): Promise<void> {
    const unsigned = { signerRole: null, signerTaxId: null, signature: null, strokes: null, startsOn: null };
    await this.decide(decider, { kind: 'rejected', ...rejection, ...unsigned });
  }

  private async decide(
    decider: Decider,
    decision: Omit<
      DecisionRow,
      'versionId' | 'portalUserId' | 'linkId' | 'subscriptionId' | 'ip' | 'userAgent' | 'decidedAt'
    >,
  ): Promise<void> {
    const { context, billingAccountId, proposalId: id, portalUserId, linkId } = decider;
    if (linkId) await this.spend(linkId);
    const { organizationId, client } = context;
    const organization = systemContext(organizationId, context);
    await this.database.transaction(organization, async (db) => {
      const known = found(await this.proposals.find(db, id));
      if (known.billingAccountId !== billingAccountId || !known.sentAt) throw new DomainError('not_found');
      const terms = await this.settings.terms(db, organization);
      // Books before proposals before invoices, as everybody holds them.
      if (decision.kind === 'accepted') await this.ledger.lock(db, [billingAccountId], known.currency);
      const held = found(await this.proposals.lock(db, id));
      const status = statusOf(held, terms.today);
      if (status !== 'sent') throw new DomainError(status === 'expired' ? 'proposal_expired' : 'proposal_decided');
      const version = found(await this.proposals.sent(db, id));
      if (version.digest !== decision.digest) throw new DomainError('proposal_superseded');
      let subscriptionId: string | null = null;
      let startsOn: Day | null = null;
      if (decision.kind === 'accepted') {
        const text = readProposalText(version.document);
        const content = contentOf(text);
        startsOn = startOf(text, decision.startsOn, terms.today);
        // The decision is the customer's, what it brings the system's doing.
        const made = systemContext(organizationId, { ...organization, actor: { type: 'system' } });
        const { number, title, currency } = { ...version, number: held.number! };
        const accepted = { proposalId: id, number, billingAccountId, title, currency, content, startsOn };
        subscriptionId = await this.fulfilments.of(content.outcome.kind).fulfil(db, made, terms, accepted);
      }
      await this.proposals.decide(db, held, {
        ...decision,
        ...{ versionId: version.id, portalUserId, linkId, startsOn, subscriptionId },
        ip: client.ip,
        userAgent: client.userAgent.slice(0, LONGEST_AGENT),
        decidedAt: context.clock.now(),
      });
      await this.say(db, organization, held, {
        ...decision,
        startsOn,
        version: version.number,
        isByLink: linkId !== null,
      });
    });
  }

  private async say(
    db: Db,
    context: OrganizationContext,
    held: ProposalRow,
    decision: Pick<DecisionRow, 'kind' | 'digest' | 'signerName' | 'signature' | 'startsOn' | 'reason'> & {
      version: number;
      isByLink: boolean;
    },
  ): Promise<void> {
    const { kind, version, isByLink, digest, signerName, signature, startsOn, reason } = decision;
    const { id, billingAccountId } = held;
    await this.proposals.addEvent(db, context, held, { kind, versionNumber: version, isByLink });
    await this.audit.record(db, context, {
      action: kind === 'accepted' ? 'portal.proposal.accept' : 'portal.proposal.reject',
      target: { type: 'proposal', id },
      billingAccountId,
      changes: {
        before: { state: 'sent' },
        after: { state: kind, version, digest, signerName, signature, startsOn, reason },
      },
    });
    const name = kind === 'accepted' ? 'proposal.accepted' : 'proposal.rejected';
    const ids = { proposalId: id };
    await this.events.publish(db, context, { name, ids, billingAccountId, portalUserId: undefined });
  }

  private async spend(linkId: string): Promise<void> {
    const { allowed, retryAfterSeconds } = await this.limiter.consume(`proposal-link|${linkId}`, ASKED);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
  }
}

/**
 * The day on which begins what is accepted today: as it was chosen, today where it was not; null where the text leaves no choice.
 * @throws DomainError validation_failed for a day that has passed, is too late, or is not theirs to choose
 */
function startOf(text: ProposalText, chosen: Day | null, today: Day): Day | null {
  const until = lastStart(text);
  if (until === null) {
    if (chosen !== null) throw refusedField('startsOn', 'startIsSaid');
    return null;
  }
  const startsOn = chosen ?? today;
  if (startsOn < today) throw refusedField('startsOn', 'notBeforeToday');
  if (startsOn > until) throw refusedField('startsOn', 'startTooLate');
  return startsOn;
}
