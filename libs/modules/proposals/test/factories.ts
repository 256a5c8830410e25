import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import { PostgresLiveBus } from '@balcao/platform-live';
import { Mailer } from '@balcao/platform-mail';
import { Outbox } from '@balcao/platform-outbox';
import { hearEvents } from '@balcao/platform-outbox/testing';
import { PostgresRateLimiter } from '@balcao/platform-state';
import { Downloads, type Storage } from '@balcao/platform-storage';
import type { TestDatabase } from '@balcao/platform-testing';
import { InvoiceRepository } from '../../billing/src/persistence/invoice.repository.js';
import { billingServices } from '../../billing/test/factories.js';
import { subscriptionServices } from '../../subscriptions/test/factories.js';
import { ProposalMailReader } from '../src/emails/proposal-mail-facts.js';
import { ProposalMailer } from '../src/emails/proposal-mailer.js';
import { ProposalMails } from '../src/emails/proposal-mails.js';
import { InvoiceFulfilment, ProposalFulfilments, SubscriptionFulfilment } from '../src/fulfilment.js';
import { ProposalLinkRepository } from '../src/links/proposal-link.repository.js';
import { ProposalLinkTokens } from '../src/links/proposal-link-tokens.js';
import { ProposalFileRepository } from '../src/persistence/proposal-file.repository.js';
import { ProposalRepository } from '../src/persistence/proposal.repository.js';
import { ProposalDecisionService } from '../src/proposal-decision.service.js';
import { ProposalDraftService, type ProposalFields } from '../src/proposal-draft.service.js';
import { ProposalDueService } from '../src/proposal-due.service.js';
import { ProposalFileService } from '../src/proposal-file.service.js';
import { ProposalReader } from '../src/proposal-reader.service.js';
import { ProposalService } from '../src/proposal.service.js';

/** The module's services over a test's database, with files in memory. */
export function proposalServices(test: TestDatabase) {
  const { database, config, secrets } = test;
  const { settings, ledger, drafts: invoiceDrafts, invoices } = billingServices(test);
  const subscriptions = subscriptionServices(test);
  const outbox = new Outbox(database);
  const events = new Events(outbox, new PostgresLiveBus(database, config, secrets));
  const [rows, files, links, audit] = [
    new ProposalRepository(),
    new ProposalFileRepository(),
    new ProposalLinkRepository(),
    new Audit(),
  ];
  const kept = new Map<string, Buffer>();
  const storage = {
    async put(key: string, content: Readable) {
      kept.set(key, await buffer(content));
    },
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  } as unknown as Storage;
  const fulfilments = new ProposalFulfilments(
    new InvoiceFulfilment(invoiceDrafts, invoices, new InvoiceRepository()),
    new SubscriptionFulfilment(subscriptions.creation),
  );
  const limiter = new PostgresRateLimiter(database, secrets);
  const proposals = new ProposalService(database, rows, files, links, fulfilments, settings, audit, events);
  const mailer = new ProposalMailer(new Mailer(outbox), rows, links, settings);
  return {
    kept,
    subscriptions,
    rows,
    links,
    proposals,
    reader: new ProposalReader(database, rows, files),
    drafts: new ProposalDraftService(database, rows, files, fulfilments, settings, storage, audit, events),
    files: new ProposalFileService(database, rows, files, storage, new Downloads(secrets), audit, events),
    decisions: new ProposalDecisionService(
      ...([database, rows, fulfilments, ledger, settings, limiter, audit, events] as const),
    ),
    due: new ProposalDueService(database, rows, proposals, mailer, settings),
    mailReader: new ProposalMailReader(database, config, new ProposalLinkTokens(secrets)),
    /** Lets the mails be asked for, as the worker does soon after the commit. */
    writeMails: () => hearEvents(test.owner, new ProposalMails(database, rows, mailer)),
  };
}
export type ProposalServices = ReturnType<typeof proposalServices>;

export const fieldsOf = (billingAccountId: string, more: Partial<ProposalFields> = {}): ProposalFields => ({
  billingAccountId,
  reference: null,
  title: 'Fibra 1 Giga nas duas lojas',
  validUntil: '2026-12-10',
  introduction: 'As duas lojas passam a ter 1 Gb/s cada.',
  terms: 'Sem fidelidade.',
  discount: { amount: 12_990n },
  lines: [
    { description: 'Fibra 1 Giga, loja 1', quantity: '1', unitPrice: 38_990n },
    {
      description: 'Fibra 1 Giga, loja 2',
      quantity: '1',
      unitPrice: 38_990n,
      tax: { name: 'ISS', percent: '5', included: true },
    },
  ],
  outcome: { kind: 'invoice', dueDays: 10, startWithinDays: null },
  ...more,
});
