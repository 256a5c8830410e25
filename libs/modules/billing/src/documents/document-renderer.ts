import { Injectable } from '@nestjs/common';
import { Threads } from '@balcao/platform-threads';
import type { InvoiceDocument } from './invoice-document.js';
import type { renderInvoice } from './render-invoice.js';

const INVOICE = new URL('../../dist/documents/render-invoice.js', import.meta.url);

/** Makes documents beside the event loop; outside of transactions, which would wait for it. */
@Injectable()
export class DocumentRenderer {
  constructor(private readonly threads: Threads) {}

  /**
   * An invoice as a PDF.
   * @throws DomainError service_unavailable where too much waits, or it takes too long
   */
  async invoice(organizationId: string, document: InvoiceDocument): Promise<Buffer> {
    const turn = { lane: organizationId };
    return Buffer.from(await this.threads.run<typeof renderInvoice>(INVOICE, 'renderInvoice', document, turn));
  }
}
