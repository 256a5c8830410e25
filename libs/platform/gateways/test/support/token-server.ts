import { randomUUID } from 'node:crypto';
import { boleto, pixCode } from '@balcao/brazil';
import { dayAt, daysBetween, divHalfEven } from '@balcao/money';
import { FaultServer, type Answered, type Asked } from './fault-server.js';
import type { Delivered, Fault } from './service.js';

export const API_TOKEN = 'only-for-tests-0123456789abcdefghij';
export const EVENT_TOKEN = 'only-for-events-0123456789abcdefghi';

const PAGE = 100;
const ZONE = 'America/Sao_Paulo';

export interface TokenRefund {
  id: string;
  status: 'PENDING' | 'DONE' | 'CANCELLED';
  value: number;
  description: string | null;
}

/** A payment as this service writes it: amounts are decimal numbers in reais, days have no hour. */
export interface TokenPayment {
  id: string;
  status: 'PENDING' | 'RECEIVED' | 'OVERDUE';
  billingType: 'PIX' | 'BOLETO';
  value: number;
  dueDate: string;
  description: string;
  externalReference: string | null;
  dateCreated: string;
  paymentDate: string | null;
  receivedValue: number | null;
  canBePaidAfterDueDate: boolean;
  deleted: boolean;
  fine: { value: number };
  interest: { value: number };
  pixPayload: string;
  identificationField: string | null;
  refunds: TokenRefund[];
}

interface Wish {
  customer?: { name?: string; cpfCnpj?: string; address?: string };
  billingType: 'PIX' | 'BOLETO';
  value: number;
  dueDate: string;
  description?: string;
  externalReference?: string;
  fine?: { value: number };
  interest?: { value: number };
}

const cents = (value: number) => Math.round(value * 100);

/**
 * A service such as Brazil has them: PIX and slips in reais, fine and interest added by the bank, a word in a header that proves
 * both sides, no keys: what is asked for twice is there twice, and an external reference names nothing but what it is written on.
 */
export class TokenServer {
  private readonly server = new FaultServer((asked, fault) => this.answer(asked, fault), false);
  private readonly payments = new Map<string, TokenPayment>();
  refunds: 'refused' | 'slow' | 'usual' = 'usual';

  start = () => this.server.start();
  stop = () => this.server.stop();
  meet = (fault: Fault) => this.server.meet(fault);

  count(externalReference: string): number {
    return [...this.payments.values()].filter((each) => each.externalReference === externalReference).length;
  }

  pay(id: string, { amount, at = new Date() }: { amount?: bigint; at?: Date } = {}): Delivered[] {
    const payment = this.get(id);
    const received = amount === undefined ? cents(payment.value) + this.lateCharges(payment, at) : Number(amount);
    payment.status = 'RECEIVED';
    payment.receivedValue = (cents(payment.receivedValue ?? 0) + received) / 100;
    payment.paymentDate = dayAt(at, ZONE);
    return this.told('PAYMENT_RECEIVED', payment);
  }

  expire(id: string): Delivered[] {
    const payment = this.get(id);
    Object.assign(payment, { status: 'OVERDUE', canBePaidAfterDueDate: false });
    return this.told('PAYMENT_OVERDUE', payment);
  }

  settleRefund(id: string, refundId: string, status: 'succeeded' | 'failed'): Delivered[] {
    const payment = this.get(id);
    payment.refunds.find((each) => each.id === refundId)!.status = status === 'succeeded' ? 'DONE' : 'CANCELLED';
    return this.told('PAYMENT_REFUNDED', payment);
  }

  stray(amount: bigint): Delivered[] {
    const today = dayAt(new Date(), ZONE);
    return this.pay(this.add({ billingType: 'PIX', value: Number(amount) / 100, dueDate: today }).id);
  }

  private get(id: string): TokenPayment {
    return this.payments.get(id)!;
  }

  /** What the bank adds to a slip that is paid behind its day. */
  private lateCharges({ billingType, value, dueDate, fine, interest }: TokenPayment, at: Date): number {
    const days = daysBetween(dueDate, dayAt(at, ZONE));
    if (billingType !== 'BOLETO' || days <= 0) return 0;
    const principal = BigInt(cents(value));
    const once = divHalfEven(principal * BigInt(cents(fine.value)), 10_000n);
    const daily = divHalfEven(principal * BigInt(cents(interest.value)) * BigInt(days), 10_000n * 30n);
    return Number(once + daily);
  }

