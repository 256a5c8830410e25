import { Injectable } from '@nestjs/common';
import { LOCALES } from '@balcao/contracts';
import { DocumentService } from '@balcao/module-billing';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database } from '@balcao/platform-tenancy';
import { ProposalReader } from '../proposal-reader.service.js';

/** Draws the document of a version in each language. What is there already is left as it is. */
@Injectable()
@JobHandler('proposals.render-document')
export class RenderProposalHandler implements JobHandler<'proposals.render-document'> {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalReader,
    private readonly documents: DocumentService,
  ) {}

  async handle(
    { payload: { proposalVersionId }, context }: HandledJob<'proposals.render-document'>,
    finish: Finish,
  ): Promise<void> {
    if (!context) throw new Error('A proposal belongs to an organization');
    const proposal = await this.proposals.printedVersion(context, proposalVersionId);
    for (const locale of LOCALES) await this.documents.render(context, { proposal }, locale);
    await this.database.transaction(context, finish);
  }
}
