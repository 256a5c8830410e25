import { Injectable } from '@nestjs/common';
import { LoginLimits } from '@balcao/module-auth';
import type { VisitorContext } from '@balcao/module-billing';
import { DomainError } from '@balcao/platform-errors';
import { Database, anonymousActor, sql, systemContext } from '@balcao/platform-tenancy';
import { isRevoked } from './proposal-link.repository.js';
import { ProposalLinkTokens } from './proposal-link-tokens.js';

/** A link that was opened: what whoever has it may see and decide, in whose name. */
export interface OpenedProposalLink {
  id: string;
  /** The one proposal that it is of. */
  proposalId: string;
  billingAccountId: string;
  /** Of the proposal's billing account, of nobody in particular. */
  context: VisitorContext;
  /** Of the organization. */
  timeZone: string;
}

/**
 * Opens a proposal for whoever has its link. Reading it changes nothing, so that two may have it open. It is of one proposal: nothing
 * that stands on it takes the id of one.
 */
@Injectable()
export class ProposalLinkService {
  constructor(
    private readonly database: Database,
    private readonly tokens: ProposalLinkTokens,
    private readonly limits: LoginLimits,
  ) {}

  /**
   * What a link opens at the organization that was addressed. Those that we never made are counted for the network that presents
   * them, and nobody's right one is refused for them.
   * @throws DomainError proposal_link_unknown for one that we did not make, and at another organization's address;
   *   proposal_link_revoked, proposal_link_expired; rate_limited
   */
  async contextOf(visitor: VisitorContext, token: string): Promise<OpenedProposalLink> {
    const id = this.tokens.idOf(token);
    const organization = systemContext(visitor.organizationId, visitor);
    const link =
      id &&
      (await this.database.read(organization, (db) =>
        db.first<{
          id: string;
          organizationId: string;
          proposalId: string;
          billingAccountId: string;
          timeZone: string;
          isRevoked: boolean;
          isExpired: boolean;
        }>(sql`
          select l.id, l.organization_id as "organizationId", l.proposal_id as "proposalId", l.billing_account_id as "billingAccountId",
            o.time_zone as "timeZone", ${isRevoked} as "isRevoked", l.expires_at <= now() as "isExpired"
          from proposal_links l join organizations o on o.id = l.organization_id
          where ${db.tenant('l')} and l.id = ${id}::uuid`),
      ));
    if (!link || !this.tokens.isGenuine(token, { ...link, subjectId: link.proposalId })) {
      await this.limits.spend('reset', 'proposal link', visitor.client.ip);
      throw new DomainError('proposal_link_unknown');
    }
    if (link.isRevoked) throw new DomainError('proposal_link_revoked');
    if (link.isExpired) throw new DomainError('proposal_link_expired');
    const { proposalId, billingAccountId, timeZone } = link;
    const scope = { kind: 'account', billingAccountId } as const;
    return {
      id: link.id,
      proposalId,
      billingAccountId,
      timeZone,
      context: { ...visitor, actor: anonymousActor, scope },
    };
  }
}
