import { sealedContext } from '@balcao/platform-config';
import { dayFrom } from './days.js';
import { idOf } from './ids.js';
import type { Row, Seal } from './rows.js';

/** What the pretended service has of its own is the organization's, whose first customer pays it. */
const AT_THE_BANK: Record<string, string> = { padaria: 'aurora', mercado: 'boreal' };

type Add = (table: string, row: Row) => void;

/** An organization's account with the pretended payment service, by which PIX is paid. */
export function addGateway(organization: string, add: Add, seal?: Seal): void {
  const organization_id = idOf(`organization:${organization}`);
  const id = idOf(`sandbox-gateway:${organization}`);
  const secret = JSON.stringify({ webhookSecret: 'w'.repeat(43) });
  add('gateway_accounts', {
    organization_id,
    id,
    kind: 'sandbox',
    name: `Gateway of ${organization}`,
    credentials_sealed: seal?.(secret, sealedContext('gateway_accounts', 'credentials_sealed', id)) ?? Buffer.from('x'),
    methods: ['pix'],
    currency: 'BRL',
    is_test: true,
  });
  add('gateway_routes', {
    organization_id,
    method: 'pix',
    currency: 'BRL',
    gateway_account_id: id,
    gateway_kind: 'sandbox',
    is_test: true,
  });
  const at = new Date();
  add('gateway_events', {
    organization_id,
    id: idOf(`gateway-event:${organization}`),
    gateway_account_id: id,
    event_id: `event of ${organization}`,
    type: 'payment.succeeded',
    raw: Buffer.from('{}'),
    refs: JSON.stringify([]),
    received_at: at,
  });
  add('stray_payments', {
    organization_id,
    id: idOf(`stray-payment:${organization}`),
    gateway_account_id: id,
    gateway_kind: 'sandbox',
    gateway_id: `stray of ${organization}`,
    method: 'pix',
    currency: 'BRL',
    amount: 700,
    received_at: at,
    received_on: dayFrom(0, at),
    created_at: at,
  });
}

/** A code by which what is owed of the customer's invoice can be paid. */
export function addPayment(organization: string, tenant: Row, key: string, add: Add): void {
  const id = idOf(`payment:${key}`);
  const at = new Date();
  add('payments', {
    ...tenant,
    id,
    gateway_account_id: idOf(`sandbox-gateway:${organization}`),
    gateway_kind: 'sandbox',
    is_test: true,
    method: 'pix',
    currency: 'BRL',
    amount: 5_000,
    state: 'pending',
    origin: 'portal',
    portal_id: idOf(`portal:${organization}`),
    description: `Invoice of ${key}`,
    expires_at: new Date('2100-01-01T00:00:00Z'),
    gateway_id: idOf(`sandbox-payment:${AT_THE_BANK[key] ?? key}`),
    pix_code: `code of ${key}`,
    created_at: at,
    updated_at: at,
  });
  add('payment_targets', {
    ...tenant,
    payment_id: id,
    id: idOf(`payment-target:${key}`),
    position: 0,
    currency: 'BRL',
    invoice_id: idOf(`invoice:${key}`),
    principal: 5_000,
  });
}

/** A customer's saved card, the page on which the next one is added, and an invoice that the card was to pay. */
export function addCards(organization: string, tenant: Row, key: string, add: Add, seal?: Seal): void {
  const id = idOf(`payment-method:${key}`);
  const at = new Date();
  const gateway = { gateway_account_id: idOf(`sandbox-gateway:${organization}`), gateway_kind: 'sandbox' };
  const setup = { ...tenant, ...gateway, portal_id: idOf(`portal:${organization}`), created_at: at, updated_at: at };
  const cards = key === 'padaria' ? [key, `${key}-second`] : [key];
  for (const card of cards) {
    const its = idOf(`payment-method:${card}`);
    add('method_setups', { ...setup, id: idOf(`method-setup-done:${card}`), state: 'succeeded' });
    add('payment_methods', {
      ...tenant,
      ...gateway,
      id: its,
      brand: 'visa',
      last_four: '4242',
      expires_month: 12,
      expires_year: 2098,
      is_default: card === cards.at(-1),
      setup_id: idOf(`method-setup-done:${card}`),
      created_at: at,
      updated_at: at,
    });
    const token = JSON.stringify({ customerId: idOf(`sandbox-customer:${organization}`), token: idOf('no card') });
    add('payment_method_secrets', {
      organization_id: tenant['organization_id'],
      id: its,
      saved_sealed: seal?.(token, sealedContext('payment_method_secrets', 'saved_sealed', its)) ?? Buffer.from('x'),
    });
  }
  add('method_setups', {
    ...setup,
    id: idOf(`method-setup:${key}`),
    state: 'pending',
    gateway_id: idOf(`sandbox-setup:${AT_THE_BANK[key] ?? key}`),
    page_url: 'http://localhost/portal/sandbox-bank/cards/1',
  });
  add('automatic_payments', { ...tenant, is_on: false, changed_at: at });
  add('collections', {
    ...tenant,
    id: idOf(`collection:${key}`),
    invoice_id: idOf(`invoice:${key}`),
    origin: 'staff',
    state: 'stopped',
    attempts: 1,
    stopped_for: 'staff',
    ended_at: at,
    created_at: at,
    updated_at: at,
  });
  add('collection_attempts', {
    ...tenant,
    collection_id: idOf(`collection:${key}`),
    number: 1,
    payment_id: idOf(`payment:${key}`),
    payment_method_id: id,
    made_at: at,
    concluded_at: at,
  });
}

/** A page on which a card is to be added, which nobody has asked the service for yet. */
export function addAskedSetup(organization: string, tenant: Row, key: string, add: Add): void {
  const at = new Date();
  add('method_setups', {
    ...tenant,
    id: idOf(`method-setup-asked:${key}`),
    gateway_account_id: idOf(`sandbox-gateway:${organization}`),
    gateway_kind: 'sandbox',
    portal_id: idOf(`portal:${organization}`),
    created_at: at,
    updated_at: at,
  });
}

/** What came by a customer's payment, and what became of it: rows by themselves, whose books nobody has kept. */
export function addMoney(tenant: Row, key: string, add: Add): void {
  const id = idOf(`payment:${key}`);
  const at = new Date();
  const its = { ...tenant, payment_id: id, currency: 'BRL' };
  const day = dayFrom(0, at);
  add('payment_receipts', {
    ...its,
    id: idOf(`payment-receipt:${key}`),
    amount: 1_000,
    upto: 1_000,
    received_at: at,
    received_on: day,
    counted_at: at,
  });
  add('late_charges', {
    ...tenant,
    id: idOf(`late-charge:${key}`),
    currency: 'BRL',
    payment_receipt_id: idOf(`payment-receipt:${key}`),
    payment_target_id: idOf(`payment-target:${key}`),
    invoice_id: idOf(`invoice:${key}`),
    amount: 20,
    paid_on: day,
    is_carried: true,
  });
  add('refunds', {
    ...its,
    id: idOf(`refund:${key}`),
    amount: 100,
    reason: `Refund of ${key}`,
    becomes: 'credited',
    created_at: at,
    updated_at: at,
  });
  add('disputes', {
    ...its,
    id: idOf(`dispute:${key}`),
    gateway_id: `dispute of ${key}`,
    amount: 100,
    state: 'under_review',
    created_at: at,
    updated_at: at,
  });
}
