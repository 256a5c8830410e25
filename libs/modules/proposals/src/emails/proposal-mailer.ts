import { Injectable } from '@nestjs/common';
import { BillingSettingsService, accountReaders } from '@balcao/module-billing';
import type { MailTemplateName } from '@balcao/contracts';
import type { Day } from '@balcao/money';
import { Mailer } from '@balcao/platform-mail';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { ProposalLinkRepository } from '../links/proposal-link.repository.js';
import { ProposalRepository } from '../persistence/proposal.repository.js';
import type { ProposalEventKind } from '../persistence/proposal.rows.js';

export interface ProposalMailRequest {
  proposal: { id: string; billingAccountId: string; validUntil: Day };
  versionId: string;
  template: MailTemplateName;
  /** What it is about besides the proposal: asked for twice, each reader has it once. */
  occasion: string;
  /** What is said in the proposal's history of each mail. */
  said?: ProposalEventKind;
}

/** Asks for mails about proposals: each reader of the customer's has a link of their own, so that a decision says by whose it came. */
@Injectable()
export class ProposalMailer {
  constructor(
    private readonly mailer: Mailer,
    private readonly proposals: ProposalRepository,
    private readonly links: ProposalLinkRepository,
    private readonly settings: BillingSettingsService,
  ) {}

  /** To those of the account who may decide. */
  async toCustomer(db: Db, context: OrganizationContext, request: ProposalMailRequest): Promise<void> {
    const { proposal, versionId, template, occasion, said } = request;
    const terms = await this.settings.terms(db, context);
    for (const reader of await accountReaders(db, [proposal.billingAccountId], 'proposals:accept')) {
      const { portalUserId, email } = reader;
      const link = await this.links.ensure(db, proposal, terms, { email });
      const mailId = await this.mailer.enqueue(db, context, {
        template,
        businessKey: `${template}:${proposal.id}:${occasion}:${portalUserId ?? 'account'}`,
        recipient: reader,
        ids: { proposalId: proposal.id, proposalVersionId: versionId, portalUserId, proposalLinkId: link.id },
      });
      if (mailId && said) await this.proposals.addEvent(db, context, proposal, { kind: said, recipient: email });
    }
  }

  /** To who of the staff answers questions about it; to who wrote it where nobody does. */
  async toStaff(db: Db, context: OrganizationContext, request: Omit<ProposalMailRequest, 'said'>): Promise<void> {
    const { proposal, versionId, template, occasion } = request;
    const reader = await db.first<{ id: string; email: string; name: string; locale: string }>(sql`
      select s.id, s.email, s.name, coalesce(s.locale, o.locale) as locale
      from proposals t join organizations o on o.id = t.organization_id
      join staff_users s on ${db.tenant('s')} and s.id in (t.contact_id, t.created_by_id) and s.status = 'active'
      where ${db.tenant('t')} and t.id = ${proposal.id}::uuid order by (s.id = t.contact_id) desc limit 1`);
    if (!reader) return;
    await this.mailer.enqueue(db, context, {
      template,
      businessKey: `${template}:${proposal.id}:${occasion}`,
      recipient: reader,
      ids: { proposalId: proposal.id, proposalVersionId: versionId, staffUserId: reader.id },
    });
  }
}
