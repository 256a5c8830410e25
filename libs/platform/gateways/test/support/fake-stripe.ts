import { boleto, pixCode } from '@balcao/brazil';
import { addDays, dayAt } from '@balcao/money';
import { signEvent } from '../../src/event-signature.js';
import { FaultServer, type Answered, type Asked } from './fault-server.js';
import { formAt, readForm, textAt, type Form } from './form.js';
import type { Delivered, Fault, Later } from './service.js';

export const STRIPE_SECRET = 'whsec_onlyForTests0123456789';
export const STRIPE_KEY = 'sk_test_onlyForTests0123456789';
export const STRIPE_VERSION = '2026-10-28.endive';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what a server keeps is as loose as the JSON that it answers
type Thing = Record<string, any> & { id: string; object: string; created: number };

class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly error: Record<string, unknown>,
  ) {
    super(String(error['message'] ?? error['code']));
  }
}

const invalid = (code: string | undefined, param?: string, status = 400) =>
  new Refusal(status, { type: 'invalid_request_error', code, param, message: `Invalid ${param ?? code}` });

const CURRENCIES = new Set('brl usd eur jpy kwd isk ugx mga krw bhd'.split(' '));
const BY_TENS = ['kwd', 'bhd'];
const BY_HUNDREDS = ['isk', 'ugx'];
const DAY = 86_400;

/** What each call may say; anything else is refused, as Stripe does. */
const PARAMETERS: Record<string, string> = {
  'POST /v1/payment_intents':
    'amount currency description metadata allowed_payment_method_types confirm payment_method_data payment_method_options ' +
    'customer payment_method off_session expand',
  'POST /v1/checkout/sessions':
    'mode allowed_payment_method_types line_items client_reference_id metadata payment_intent_data customer customer_creation ' +
    'customer_email success_url cancel_url expires_at expand',
  'POST /v1/refunds': 'payment_intent amount metadata expand',
  'GET /v1/payment_intents': 'created limit starting_after expand',
  'GET /v1/checkout/sessions': 'created payment_intent limit starting_after expand',
  'GET /v1/refunds': 'payment_intent limit starting_after expand',
  'GET /v1/disputes': 'payment_intent limit starting_after expand',
  'GET /v1/events': 'created types limit starting_after expand',
  'GET /v1/payment_intents/search': 'query limit page expand',
};

/**
 * Speaks Stripe's protocol for the calls that the adapter makes, as its documentation has them: forms, keys whose answers are told
 * again, failures too, a search that lags behind, signed events. Whoever plays the payer and the bank calls its methods.
 */
export class FakeStripe {
  private readonly server = new FaultServer((asked, fault) => this.answer(asked, fault), true);
  private readonly things = new Map<string, Thing>();
  private readonly keys = new Map<string, { body: string; answered: Answered }>();
  private sent: Thing[] = [];
  private last = 0;
  refunds: 'refused' | 'slow' | 'usual' = 'usual';
  /** Keys that it knows. */
  apiKeys: string[] = [STRIPE_KEY];
  /** What the key that is used may not read, by paths. */
  forbidden: string[] = [];
  /** How long the search does not know what is new. */
  lagSeconds = 60;
  /** What has been asked, as `POST /v1/refunds`. */
  readonly log: string[] = [];

  start = () => this.server.start();
  stop = () => this.server.stop();
  meet = (fault: Fault) => this.server.meet(fault);

  /** All of one kind, the newest first. */
  all(object: string): Thing[] {
    return [...this.things.values()].filter((each) => each.object === object).reverse();
  }

  get(id: string): Thing {
    const thing = this.things.get(id);
    if (!thing) throw invalid('resource_missing', 'id', 404);
    return thing;
  }

  /** Payments that carry an id of ours, each counted once. */
  count(paymentId: string): number {
    const intents = this.all('payment_intent').filter(
      ({ metadata }) => metadata.balcao_payment === paymentId && !metadata.balcao_page,
    );
    return (
      intents.length + this.all('checkout.session').filter((each) => each['client_reference_id'] === paymentId).length
    );
  }

  /** What is done, and the events that it leaves. */
  act(work: () => void): Delivered[] {
    const before = this.sent.length;
    work();
    return this.sent.slice(before).map((event) => {
      const raw = Buffer.from(JSON.stringify(event, null, 2));
      return { raw, headers: { 'stripe-signature': signEvent(raw, STRIPE_SECRET, new Date()) } };
    });
  }

