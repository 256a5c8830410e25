import { Injectable } from '@nestjs/common';
import { BillingSettingsService } from '@balcao/module-billing';
import { portalFor, portalOrigin } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { AppConfig } from '@balcao/platform-config';
import { DomainError, found } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, type Db, type StaffContext } from '@balcao/platform-tenancy';
import { ProposalRepository } from '../persistence/proposal.repository.js';
import type { ProposalRow } from '../persistence/proposal.rows.js';
import { ProposalLinkRepository, type ProposalLinkRow } from './proposal-link.repository.js';
import { ProposalLinkTokens } from './proposal-link-tokens.js';

/** What staff do with the links of a proposal. */
@Injectable()
export class ProposalLinkDesk {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly links: ProposalLinkRepository,
    private readonly tokens: ProposalLinkTokens,
    private readonly settings: BillingSettingsService,
    private readonly audit: Audit,
    private readonly events: Events,
    private readonly config: AppConfig,
  ) {}

  /** A proposal's links, the newest first; fifty at most. @throws DomainError not_found */
  async list(context: StaffContext, proposalId: string): Promise<ProposalLinkRow[]> {
    return this.database.read(context, async (db) => {
      found(await this.proposals.find(db, proposalId));
      return this.links.list(db, proposalId);
    });
  }

  /** The link of nobody in particular that opens a proposal; a new one where there is none. @throws DomainError not_found, for a draft as well */
  async create(context: StaffContext, proposalId: string): Promise<ProposalLinkRow> {
    return this.database.transaction(context, async (db) => {
      const held = found(await this.proposals.lock(db, proposalId));
      if (!held.sentAt || !held.validUntil) throw new DomainError('not_found');
      const terms = await this.settings.terms(db, context);
      const proposal = { ...held, validUntil: held.validUntil };
      const made = { email: null, createdById: context.actor.id };
      const { id, isNew } = await this.links.ensure(db, proposal, terms, made);
      if (isNew) await this.say(db, context, held, 'staff.proposal_link.create', id);
      return found(await this.links.find(db, id));
    });
  }

  /**
   * The address of a link's page, which opens the proposal for whoever has it. One that was mailed is its reader's alone: a decision by
   * it is taken for theirs.
   * @throws DomainError not_found, for one that was mailed as well; proposal_link_revoked, proposal_link_expired
   */
  async address(context: StaffContext, proposalId: string, id: string): Promise<string> {
    return this.database.read(context, async (db) => {
      const [link, portal] = await Promise.all([this.links.find(db, id), portalFor(db, context, {})]);
      if (link?.proposalId !== proposalId || link.email !== null) throw new DomainError('not_found');
      if (link.state !== 'usable') throw new DomainError(`proposal_link_${link.state}`);
      const token = this.tokens.of({ id, organizationId: context.organizationId, subjectId: proposalId });
      return `${portalOrigin(portal, this.config.publicUrl)}/portal/proposal#token=${token}`;
    });
  }

  /** Makes a link worthless; one that was revoked before stays so. @throws DomainError not_found */
  async revoke(context: StaffContext, proposalId: string, id: string): Promise<ProposalLinkRow> {
    return this.database.transaction(context, async (db) => {
      const link = await this.links.find(db, id);
      if (link?.proposalId !== proposalId) throw new DomainError('not_found');
      if (await this.links.revoke(db, id, context.actor.id)) {
        const proposal = { id: proposalId, billingAccountId: link.billingAccountId };
        await this.say(db, context, proposal, 'staff.proposal_link.revoke', id);
      }
      return found(await this.links.find(db, id));
    });
  }

  private async say(
    db: Db,
    context: StaffContext,
    proposal: Pick<ProposalRow, 'id' | 'billingAccountId'>,
    action: 'staff.proposal_link.create' | 'staff.proposal_link.revoke',
    id: string,
  ): Promise<void> {
    const kind = action === 'staff.proposal_link.create' ? 'link_created' : 'link_revoked';
    await this.proposals.addEvent(db, context, proposal, { kind });
    const { billingAccountId } = proposal;
    await this.audit.record(db, context, { action, target: { type: 'proposal_link', id }, billingAccountId });
    await this.events.publish(db, context, { name: 'proposal.drafted', ids: { proposalId: proposal.id } });
  }
}
