import { Injectable } from '@nestjs/common';
import { Threads } from '@balcao/platform-threads';
import type { BoletoDocument } from './boleto-document.js';
import type { CreditNoteDocument } from './credit-note-document.js';
import type { DanfseDocument } from './danfse-document.js';
import type { InvoiceDocument } from './invoice-document.js';
import type { renderBoleto } from './render-boleto.js';
import type { renderCreditNote } from './render-credit-note.js';
import type { renderDanfse } from './render-danfse.js';
import type { renderInvoice } from './render-invoice.js';
import type { ProposalDocument } from './proposal-document.js';
import type { renderProposal } from './render-proposal.js';
import type { renderReceipt } from './render-receipt.js';
import type { renderStatement } from './render-statement.js';
import type { ReceiptDocument } from './receipt-document.js';
import type { StatementDocument } from './statement-document.js';

const built = (name: string) => new URL(`../../dist/documents/${name}.js`, import.meta.url);
const INVOICE = built('render-invoice');
const CREDIT_NOTE = built('render-credit-note');
const BOLETO = built('render-boleto');
const RECEIPT = built('render-receipt');
const PROPOSAL = built('render-proposal');
const STATEMENT = built('render-statement');
const DANFSE = built('render-danfse');

/**
 * Makes documents as PDF beside the event loop; outside of transactions, which would wait for it. Of each method a
 * DomainError `service_unavailable` says that too much waits, or that it takes too long.
 */
@Injectable()
export class DocumentRenderer {
  constructor(private readonly threads: Threads) {}

  async invoice(organizationId: string, document: InvoiceDocument): Promise<Buffer> {
    const turn = { lane: organizationId };
    return Buffer.from(await this.threads.run<typeof renderInvoice>(INVOICE, 'renderInvoice', document, turn));
  }

  async creditNote(organizationId: string, document: CreditNoteDocument): Promise<Buffer> {
    const turn = { lane: organizationId };
    return Buffer.from(
      await this.threads.run<typeof renderCreditNote>(CREDIT_NOTE, 'renderCreditNote', document, turn),
    );
  }

  async receipt(organizationId: string, document: ReceiptDocument): Promise<Buffer> {
    const turn = { lane: organizationId };
    return Buffer.from(await this.threads.run<typeof renderReceipt>(RECEIPT, 'renderReceipt', document, turn));
  }

  async boleto(organizationId: string, document: BoletoDocument): Promise<Buffer> {
    const turn = { lane: organizationId };
    return Buffer.from(await this.threads.run<typeof renderBoleto>(BOLETO, 'renderBoleto', document, turn));
  }

  async proposal(organizationId: string, document: ProposalDocument): Promise<Buffer> {
    const turn = { lane: organizationId };
    return Buffer.from(await this.threads.run<typeof renderProposal>(PROPOSAL, 'renderProposal', document, turn));
  }

  async statement(organizationId: string, document: StatementDocument): Promise<Buffer> {
    const turn = { lane: organizationId };
    return Buffer.from(await this.threads.run<typeof renderStatement>(STATEMENT, 'renderStatement', document, turn));
  }

  async danfse(organizationId: string, document: DanfseDocument): Promise<Buffer> {
    const turn = { lane: organizationId };
    return Buffer.from(await this.threads.run<typeof renderDanfse>(DANFSE, 'renderDanfse', document, turn));
  }
}
