import { sealedContext } from '@balcao/platform-config';
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
  });
  add('gateway_routes', {
    organization_id,
    method: 'pix',
    currency: 'BRL',
    gateway_account_id: id,
    gateway_kind: 'sandbox',
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