  private answer({ method, path, query, headers, body }: Asked, fault: Fault | null): Answered {
    if (headers['access_token'] !== API_TOKEN) return { status: 401, body: { errors: [{ code: 'invalid_token' }] } };
    if (fault === 'conflict') return { status: 409, body: { errors: [{ code: 'conflict' }] } };
    const answered = this.route(method, path.split('/').slice(2), query, body);
    return fault === 'error_after' ? { status: 500, body: {} } : answered;
  }

  private route(method: string, [, id, action]: string[], query: URLSearchParams, body: string): Answered {
    if (method === 'GET' && !id) return { status: 200, body: this.list(query) };
    if (method === 'POST' && !id) return this.create(JSON.parse(body) as Wish);
    const payment = this.payments.get(id!);
    if (!payment) return { status: 404, body: {} };
    if (method === 'DELETE' && payment.status === 'RECEIVED') return refused('invalid_action');
    if (method === 'DELETE') payment.deleted = true;
    if (action === 'refund') return this.refund(payment, JSON.parse(body) as { value: number; description: string });
    return { status: 200, body: payment };
  }

  private create(wish: Wish): Answered {
    const { name, cpfCnpj, address } = wish.customer ?? {};
    if (!name || (wish.billingType === 'BOLETO' && !(cpfCnpj && address))) return refused('invalid_customer');
    if (!(wish.value >= 5 && wish.value <= 99_999_999.99)) return refused('invalid_value');
    return { status: 200, body: this.add(wish) };
  }

  private add(wish: Wish): TokenPayment {
    const id = `pay_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
    const { billingType, value, dueDate } = wish;
    const freeField = String(this.payments.size + 1).padStart(25, '0');
    const slip = () => boleto({ bank: '000', dueOn: dueDate, amount: BigInt(cents(value)), freeField }).line;
    const payment: TokenPayment = {
      id,
      status: 'PENDING',
      billingType,
      value,
      dueDate,
      description: wish.description ?? '',
      externalReference: wish.externalReference ?? null,
      dateCreated: dayAt(new Date(), ZONE),
      paymentDate: null,
      receivedValue: null,
      canBePaidAfterDueDate: true,
      deleted: false,
      fine: wish.fine ?? { value: 0 },
      interest: wish.interest ?? { value: 0 },
      pixPayload: pixCode({ url: `pix.token.example/qr/${id}`, name: 'Aurora', city: 'Sao Paulo' }),
      identificationField: billingType === 'BOLETO' ? slip() : null,
      refunds: [],
    };
    this.payments.set(id, payment);
    return payment;
  }

  private refund(payment: TokenPayment, { value, description }: { value: number; description: string }): Answered {
    const given = payment.refunds.filter(({ status }) => status !== 'CANCELLED');
    const left = cents(payment.receivedValue ?? 0) - given.reduce((sum, each) => sum + cents(each.value), 0);
    if (this.refunds === 'refused' || payment.billingType === 'BOLETO') return refused('invalid_action');
    if (payment.status !== 'RECEIVED' || cents(value) > left) return refused('invalid_value');
    const status = this.refunds === 'slow' ? 'PENDING' : 'DONE';
    payment.refunds.push({ id: randomUUID(), status, value, description });
    return { status: 200, body: payment };
  }

  private list(query: URLSearchParams): unknown {
    const [reference, created, paid] = ['externalReference', 'dateCreated[ge]', 'paymentDate[ge]'].map((name) =>
      query.get(name),
    );
    const all = [...this.payments.values()].filter(
      (each) =>
        (!reference || each.externalReference === reference) &&
        (!created || each.dateCreated >= created) &&
        (!paid || (each.paymentDate !== null && each.paymentDate >= paid)),
    );
    const offset = Number(query.get('offset') ?? 0);
    return { hasMore: offset + PAGE < all.length, data: all.slice(offset, offset + PAGE) };
  }

  private told(event: string, payment: TokenPayment): Delivered[] {
    const raw = Buffer.from(JSON.stringify({ id: `evt_${randomUUID()}`, event, payment }));
    return [{ raw, headers: { 'access-token': EVENT_TOKEN } }];
  }
}

const refused = (code: string): Answered => ({ status: 400, body: { errors: [{ code }] } });
