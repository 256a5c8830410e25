import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@balcao/platform-testing';
import { FakeStripe, STRIPE_KEY, STRIPE_SECRET } from '../../../platform/gateways/test/support/fake-stripe.js';
import { BILLING_ENTITIES } from '../../billing/src/persistence/billing.entities.js';
import { asStaff, createBillingScene, type BillingScene } from '../../billing/test/factories.js';
import type { NewGatewayAccount } from '../src/gateway-account.service.js';
import { paymentServices, type PaymentServices } from './factories.js';

const stripe = new FakeStripe();
let test: TestDatabase;
let services: PaymentServices;
let scene: BillingScene;

beforeAll(async () => {
  test = await testDatabase({ entities: BILLING_ENTITIES });
  Object.assign(test.config, { stripeApiUrl: await stripe.start() });
  services = paymentServices(test);
});
afterAll(async () => {
  await stripe.stop();
  await test.close();
});
beforeEach(async () => {
  stripe.forbidden = [];
  scene = await createBillingScene(test);
});

const staff = () => asStaff(scene, '2026-12-01');
const wanted = (
  credentials: Record<string, string> = {},
  more: Partial<NewGatewayAccount> = {},
): NewGatewayAccount => ({
  kind: 'stripe',
  name: 'Stripe da matriz',
  methods: ['pix', 'card'],
  currency: 'BRL',
  credentials: { secretKey: STRIPE_KEY, webhookSecret: STRIPE_SECRET, ...credentials },
  ...more,
});
const fieldOf = (path: string, code: string) => ({
  code: 'validation_failed',
  fields: [expect.objectContaining({ path: `credentials.${path}`, code })],
});

describe('an account with a payment service', () => {
  it.each([
    ['a key of another kind', { secretKey: 'pk_live_12345678901234' }, fieldOf('secretKey', 'credentialForm')],
    ['a secret that is none', { webhookSecret: STRIPE_KEY }, fieldOf('webhookSecret', 'credentialForm')],
    ['a key that it does not know', { secretKey: 'sk_live_12345678901234' }, fieldOf('secretKey', 'credentialUnknown')],
  ])('is not kept with %s', async (_what, credentials, refusal) => {
    await expect(services.accounts.create(staff(), wanted(credentials))).rejects.toMatchObject(refusal);
    expect(await services.accounts.list(staff())).toEqual([]);
  });

  it('is not kept with a key that may read too little, which is named', async () => {
    stripe.forbidden = ['/v1/events'];
    await expect(services.accounts.create(staff(), wanted())).rejects.toMatchObject({
      code: 'validation_failed',
      fields: [{ path: 'credentials.secretKey', code: 'credentialRights', params: { what: 'Events' } }],
    });
    expect(await services.accounts.list(staff())).toEqual([]);
  });

  it('is not kept where the service does not answer', async () => {
    const { stripeApiUrl } = test.config;
    Object.assign(test.config, { stripeApiUrl: 'http://127.0.0.1:9' });
    await expect(services.accounts.create(staff(), wanted())).rejects.toMatchObject({ code: 'gateway_unreachable' });
    Object.assign(test.config, { stripeApiUrl });
    expect(await services.accounts.list(staff())).toEqual([]);
  });

  it('keeps what it was opened with where other credentials are not taken', async () => {
    const { id, version } = await services.accounts.create(staff(), wanted());
    const sealed = () =>
      test.owner.query<{ version: number; sealed: string }>(
        "select version, encode(credentials_sealed, 'hex') as sealed from gateway_accounts where id = $1",
        [id],
      );
    const before = (await sealed()).rows;
    const credentials = { secretKey: 'sk_live_12345678901234', webhookSecret: STRIPE_SECRET };
    await expect(services.accounts.update(staff(), id, { version, credentials, name: 'Outra' })).rejects.toMatchObject(
      fieldOf('secretKey', 'credentialUnknown'),
    );
    expect((await sealed()).rows).toEqual(before);
  });

  it('has the address that was told before it was there, which the next one has not', async () => {
    const told = await services.accounts.nextId(staff());
    expect(await services.accounts.nextId(staff())).toBe(told);
    expect((await services.accounts.create(staff(), wanted({}, { id: told }))).id).toBe(told);
    const next = await services.accounts.nextId(staff());
    expect(next).not.toBe(told);
    await expect(services.accounts.create(staff(), wanted({}, { id: told }))).rejects.toMatchObject({
      code: 'conflict',
    });
    const other = await createBillingScene(test);
    expect(await services.accounts.nextId(asStaff(other, '2026-12-01'))).not.toBe(told);
  });

  it('is one of two that are connected at once by the same address', async () => {
    const id = await services.accounts.nextId(staff());
    const answers = await Promise.allSettled(
      [1, 2, 3].map(() => services.accounts.create(staff(), wanted({}, { id }))),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await services.accounts.list(staff())).toHaveLength(1);
  });
});
