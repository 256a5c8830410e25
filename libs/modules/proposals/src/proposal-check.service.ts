import { Injectable } from '@nestjs/common';
import { DocumentService, VisitorLimits, type VisitorContext } from '@balcao/module-billing';
import { Database, systemContext } from '@balcao/platform-tenancy';
import { readProposalText } from './domain/proposal-text.js';
import { ProposalRepository } from './persistence/proposal.repository.js';

/** What a file is: the document that was accepted, another that we drew of a proposal, or none of ours as it is. */
export const CHECK_VERDICTS = ['accepted', 'not_accepted', 'unknown'] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

/** What is said of a file to whoever has it: nothing that does not stand in it. */
export interface ProposalCheck {
  verdict: CheckVerdict;
  number: string | null;
  version: number | null;
  customer: string | null;
  acceptedAt: Date | null;
  acceptedBy: string | null;
  /** Where the organization is. */
  timeZone: string | null;
}

const UNKNOWN: ProposalCheck = {
  verdict: 'unknown',
  ...{ number: null, version: null, customer: null, acceptedAt: null, acceptedBy: null, timeZone: null },
};

/**
 * Tells anybody whether a file is the document that was accepted, by the SHA-256 of its bytes: whoever knows that has the file. Of one
 * that was drawn before acceptance it is not told whether that came.
 */
@Injectable()
export class ProposalCheckService {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly documents: DocumentService,
    private readonly limits: VisitorLimits,
  ) {}

  /** @throws DomainError rate_limited */
  async check(visitor: VisitorContext, digest: string): Promise<ProposalCheck> {
    await this.limits.spend(visitor, 'proposal-check');
    const context = systemContext(visitor.organizationId, visitor);
    const file = await this.documents.proposalFile(context, digest);
    if (!file) return UNKNOWN;
    return this.database.read(context, async (db) => {
      const proposalId = (await this.proposals.proposalOf(db, file.versionId))!;
      const version = (await this.proposals.sent(db, proposalId, file.versionId))!;
      const { number, customer } = readProposalText(version.document);
      const ours = { number, version: version.number, customer: customer.legalName ?? customer.name };
      if (!file.isSigned) return { ...UNKNOWN, ...ours, verdict: 'not_accepted' };
      const { decidedAt, signerName } = (await this.proposals.decision(db, proposalId))!;
      const timeZone = await this.proposals.timeZone(db);
      return { ...ours, verdict: 'accepted', acceptedAt: decidedAt, acceptedBy: signerName, timeZone };
    });
  }
}
