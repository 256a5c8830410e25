import { Injectable } from '@nestjs/common';
import { BillingSettingsService, issuerOf, partyOf, totalsOf } from '@balcao/module-billing';
import { Audit } from '@balcao/platform-audit';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { proposalText, type TextFacts } from './domain/proposal-text.js';
import { ProposalFulfilments } from './fulfilment.js';
import { ProposalLinkRepository } from './links/proposal-link.repository.js';
import { ProposalFileRepository } from './persistence/proposal-file.repository.js';
import { ProposalRepository } from './persistence/proposal.repository.js';
import type { ProposalRow } from './persistence/proposal.rows.js';

/** What staff do with proposals besides writing them. */
@Injectable()
export class ProposalService {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly files: ProposalFileRepository,
    private readonly links: ProposalLinkRepository,
    private readonly fulfilments: ProposalFulfilments,
    private readonly settings: BillingSettingsService,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * Sends the draft: its text is fixed to the byte, it counts from now on in the place of the version before, and its customer is told.
   * @param version the one that was read
   * @throws DomainError not_found, proposal_changed, proposal_not_draft, proposal_decided; validation_failed without lines, or without
   *   a last day that is yet to come; plan_archived, plans_do_not_fit
   */
  async send(context: OrganizationContext, id: string, version: number): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = found(await this.proposals.lock(db, id));
      if (held.version !== version) throw new DomainError('proposal_changed');
      if (held.state !== 'draft' && held.state !== 'sent') throw new DomainError('proposal_decided');
      const draft = await this.proposals.draft(db, id);
      if (!draft) throw new DomainError('proposal_not_draft');
      const { reference, title, currency, validUntil } = draft;
      const terms = await this.settings.terms(db, context);
      if (draft.content.lines.length === 0) throw refusedField('lines', 'arrayMinSize', { min: 1 });
      if (!validUntil) throw refusedField('validUntil', 'required');
      if (validUntil < terms.today) throw refusedField('validUntil', 'notBeforeToday');
      const content = await this.fulfilments.of(draft.content.outcome.kind).offered(db, terms, draft);
      const totals = totalsOf({ title, currency, lines: content.lines, discount: content.discount }, terms);
      const [customer, contact, files] = await Promise.all([
        partyOf(db, held.billingAccountId),
        contactOf(db, held.contactId),
        this.files.of(db, draft.id),
      ]);
      const drawn = held.number === null && (await this.proposals.nextNumber(db, Number(terms.today.slice(0, 4))));
      const number = drawn ? drawn.number : held.number!;
      const facts: TextFacts = {
        organizationId: context.organizationId,
        proposalId: id,
        ...{ number, reference, version: draft.number, title, currency, issuedOn: terms.today, validUntil },
        issuer: issuerOf(terms),
        customer,
        contact,
        files: files.map(({ fileName: name, mediaType, bytes, digest }) => ({ name, mediaType, bytes, digest })),
      };
      const { text: document, digest } = proposalText(facts, content, totals);
      const sentAt = context.clock.now();
      const sentById = context.actor.type === 'staff' ? context.actor.id! : null;
      const { total } = totals;
      await this.proposals.sendVersion(db, held, draft.id, { document, digest, sentAt, sentById, total, content });
      const heading = { reference, title, currency, total, validUntil };
      const counts = { currentVersionId: draft.id, remindedAt: null, sentAt, ...drawn };
      await this.proposals.update(db, id, { ...heading, ...counts }, sentAt);
      await this.links.prolong(db, id, validUntil, terms);
      await this.proposals.addEvent(db, context, held, { kind: 'sent', versionNumber: draft.number });
      const { billingAccountId } = held;
      await this.audit.record(db, context, {
        action: 'staff.proposal.send',
        target: { type: 'proposal', id },
        billingAccountId,
        changes: {
          before: { state: held.state },
          after: { state: 'sent', number, version: draft.number, digest, total },
        },
      });
      const ids = { proposalId: id, proposalVersionId: draft.id };
      await this.events.publish(db, context, { name: 'proposal.sent', ids, billingAccountId, portalUserId: undefined });
    });
  }

  /** Takes back a proposal that waits. @throws DomainError not_found, proposal_changed, proposal_decided, proposal_not_draft for a draft */
  async withdraw(
    context: OrganizationContext,
    id: string,
    { reason, version }: { reason: string; version: number },
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = found(await this.proposals.lock(db, id));
      if (held.version !== version) throw new DomainError('proposal_changed');
      if (held.state !== 'sent') throw new DomainError('proposal_decided');
      const now = context.clock.now();
      await this.proposals.update(db, id, { withdrawnAt: now, withdrawReason: reason }, now);
      await this.proposals.addEvent(db, context, held, { kind: 'withdrawn' });
      await this.audit.record(db, context, {
        action: 'staff.proposal.withdraw',
        target: { type: 'proposal', id },
        billingAccountId: held.billingAccountId,
        changes: { before: { state: 'sent' }, after: { state: 'withdrawn', reason } },
      });
      await this.publish(db, context, 'proposal.withdrawn', held);
    });
  }

  /** Ends one that is held and that nobody decided in time. */
  async expire(
    db: Db,
    context: OrganizationContext,
    held: Pick<ProposalRow, 'id' | 'billingAccountId'>,
  ): Promise<void> {
    const now = context.clock.now();
    await this.proposals.update(db, held.id, { expiredAt: now }, now);
    await this.proposals.addEvent(db, context, held, { kind: 'expired' });
    await this.audit.record(db, context, {
      action: 'system.proposal.expire',
      target: { type: 'proposal', id: held.id },
      billingAccountId: held.billingAccountId,
      changes: { before: { state: 'sent' }, after: { state: 'expired' } },
    });
    await this.publish(db, context, 'proposal.expired', held);
  }

  private async publish(
    db: Db,
    context: OrganizationContext,
    name: 'proposal.withdrawn' | 'proposal.expired',
    { id, billingAccountId }: Pick<ProposalRow, 'id' | 'billingAccountId'>,
  ): Promise<void> {
    const ids = { proposalId: id };
    await this.events.publish(db, context, { name, ids, billingAccountId, portalUserId: undefined });
  }
}

/** Who answers questions, as they are named in what is sent. */
async function contactOf(db: Db, id: string | null): Promise<TextFacts['contact']> {
  if (!id) return null;
  const contact = await db.first<{ name: string; email: string }>(sql`
    select s.name, s.email from staff_users s where ${db.tenant('s')} and s.id = ${id}::uuid`);
  return contact ? { name: contact.name, email: contact.email } : null;
}
