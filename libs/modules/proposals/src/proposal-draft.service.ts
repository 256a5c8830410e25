import { Injectable } from '@nestjs/common';
import { BillingSettingsService, totalsOf, type BillingTerms } from '@balcao/module-billing';
import type { Day } from '@balcao/money';
import { Audit } from '@balcao/platform-audit';
import type { AuditAction } from '@balcao/contracts';
import { newId } from '@balcao/platform-database';
import { DomainError, found, unknownReference } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Storage } from '@balcao/platform-storage';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { ProposalContent } from './domain/proposal.js';
import { contentOf, readProposalText } from './domain/proposal-text.js';
import { ProposalFulfilments } from './fulfilment.js';
import { ProposalFileRepository, fileKey } from './persistence/proposal-file.repository.js';
import { ProposalRepository, type WrittenVersion } from './persistence/proposal.repository.js';
import type { DraftRow, ProposalRow } from './persistence/proposal.rows.js';

/** What staff write of a proposal. */
export interface ProposalFields extends ProposalContent {
  billingAccountId: string;
  /** What they call it elsewhere: a number of their sales, or of the customer's order. */
  reference: string | null;
  title: string;
  /** The organization's where absent. */
  currency?: string;
  validUntil: Day | null;
  /** Who of the staff answers questions; who writes it where absent. */
  contactId?: string | null;
}

/** Versions while they are written: customers do not see them. */
@Injectable()
export class ProposalDraftService {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly files: ProposalFileRepository,
    private readonly fulfilments: ProposalFulfilments,
    private readonly settings: BillingSettingsService,
    private readonly storage: Storage,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  /**
   * @returns its id
   * @throws DomainError validation_failed for lines that do not reckon, and a customer or a contact that there is not;
   *   plan_archived, plans_do_not_fit
   */
  async create(context: OrganizationContext, fields: ProposalFields): Promise<string> {
    return this.database.transaction(context, async (db) => {
      await this.requireReferences(db, fields);
      const version = await this.written(db, await this.settings.terms(db, context), fields);
      return this.begin(db, context, { ...fields, version });
    });
  }

  /**
   * Begins another with the words, lines and files of one, whatever became of that.
   * @returns its id
   * @throws DomainError not_found
   */
  async copy(context: OrganizationContext, id: string): Promise<string> {
    return this.database.transaction(context, async (db) => {
      // Held, so that its files lie where they lay until the copy has them too.
      const { billingAccountId, contactId } = found(await this.proposals.lock(db, id));
      const from = found((await this.proposals.draft(db, id)) ?? (await this.proposals.sent(db, id)));
      const content = 'content' in from ? from.content : contentOf(readProposalText(from.document));
      const { reference, title, currency, total } = from;
      // Its last day is its own.
      const version = { reference, title, currency, total, validUntil: null, content };
      const copyId = await this.begin(db, context, { billingAccountId, contactId, version });
      await this.files.copy(db, from.id, found(await this.proposals.draft(db, copyId)));
      return copyId;
    });
  }

