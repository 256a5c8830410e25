import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secrets, sealedContext } from '@balcao/platform-config';
import { idOf } from '../support/ids.js';
import { connectSandbox } from '../support/payment-work.js';
import { refusal } from '../support/problem.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const HOOKS = '/api/v1/hooks/gateways';
const MINUTE_MS = 60_000;
/** As somebody else writes JSON: what is signed are the bytes. */
const told = (eventId: string) =>
  `{ "type":"payment.succeeded",\n "about": {"kind":"payment","gatewayId":"${idOf('nobody')}", "ourId":null} ,"id": "${eventId}"}`;

let api: TestApp;
let account: string;
let secret: string;
beforeAll(async () => {
  api = await startTestApp();
});
beforeEach(async () => {
  await api.reset();
  account = await connectSandbox(api);
  secret = await secretOf(account);
});
afterAll(() => api.close());

async function secretOf(id: string): Promise<string> {
  const [row] = await api.rows<{ sealed: Buffer }>(
    'select credentials_sealed as sealed from gateway_accounts where id = $1',
    id,
  );
  const secrets = api.app.get(Secrets, { strict: false });
  const opened = secrets.open(row!.sealed, sealedContext('gateway_accounts', 'credentials_sealed', id));
  return (JSON.parse(opened!) as { webhookSecret: string }).webhookSecret;
}

function send(body: string, { to = account, by = secret, signed = body, ageMs = 0, type = 'application/json' } = {}) {
  const stamp = Math.floor((Date.now() - ageMs) / 1000);
  const mac = createHmac('sha256', by).update(`${stamp}.${signed}`).digest('hex');
  const request = api.visitor().request('post', `${HOOKS}/${to}`);
  if (type) request.set('content-type', type);
  return request.set('balcao-sandbox-signature', `t=${stamp},v1=${mac}`).send(body);
}
const kept = () => api.rows('select event_id, raw from gateway_events e where gateway_account_id = $1', account);

describe('an event of a payment service', () => {
  it('is kept byte for byte, once, however often and of whatever type it comes', async () => {
    const sent = [send(told('e-1')), send(told('e-1')), send(told('e-1'), { type: 'text/plain' })];
    for (const { status } of await Promise.all(sent)) expect(status).toBe(200);
    const rows = await kept();
    expect(rows).toMatchObject([{ event_id: 'e-1' }]);
    expect(String(rows[0]!['raw'])).toBe(told('e-1'));
  });

  it.each<[string, () => ReturnType<typeof send>]>([
    ['of which a byte was changed', () => send(told('e-2'), { signed: told('e-1') })],
    ['that was written anew', () => send(JSON.stringify(JSON.parse(told('e-2'))), { signed: told('e-2') })],
    ['that is old', () => send(told('e-2'), { ageMs: 6 * MINUTE_MS })],
    ['that is to come', () => send(told('e-2'), { ageMs: -6 * MINUTE_MS })],
    ['by a secret of nobody', () => send(told('e-2'), { by: 'x'.repeat(43) })],
    ['that is no JSON', () => send('nada')],
    ['without a body', () => send('', { type: '' })],
    ['without a body, of a type', () => send('')],
  ])('%s is refused, and leaves nothing', async (_, sent) => {
    await refusal(sent(), 400, 'event_unproved');
    expect(await kept()).toEqual([]);
  });

  it('that another account has signed is refused, as is one for an account that there is not', async () => {
    const other = await connectSandbox(api, 'boreal');
    await refusal(send(told('e-3'), { to: other }), 400, 'event_unproved');
    await refusal(send(told('e-3'), { to: idOf('no account') }), 404, 'not_found');
    await send(told('e-3'), { to: other, by: await secretOf(other) }).expect(200);
    expect(await kept()).toEqual([]);
  });
});