  pay(id: string, card: Later = 'approved'): Delivered[] {
    return this.act(() => {
      const thing = this.get(id);
      const intent = thing.object === 'checkout.session' ? this.intentOf(thing) : thing;
      this.succeed(intent, card);
      if (thing.object !== 'checkout.session') return;
      Object.assign(thing, { status: 'complete', payment_status: 'paid', url: null });
      this.send('checkout.session.completed', thing);
    });
  }

  decline(id: string, declineCode: string): Delivered[] {
    return this.act(() => this.fail(this.intentOf(this.get(id)), { code: 'card_declined', decline_code: declineCode }));
  }

  expire(id: string): Delivered[] {
    return this.act(() => {
      const thing = this.get(id);
      if (thing.object === 'checkout.session') this.expireSession(thing);
      else this.fail(thing, { code: 'payment_intent_payment_attempt_expired' });
    });
  }

  dispute(id: string): Delivered[] {
    return this.act(() => {
      const intent = this.get(id).object === 'checkout.session' ? this.intentOf(this.get(id)) : this.get(id);
      const dispute = this.add('dp', 'dispute', {
        amount: intent['amount_received'],
        currency: intent['currency'],
        charge: intent['latest_charge'],
        payment_intent: intent.id,
        reason: 'fraudulent',
        status: 'needs_response',
        metadata: {},
        evidence_details: { due_by: now() + 7 * DAY },
      });
      this.send('charge.dispute.created', dispute);
    });
  }

  endDispute(id: string, status: 'won' | 'lost'): Delivered[] {
    return this.act(() => {
      const thing = this.get(id);
      const intent = thing.object === 'checkout.session' ? thing['payment_intent'] : id;
      const dispute = this.all('dispute').find((each) => each['payment_intent'] === intent)!;
      dispute['status'] = status;
      this.send('charge.dispute.closed', dispute);
    });
  }

  settleRefund(refundId: string, status: 'succeeded' | 'failed'): Delivered[] {
    return this.act(() => {
      const refund = this.get(refundId);
      refund['status'] = status;
      this.send(status === 'failed' ? 'refund.failed' : 'refund.updated', refund);
    });
  }

  saveCard(id: string): Delivered[] {
    return this.act(() => {
      const session = this.get(id);
      const method = this.addCard(session['customer'] ?? this.add('cus', 'customer', {}).id, 'approved');
      const intent = this.add('seti', 'setup_intent', {
        status: 'succeeded',
        customer: method['customer'],
        payment_method: method.id,
      });
      Object.assign(session, { status: 'complete', setup_intent: intent.id, customer: method['customer'], url: null });
      this.send('checkout.session.completed', session);
    });
  }

  /** A payment that nobody here has asked for. */
  stray(amount: number): Delivered[] {
    return this.act(() => {
      const intent = this.addIntent({ amount: String(amount), currency: 'brl' }, ['pix']);
      this.succeed(intent, 'approved');
    });
  }

  /** A page that a payment link of the account has opened, whose payer has written a reference into the link's address. */
  openLink(reference: string): string {
    const price = { unit_amount: '10000', currency: 'brl', product_data: { name: 'Doação' } };
    return this.createSession({
      mode: 'payment',
      client_reference_id: reference,
      success_url: 'https://loja.example',
      line_items: { 0: { price_data: price } },
    }).id;
  }

