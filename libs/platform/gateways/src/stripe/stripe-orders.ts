import type Stripe from 'stripe';
import { dayAt, daysBetween } from '@balcao/money';
import type { Payer, PaymentOrder, SetupOrder } from '../gateway.js';
import { META, SLIP_ZONE } from './stripe-snapshots.js';

const LONGEST_SLIP_DAYS = 60;
const LONGEST_TEXT = 250;
const LONGEST_NAME = 100;

/** So many whole characters at most, as people count them. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let whole = '';
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, 4 * longest))) {
    if (whole.length + segment.length > longest) break;
    whole += segment;
  }
  return whole.trimEnd();
}

/** Whether the payer of a slip is known as well as slips want it. */
export const isComplete = ({ taxId, email, address }: Payer): boolean =>
  Boolean(taxId && email && address?.street && address.city && address.state && address.postalCode);

function shared(order: PaymentOrder, amount: number) {
  return { amount, currency: order.currency.toLowerCase(), description: cut(order.description, LONGEST_TEXT) };
}

/** A page where a card is asked for. What it says of its moment is the order's, so that a key asks for the same again. */
export function pageParams(order: PaymentOrder, amount: number): Stripe.Checkout.SessionCreateParams {
  const { successUrl, cancelUrl, savesMethod, customerId } = order.page!;
  const { currency, description } = shared(order, amount);
  const metadata = { [META.payment]: order.paymentId };
  return {
    mode: 'payment',
    allowed_payment_method_types: ['card'],
    line_items: [
      {
        quantity: 1,
        price_data: { currency, unit_amount: amount, product_data: { name: description || order.paymentId } },
      },
    ],
    client_reference_id: order.paymentId,
    metadata,
    payment_intent_data: {
      description,
      metadata: { ...metadata, [META.page]: 'yes' },
      ...(savesMethod && { setup_future_usage: 'off_session' }),
    },
    ...payerOf(order.payer, customerId, savesMethod ? 'always' : 'if_required'),
    success_url: successUrl,
    cancel_url: cancelUrl,
    expires_at: Math.floor(order.expiresAt.getTime() / 1000),
  };
}

/** A page where a card is added. */
export function setupParams(order: SetupOrder): Stripe.Checkout.SessionCreateParams {
  return {
    mode: 'setup',
    allowed_payment_method_types: ['card'],
    client_reference_id: order.setupId,
    metadata: { [META.setup]: order.setupId },
    ...payerOf(order.payer, order.customerId, 'always'),
    success_url: order.successUrl,
    cancel_url: order.cancelUrl,
  };
}

const payerOf = (
  { email }: Payer,
  customerId: string | null | undefined,
  creation: Stripe.Checkout.SessionCreateParams.CustomerCreation,
) => (customerId ? { customer: customerId } : { customer_creation: creation, ...(email && { customer_email: email }) });

/** A saved card that is charged while nobody is there. */
export function savedParams(order: PaymentOrder, amount: number): Stripe.PaymentIntentCreateParams {
  const { customerId, token } = order.saved!;
  return {
    ...shared(order, amount),
    metadata: { [META.payment]: order.paymentId },
    customer: customerId,
    payment_method: token,
    allowed_payment_method_types: ['card'],
    confirm: true,
    off_session: true,
  };
}

/** A PIX code or a slip, asked for at once. */
export function intentParams(order: PaymentOrder, amount: number, now: Date): Stripe.PaymentIntentCreateParams {
  const { method, payer, expiresAt } = order;
  const billing = { name: cut(payer.name, LONGEST_NAME), email: payer.email ?? undefined };
  const base = {
    ...shared(order, amount),
    metadata: { [META.payment]: order.paymentId },
    allowed_payment_method_types: [method],
    confirm: true,
  };
  if (method === 'pix') {
    return {
      ...base,
      payment_method_data: { type: 'pix', billing_details: billing },
      payment_method_options: { pix: { expires_at: Math.floor(expiresAt.getTime() / 1000) } },
    };
  }
  const days = daysBetween(dayAt(now, SLIP_ZONE), dayAt(expiresAt, SLIP_ZONE));
  return {
    ...base,
    payment_method_data: {
      type: 'boleto',
      billing_details: { ...billing, address: addressOf(payer.address!) },
      boleto: { tax_id: payer.taxId! },
    },
    payment_method_options: { boleto: { expires_after_days: Math.min(Math.max(days, 0), LONGEST_SLIP_DAYS) } },
  };
}

function addressOf({
  street,
  number,
  complement,
  district,
  city,
  state,
  postalCode,
  country,
}: NonNullable<Payer['address']>) {
  const line1 = [street, number].filter(Boolean).join(', ');
  const line2 = [complement, district].filter(Boolean).join(', ');
  return {
    line1,
    ...(line2 && { line2 }),
    city: city ?? undefined,
    state: state ?? undefined,
    postal_code: postalCode ?? undefined,
    country,
  };
}
