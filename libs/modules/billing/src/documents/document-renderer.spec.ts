import { afterAll, describe, expect, it } from '@jest/globals';
import { Threads } from '@balcao/platform-threads';
import { invoice } from '../../test/documents/sample-invoice.js';
import { DocumentRenderer } from './document-renderer.js';
import { renderInvoice } from './render-invoice.js';

describe('a document made in a thread', () => {
  const threads = new Threads();
  const renderer = new DocumentRenderer(threads);
  afterAll(() => threads.onApplicationShutdown());

  it('is the one that is made here, from what was built', async () => {
    const [there, here] = [await renderer.invoice('aurora', invoice()), await renderInvoice(invoice())];
    expect(there.equals(here)).toBe(true);
  });

  it('says what is wrong with it as here', async () => {
    await expect(renderer.invoice('aurora', invoice({ currency: 'XXX' }))).rejects.toThrow('XXX is no currency');
  });
});