  private answer(asked: Asked, fault: Fault | null): Answered {
    this.log.push(`${asked.method} ${asked.path}`);
    if (!this.apiKeys.some((key) => asked.headers.authorization === `Bearer ${key}`)) {
      return { status: 401, body: { error: { type: 'invalid_request_error', message: 'Invalid API Key' } } };
    }
    if (this.forbidden.includes(asked.path)) {
      return { status: 403, body: { error: { type: 'invalid_request_error', message: 'Lacks permissions' } } };
    }
    if (asked.headers['stripe-version'] !== STRIPE_VERSION) throw new Error('Another version of the API is asked');
    if (fault === 'conflict') {
      return { status: 409, body: { error: { type: 'idempotency_error', code: 'idempotency_key_in_use' } } };
    }
    const key = asked.method === 'POST' ? (asked.headers['idempotency-key'] as string | undefined) : undefined;
    const body = `${asked.path} ${asked.body}`;
    const used = key ? this.keys.get(key) : undefined;
    if (used && used.body !== body) {
      const message = 'Keys for idempotent requests can only be used with the same parameters';
      return { status: 400, body: { error: { type: 'idempotency_error', message } } };
    }
    if (used) return used.answered;
    let answered: Answered;
    try {
      answered = { status: 200, body: this.route(asked) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      answered = { status: error.status, body: { error: error.error } };
    }
    // Answers are told as they were, failures too.
    answered = structuredClone(
      fault === 'error_after' ? { status: 500, body: { error: { type: 'api_error' } } } : answered,
    );
    if (key) this.keys.set(key, { body, answered });
    return answered;
  }

  private route({ method, path, query, body }: Asked): unknown {
    const form = readForm(method === 'GET' ? query : new URLSearchParams(body));
    const known = PARAMETERS[`${method} ${path}`] ?? 'expand';
    for (const name of Object.keys(form)) {
      if (name === 'payment_method_types') throw invalid('payment_method_types_no_longer_supported', name);
      if (!known.split(' ').includes(name)) throw invalid('parameter_unknown', name);
    }
    const expand = Object.values(formAt(form, 'expand')).map(String);
    const parts = path.split('/').slice(2);
    const shown = (thing: Thing) => this.expanded(thing, expand);
    switch (`${method} ${parts[0] === 'checkout' ? `sessions ${parts.length - 1}` : `${parts[0]} ${parts.length}`}`) {
      case 'POST payment_intents 1':
        return shown(this.createIntent(form));
      case 'GET payment_intents 1':
        return this.page(this.all('payment_intent'), form);
      case 'GET payment_intents 2':
        return parts[1] === 'search' ? this.search(form) : shown(this.found(parts[1]!, 'payment_intent', 'intent'));
      case 'POST payment_intents 3':
        return shown(this.cancelIntent(this.found(parts[1]!, 'payment_intent', 'intent')));
      case 'POST sessions 1':
        return shown(this.createSession(form));
      case 'GET sessions 1':
        return this.page(this.all('checkout.session').filter(this.of(form)), form);
      case 'GET sessions 2':
        return shown(this.found(parts[2]!, 'checkout.session', 'session'));
      case 'POST sessions 3':
        return shown(this.expireSession(this.found(parts[2]!, 'checkout.session', 'session')));
      case 'POST refunds 1':
        return shown(this.createRefund(form));
      case 'GET refunds 1':
        return this.page(this.all('refund').filter(this.of(form)), form);
      case 'GET disputes 1':
        return this.page(this.all('dispute').filter(this.of(form)), form);
      case 'GET events 1': {
        const types = Object.values(formAt(form, 'types'));
        if (types.length > 20) throw invalid(undefined, 'types');
        return this.page(
          [...this.sent].reverse().filter(({ type }) => types.includes(type)),
          form,
        );
      }
      case 'POST payment_methods 3':
        return shown(this.detach(this.found(parts[1]!, 'payment_method', 'payment_method')));
      default:
        throw new Error(`Nobody has taught this server ${method} ${path}`);
    }
  }

  private createIntent(form: Form): Thing {
    const types = Object.values(formAt(form, 'allowed_payment_method_types')).map(String);
    demandAmount(textAt(form, 'amount'), textAt(form, 'currency'), 'amount');
    if (textAt(form, 'payment_method')) return this.charge(form, types);
    const type = textAt(form, 'payment_method_data', 'type')!;
    if (textAt(form, 'currency') !== 'brl') throw invalid('payment_method_currency_mismatch', 'currency');
    if (textAt(form, 'confirm') !== 'true' || !types.includes(type)) throw invalid(undefined, 'confirm');
    if (type === 'boleto') demandPayer(form);
    const amount = Number(textAt(form, 'amount'));
    if (type === 'boleto' && (amount < 500 || amount > 4_999_999)) throw invalid(undefined, 'amount');
    const expiresAt = Number(textAt(form, 'payment_method_options', 'pix', 'expires_at'));
    if (type === 'pix' && !(expiresAt - now() >= 60 && expiresAt - now() <= 14 * DAY)) {
      throw invalid(undefined, 'payment_method_options[pix][expires_at]');
    }
    const intent = this.addIntent(form, types);
    intent['payment_method'] = this.add('pm', 'payment_method', { type, customer: null }).id;
    intent['next_action'] = type === 'pix' ? pixAction(intent.id, expiresAt) : boletoAction(intent, form);
    intent['status'] = 'requires_action';
    this.send('payment_intent.requires_action', intent);
    return intent;
  }

  private charge(form: Form, types: string[]): Thing {
    const method = this.things.get(textAt(form, 'payment_method')!);
    if (!method || method['customer'] !== textAt(form, 'customer')) throw invalid('resource_missing', 'payment_method');
    if (textAt(form, 'off_session') !== 'true' || textAt(form, 'confirm') !== 'true')
      throw invalid(undefined, 'off_session');
    const intent = this.addIntent(form, types);
    Object.assign(intent, { payment_method: method.id, customer: method['customer'] });
    if (method['outcome'] === 'approved') return this.succeed(intent, 'approved');
    const decline = method['outcome'] === 'declined' ? 'generic_decline' : method['outcome'];
    const code = decline === 'authentication_required' ? decline : 'card_declined';
    this.fail(intent, { code, decline_code: decline });
    throw new Refusal(402, {
      type: 'card_error',
      code,
      decline_code: decline,
      payment_intent: structuredClone(intent),
    });
  }

  private createSession(form: Form): Thing {
    const mode = textAt(form, 'mode')!;
    const line = formAt(form, 'line_items', '0');
    const amount = textAt(line, 'price_data', 'unit_amount');
    const currency = textAt(line, 'price_data', 'currency');
    const expiresAt = Number(textAt(form, 'expires_at') ?? now() + DAY);
    if (mode === 'payment') {
      demandAmount(amount, currency, 'line_items[0][price_data][unit_amount]');
      if (!(expiresAt - now() >= 1_800 && expiresAt - now() <= DAY)) throw invalid(undefined, 'expires_at');
      if ((textAt(line, 'price_data', 'product_data', 'name') ?? '').length > 250) throw invalid(undefined, 'name');
    }
    if (!textAt(form, 'success_url')) throw invalid('parameter_missing', 'success_url');
    const id = this.nextId('cs_test');
    return this.add(id, 'checkout.session', {
      mode,
      status: 'open',
      payment_status: 'unpaid',
      url: `https://checkout.stripe.example/c/pay/${id}`,
      client_reference_id: textAt(form, 'client_reference_id') ?? null,
      metadata: { ...formAt(form, 'metadata') },
      amount_total: amount === undefined ? null : Number(amount),
      currency: currency ?? null,
      customer: textAt(form, 'customer') ?? null,
      payment_intent: null,
      setup_intent: null,
      expires_at: expiresAt,
      intent_data: formAt(form, 'payment_intent_data'),
    });
  }

  /** A page makes its intent once its payer begins to pay. */
  private intentOf(session: Thing): Thing {
    if (session['payment_intent']) return this.get(session['payment_intent']);
    const data: Form = session['intent_data'];
    const intent = this.addIntent({ ...data, amount: String(session['amount_total']), currency: session['currency'] }, [
      'card',
    ]);
    intent['setup_future_usage'] = textAt(data, 'setup_future_usage') ?? null;
    session['payment_intent'] = intent.id;
    return intent;
  }

  private addIntent(form: Form, types: string[]): Thing {
    const intent = this.add('pi', 'payment_intent', {
      amount: Number(textAt(form, 'amount')),
      amount_received: 0,
      currency: textAt(form, 'currency'),
      description: textAt(form, 'description') ?? null,
      metadata: { ...formAt(form, 'metadata') },
      payment_method_types: types,
      payment_method: null,
      payment_method_options: {},
      customer: textAt(form, 'customer') ?? null,
      setup_future_usage: null,
      status: 'requires_payment_method',
      cancellation_reason: null,
      last_payment_error: null,
      latest_charge: null,
      next_action: null,
    });
    this.send('payment_intent.created', intent);
    return intent;
  }

  private succeed(intent: Thing, card: Later): Thing {
    if (intent['payment_method_types'].includes('card') && !intent['payment_method']) {
      const saves = intent['setup_future_usage'] === 'off_session';
      const customer = saves ? (intent['customer'] ?? this.add('cus', 'customer', {}).id) : intent['customer'];
      Object.assign(intent, { customer, payment_method: this.addCard(saves ? customer : null, card).id });
    }
    const charge = this.add('ch', 'charge', { payment_intent: intent.id, metadata: intent['metadata'] });
    Object.assign(intent, {
      status: 'succeeded',
      amount_received: intent['amount'],
      latest_charge: charge.id,
      last_payment_error: null,
      next_action: null,
    });
    this.send('payment_intent.succeeded', intent);
    return intent;
  }

  private fail(intent: Thing, problem: { code: string; decline_code?: string }): void {
    const last_payment_error = { type: 'card_error', ...problem };
    Object.assign(intent, { status: 'requires_payment_method', last_payment_error, next_action: null });
    this.send('payment_intent.payment_failed', intent);
  }

  private cancelIntent(intent: Thing): Thing {
    if (['succeeded', 'canceled'].includes(intent['status'])) throw invalid('payment_intent_unexpected_state');
    Object.assign(intent, { status: 'canceled', next_action: null });
    this.send('payment_intent.canceled', intent);
    return intent;
  }

  private expireSession(session: Thing): Thing {
    if (session['status'] !== 'open') throw invalid(undefined, 'session');
    Object.assign(session, { status: 'expired', url: null });
    this.send('checkout.session.expired', session);
    return session;
  }

  private createRefund(form: Form): Thing {
    const intent = this.found(textAt(form, 'payment_intent')!, 'payment_intent', 'payment_intent');
    if (this.refunds === 'refused') throw invalid('charge_not_refundable');
    if (intent['status'] !== 'succeeded') throw invalid(undefined, 'payment_intent');
    if (intent['payment_method_types'].includes('boleto')) throw invalid(undefined, 'payment_intent');
    const given = this.all('refund').filter(
      (each) => each['payment_intent'] === intent.id && each['status'] !== 'failed',
    );
    const left = intent['amount_received'] - given.reduce((sum, { amount }) => sum + Number(amount), 0);
    if (left === 0) throw invalid('charge_already_refunded');
    const amount = Number(textAt(form, 'amount'));
    demandShape(amount, intent['currency'], 'amount');
    if (amount > left) throw invalid(undefined, 'amount');
    const refund = this.add('re', 'refund', {
      amount,
      currency: intent['currency'],
      payment_intent: intent.id,
      charge: intent['latest_charge'],
      metadata: { ...formAt(form, 'metadata') },
      status: this.refunds === 'slow' ? 'pending' : 'succeeded',
    });
    this.send('refund.created', refund);
    return refund;
  }

  private detach(method: Thing): Thing {
    if (!method['customer']) throw invalid(undefined, 'payment_method');
    method['customer'] = null;
    return method;
  }

  private addCard(customer: string | null, outcome: Later): Thing {
    const card = { brand: 'visa', last4: '4242', exp_month: 12, exp_year: 2031 };
    return this.add('pm', 'payment_method', { type: 'card', card, customer, outcome });
  }

  private search(form: Form): unknown {
    const wanted = /^metadata\['balcao_payment'\]:'([\w-]+)'$/.exec(textAt(form, 'query') ?? '')?.[1];
    if (!wanted) throw invalid(undefined, 'query');
    const data = this.all('payment_intent').filter(
      ({ metadata, created }) => metadata.balcao_payment === wanted && created <= now() - this.lagSeconds,
    );
    return { object: 'search_result', url: '/v1/payment_intents/search', has_more: false, data };
  }

  private page(all: Thing[], form: Form): unknown {
    const [gte, lte] = ['gte', 'lte'].map((bound) => textAt(form, 'created', bound));
    const within = all.filter(
      ({ created }) => (gte === undefined || created >= Number(gte)) && (lte === undefined || created <= Number(lte)),
    );
    const after = textAt(form, 'starting_after');
    const start = after === undefined ? 0 : within.findIndex(({ id }) => id === after) + 1;
    const limit = Number(textAt(form, 'limit') ?? 10);
    if (limit > 100) throw invalid(undefined, 'limit');
    const data = within.slice(start, start + limit);
    return { object: 'list', url: '/v1/list', has_more: start + limit < within.length, data };
  }

  private of = (form: Form) => (thing: Thing) => {
    const intent = textAt(form, 'payment_intent');
    return intent === undefined || thing['payment_intent'] === intent;
  };

  private found(id: string, object: string, param: string): Thing {
    const thing = this.things.get(id);
    if (thing?.object !== object) throw invalid('resource_missing', param, 404);
    return thing;
  }

  /** With the objects in the place of the ids that are asked for. */
  private expanded(thing: Thing, expand: string[]): Thing {
    const shown = structuredClone(thing);
    for (const path of expand) {
      let place: Thing = shown;
      for (const part of path.split('.')) {
        if (typeof place[part] === 'string') place[part] = structuredClone(this.get(place[part]));
        place = place[part];
        if (place === null || place === undefined) break;
      }
    }
    return shown;
  }

  private send(type: string, object: Thing): void {
    const event = { id: this.nextId('evt'), object: 'event', created: now(), type };
    this.sent.push({ ...event, livemode: false, data: { object: structuredClone(object) } });
  }

  private add(prefix: string, object: string, facts: Record<string, unknown>): Thing {
    const id = prefix.startsWith('cs_test_') ? prefix : this.nextId(prefix);
    const thing: Thing = { id, object, created: now(), livemode: false, ...facts };
    this.things.set(id, thing);
    return thing;
  }

  private nextId(prefix: string): string {
    this.last += 1;
    return `${prefix}_${String(this.last).padStart(14, '0')}`;
  }
}

const now = () => Math.floor(Date.now() / 1000);

function demandAmount(amount: string | undefined, currency: string | undefined, param: string): void {
  if (!currency || !CURRENCIES.has(currency)) throw invalid(undefined, 'currency');
  if (!amount || !/^\d+$/.test(amount)) throw invalid('parameter_invalid_integer', param);
  if (Number(amount) > 99_999_999) throw invalid('amount_too_large', param);
  if (currency === 'brl' && Number(amount) < 50) throw invalid('amount_too_small', param);
  demandShape(Number(amount), currency, param);
}

function demandShape(amount: number, currency: string, param: string): void {
  if (BY_TENS.includes(currency) && amount % 10 !== 0) throw invalid('invalid_charge_amount', param);
  if (BY_HUNDREDS.includes(currency) && amount % 100 !== 0) throw invalid('invalid_charge_amount', param);
}

function demandPayer(form: Form): void {
  const details = formAt(form, 'payment_method_data', 'billing_details');
  for (const name of ['name', 'email']) {
    if (!textAt(details, name)) throw invalid('parameter_missing', `payment_method_data[billing_details][${name}]`);
  }
  for (const name of ['line1', 'city', 'state', 'postal_code', 'country']) {
    const param = `payment_method_data[billing_details][address][${name}]`;
    if (!textAt(details, 'address', name)) throw invalid('parameter_missing', param);
  }
  if (!/^[A-Z0-9]{12}\d{2}$|^\d{11}$/.test(textAt(form, 'payment_method_data', 'boleto', 'tax_id') ?? '')) {
    throw invalid('tax_id_invalid', 'payment_method_data[boleto][tax_id]');
  }
}

const pixAction = (id: string, expiresAt: number) => ({
  type: 'pix_display_qr_code',
  pix_display_qr_code: {
    data: pixCode({ url: `pix.stripe.example/qr/${id}`, name: 'Aurora', city: 'Sao Paulo' }),
    expires_at: expiresAt,
    hosted_instructions_url: `https://payments.stripe.example/qr/${id}`,
  },
});

function boletoAction(intent: Thing, form: Form) {
  const days = Number(textAt(form, 'payment_method_options', 'boleto', 'expires_after_days') ?? 3);
  const dueOn = addDays(dayAt(new Date(), 'America/Sao_Paulo'), days);
  const freeField = intent.id.replace(/\D/g, '').padStart(25, '0');
  const { line } = boleto({ bank: '000', dueOn, amount: BigInt(intent['amount']), freeField });
  const expires_at = Math.floor(Date.parse(`${dueOn}T23:59:59-03:00`) / 1000);
  const hosted_voucher_url = `https://payments.stripe.example/boleto/${intent.id}`;
  return { type: 'boleto_display_details', boleto_display_details: { number: line, expires_at, hosted_voucher_url } };
}
