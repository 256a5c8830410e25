import { InvoiceRepository } from '@balcao/module-billing';
import { quietSubscriptions } from '@balcao/module-subscriptions';
import { Audit } from '@balcao/platform-audit';
import { unheardEvents } from '@balcao/platform-events';
import type { RateLimiter } from '@balcao/platform-state';
import type { Storage } from '@balcao/platform-storage';
import type { Database } from '@balcao/platform-tenancy';
import { InvoiceFulfilment, ProposalFulfilments, SubscriptionFulfilment } from './fulfilment.js';
import { ProposalLinkRepository } from './links/proposal-link.repository.js';
import { ProposalFileRepository } from './persistence/proposal-file.repository.js';
import { ProposalRepository } from './persistence/proposal.repository.js';
import { ProposalDecisionService } from './proposal-decision.service.js';
import { ProposalDraftService } from './proposal-draft.service.js';
import { ProposalReader } from './proposal-reader.service.js';
import { ProposalService } from './proposal.service.js';

/** The module's services, of whose doings nobody is told: proposals of long ago, for data that shows the product. */
export function quietProposals(database: Database, limiter: RateLimiter, storage: Storage) {
  const { billing, creation } = quietSubscriptions(database);
  const { settings, ledger, drafts: invoiceDrafts, invoices } = billing;
  const [rows, files, links, audit] = [
    new ProposalRepository(),
    new ProposalFileRepository(),
    new ProposalLinkRepository(),
    new Audit(),
  ];
  const fulfilments = new ProposalFulfilments(
    new InvoiceFulfilment(invoiceDrafts, invoices, new InvoiceRepository()),
    new SubscriptionFulfilment(creation),
  );
  return {
    reader: new ProposalReader(database, rows, files),
    drafts: new ProposalDraftService(database, rows, files, fulfilments, settings, storage, audit, unheardEvents),
    proposals: new ProposalService(database, rows, files, links, fulfilments, settings, audit, unheardEvents),
    decisions: new ProposalDecisionService(
      database,
      rows,
      fulfilments,
      ledger,
      settings,
      limiter,
      audit,
      unheardEvents,
    ),
  };
}
export type QuietProposals = ReturnType<typeof quietProposals>;