  /**
   * Writes the draft anew, lines and all. Whose a proposal is stays once a version was sent.
   * @param version the one that was read
   * @throws DomainError not_found, proposal_changed, proposal_not_draft, and as `create`
   */
  async replace(context: OrganizationContext, id: string, fields: ProposalFields, version: number): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const { held, draft } = await this.held(db, id, version);
      if (held.sentAt && held.billingAccountId !== fields.billingAccountId) throw unknownReference('billingAccountId');
      await this.requireReferences(db, fields);
      const written = await this.written(db, await this.settings.terms(db, context), fields);
      const { content: _content, ...heading } = written;
      const { billingAccountId } = fields;
      const contactId = fields.contactId ?? held.contactId;
      // Until it is sent its heading is the draft's; from then on that of the version that counts.
      const values = held.sentAt ? { contactId } : { ...heading, billingAccountId, contactId };
      await this.proposals.update(db, id, values, context.clock.now());
      await this.proposals.writeDraft(db, draft.id, written);
      await this.say(db, context, { id, billingAccountId }, 'staff.proposal.update', {
        before: { ...draft, contactId: held.contactId },
        after: { ...written, contactId },
      });
    });
  }

  /**
   * Begins the next version with what the one that counts says, which counts until this one is sent.
   * @throws DomainError not_found, proposal_decided, proposal_not_draft for one that was never sent, proposal_draft_exists
   */
  async revise(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const held = found(await this.proposals.lock(db, id));
      if (held.state === 'draft') throw new DomainError('proposal_draft_exists');
      if (held.state !== 'sent') throw new DomainError('proposal_decided');
      if (await this.proposals.draft(db, id)) throw new DomainError('proposal_draft_exists');
      const sent = found(await this.proposals.sent(db, id));
      const { number, reference, title, currency, total, validUntil } = sent;
      const content = contentOf(readProposalText(sent.document));
      const version = { reference, title, currency, total, validUntil, content };
      await this.proposals.insertVersion(db, held, number + 1, version);
      await this.files.copy(db, sent.id, found(await this.proposals.draft(db, id)));
      await this.proposals.update(db, id, {}, context.clock.now());
      await this.say(db, context, held, 'staff.proposal.revise', { after: { version: number + 1 } });
    });
  }

  /**
   * Throws the draft away: of a proposal that was never sent all of it, else the next version alone.
   * @throws DomainError not_found, proposal_not_draft
   */
  async discard(context: OrganizationContext, id: string): Promise<void> {
    const alone = await this.database.transaction(context, async (db) => {
      const { held, draft } = await this.held(db, id);
      const storageIds = await this.files.aloneIn(db, draft.id);
      if (held.sentAt) {
        await this.proposals.removeVersion(db, draft.id);
        await this.proposals.update(db, id, {}, context.clock.now());
      } else await this.proposals.remove(db, id);
      await this.say(db, context, held, 'staff.proposal.delete', { before: draft });
      return storageIds;
    });
    // Behind the commit: a row that stays has its file.
    for (const storageId of alone) await this.storage.delete(fileKey(context.organizationId, storageId));
  }

  private async begin(
    db: Db,
    context: OrganizationContext,
    fields: { billingAccountId: string; contactId?: string | null; version: WrittenVersion },
  ): Promise<string> {
    const id = newId();
    const createdById = context.actor.type === 'staff' ? context.actor.id! : null;
    const { billingAccountId, contactId = createdById, version } = fields;
    const proposal = { id, billingAccountId, contactId, createdById, createdAt: context.clock.now() };
    await this.proposals.insert(db, proposal, version);
    await this.proposals.insertVersion(db, proposal, 1, version);
    await this.proposals.addEvent(db, context, proposal, { kind: 'created' });
    await this.say(db, context, proposal, 'staff.proposal.create', { after: { ...version, contactId } });
    return id;
  }

  private async written(
    db: Db,
    terms: BillingTerms,
    {
      reference,
      title,
      validUntil,
      introduction,
      terms: said,
      lines,
      discount,
      outcome,
      currency = terms.currency,
    }: ProposalFields,
  ): Promise<WrittenVersion> {
    const asWritten = { introduction, terms: said, lines, discount, outcome };
    const content = await this.fulfilments.of(outcome.kind).offered(db, terms, {
      ...{ currency, validUntil },
      content: asWritten,
    });
    const { total } = totalsOf({ title, currency, lines: content.lines, discount: content.discount }, terms);
    return { reference, title, currency, total, validUntil, content };
  }

  /** @throws DomainError not_found, proposal_changed, proposal_not_draft */
  private async held(db: Db, id: string, version?: number): Promise<{ held: ProposalRow; draft: DraftRow }> {
    const held = found(await this.proposals.lock(db, id));
    if (version !== undefined && held.version !== version) throw new DomainError('proposal_changed');
    const draft = await this.proposals.draft(db, id);
    if (!draft) throw new DomainError('proposal_not_draft');
    if (held.state !== 'draft' && held.state !== 'sent' && version !== undefined)
      throw new DomainError('proposal_decided');
    return { held, draft };
  }

  private async requireReferences(
    db: Db,
    { billingAccountId, contactId }: Pick<ProposalFields, 'billingAccountId' | 'contactId'>,
  ): Promise<void> {
    const [account] = await db.query(
      sql`select from billing_accounts a where ${db.tenant('a')} and a.id = ${billingAccountId}::uuid`,
    );
    if (!account) throw unknownReference('billingAccountId');
    if (!contactId) return;
    const [contact] = await db.query(
      sql`select from staff_users s where ${db.tenant('s')} and s.id = ${contactId}::uuid and s.status = 'active'`,
    );
    if (!contact) throw unknownReference('contactId');
  }

  private async say(
    db: Db,
    context: OrganizationContext,
    { id, billingAccountId }: Pick<ProposalRow, 'id' | 'billingAccountId'>,
    action: AuditAction,
    changes: { before?: object; after?: object },
  ): Promise<void> {
    const target = { type: 'proposal', id };
    await this.audit.record(db, context, { action, target, billingAccountId, changes });
    await this.events.publish(db, context, { name: 'proposal.drafted', ids: { proposalId: id } });
  }
}
