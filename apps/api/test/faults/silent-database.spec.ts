import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually, slowness } from '@balcao/platform-testing';
import { TRY_LATER, refusal, type Customer } from './support/customer.js';
import { Product } from './support/product.js';
import { SilentProxy } from './support/silent-proxy.js';

const STATEMENT_MS = 2_000;
/** A silent connection is given up 5 s after its statement's time; then come the wait for another one, and slack. */
const ANSWERED_WITHIN_MS = STATEMENT_MS + 5_000 + 3_000 + 5_000;
const AT_WORK_WITHIN_MS = 45_000;

describe('connections to the database that die without a word', () => {
  let product: Product;
  let proxy: SilentProxy;
  let customer: Customer;
  const pids = () => [product.api.pid, product.worker.pid];

  beforeAll(async () => {
    product = await Product.start(async (url) => {
      proxy = await SilentProxy.before(url);
      return { DATABASE_URL: proxy.url, DATABASE_STATEMENT_TIMEOUT_MS: String(STATEMENT_MS) };
    });
    customer = await product.customer();
  });
  afterAll(async () => {
    await product?.close();
    proxy?.close();
  });

  test('every request is answered, and API and worker go on by themselves', async () => {
    const before = pids();
    await Promise.all(Array.from({ length: 20 }, () => customer.listTickets()));
    expect(proxy.fallSilent()).toBeGreaterThan(10);
    const inHand = await Promise.all(Array.from({ length: 20 }, () => customer.listTickets()));
    expect(inHand.filter(({ ms }) => ms > ANSWERED_WITHIN_MS * slowness())).toEqual([]);
    const refused = inHand.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) expect(refusal(answer)).toEqual(TRY_LATER);

    await eventually(
      'the API to serve again',
      async () => (await customer.createTicket('After the silence')).status === 201,
      AT_WORK_WITHIN_MS,
    );
    await product.mailbox.waitForMail({ to: 'ana@padaria.example', timeoutMs: AT_WORK_WITHIN_MS * slowness() });
    await Promise.all([product.api.ready(), product.worker.ready()]);
    expect(pids()).toEqual(before);
  });

  test('what hangs does not hold up the end', async () => {
    proxy.swallows = true;
    proxy.fallSilent();
    const inHand = Array.from({ length: 5 }, () => customer.listTickets().catch(() => undefined));
    await new Promise((resolve) => setTimeout(resolve, 500));
    const endings = await Promise.all([product.api.terminate(), product.worker.terminate()]);
    await Promise.all(inHand);
    for (const { signal, ms } of endings) {
      expect(signal).toBeNull();
      expect(ms).toBeLessThan(10_000 * slowness());
    }
  });
});
