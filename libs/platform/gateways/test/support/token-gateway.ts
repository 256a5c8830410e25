import { createHash, timingSafeEqual } from 'node:crypto';
import { readBoleto } from '@balcao/brazil';
import { dayAt } from '@balcao/money';
import {
  UnprovedEvent,
  type CredentialProblem,
  type FailureCode,
  type FindOrder,
  type Gateway,
  type GatewayCapabilities,
  type GatewayEvent,
  type GatewayMethod,
  type Outcome,
  type PaymentOrder,
  type Presentation,
  type RefundOrder,
  type Snapshot,
} from '../../src/index.js';
import { API_TOKEN, EVENT_TOKEN, type TokenPayment, type TokenRefund } from './token-server.js';

const DAY_MS = 86_400_000;
const ZONE = 'America/Sao_Paulo';
const PATIENCE_MS = 20_000;

const reais = (amount: bigint) => Number(amount) / 100;
const centavos = (value: number) => BigInt(Math.round(value * 100));
const hashed = (text: string) => createHash('sha256').update(text).digest();

/** An answer other than 200, or none. */
class Unanswered extends Error {
  constructor(
    readonly status: number | null,
    readonly code: string | null,
  ) {
    super(`Answered by ${String(status)} ${String(code)}`);
  }
}

const REFUSALS: Readonly<Record<string, FailureCode>> = {
  invalid_value: 'amount_out_of_range',
  invalid_customer: 'payer_incomplete',
};

/**
 * An adapter of a service that knows no keys. So it looks before it asks: the external reference names a payment of ours, and the
 * description of a refund our refund. Whoever asks twice at once must not: that is what `keyLifeMs: 0` says.
 */
export class TokenGateway implements Gateway {
  constructor(private readonly origin: string) {}

  capabilities(method: GatewayMethod, currency: string): GatewayCapabilities | null {
    if (method === 'card' || currency !== 'BRL') return null;
    const amounts = { min: 500n, max: 9_999_999_999n, step: 1n };
    const shared = { ...amounts, minValidityMs: 0, maxValidityMs: 365 * DAY_MS, keyLifeMs: 0 };
    return { ...shared, refund: method === 'pix' ? 'partial' : 'none', addsLateCharges: method === 'boleto' };
  }

  async check(): Promise<Outcome<'taken' | CredentialProblem>> {
    try {
      await this.call('GET', '/payments?limit=1');
      return { known: 'taken' };
    } catch (thrown) {
      const refusal = refusalOf(thrown);
      const isUnknown = refusal !== 'unknown' && refusal.refused === 'misconfigured';
      return isUnknown ? { known: { credential: 'apiToken', why: 'unknown', detail: null } } : refusal;
    }
  }

  async create(order: PaymentOrder): Promise<Outcome> {
    const capabilities = this.capabilities(order.method, order.currency);
    if (!capabilities) return { refused: 'method_unavailable', detail: null };
    return this.ask(async () => {
      const before = await this.byOurs(order.paymentId);
      if (before) return before;
      const { name, taxId, address } = order.payer;
      return this.call<TokenPayment>('POST', '/v3/payments', {
        customer: { name, cpfCnpj: taxId, address: address?.street },
        billingType: order.method === 'pix' ? 'PIX' : 'BOLETO',
        value: reais(order.amount),
        dueDate: order.boleto?.dueOn ?? dayAt(order.expiresAt, ZONE),
        description: order.description,
        externalReference: order.paymentId,
        fine: { value: Number(order.boleto?.finePercent ?? 0) },
        interest: { value: Number(order.boleto?.interestPercentPerMonth ?? 0) },
      });
    });
  }

  async find({ paymentId, gatewayId }: FindOrder): Promise<Outcome<Snapshot | 'absent'>> {
    try {
      const found = gatewayId ? await this.byId(gatewayId) : await this.byOurs(paymentId ?? '');
      return { known: found ? snapshotOf(found) : 'absent' };
    } catch (thrown) {
      return refusalOf(thrown);
    }
  }

  async cancel(gatewayId: string): Promise<Outcome> {
    return this.ask(async () => {
      await this.call('DELETE', `/v3/payments/${gatewayId}`).catch((thrown: unknown) => {
        // What is paid cannot be taken back: its snapshot says so.
        if (!(thrown instanceof Unanswered && thrown.status === 400)) throw thrown;
      });
      return this.call<TokenPayment>('GET', `/v3/payments/${gatewayId}`);
    });
  }

  async refund({ refundId, gatewayId, amount }: RefundOrder): Promise<Outcome> {
    const outcome = await this.ask(async () => {
      const before = await this.call<TokenPayment>('GET', `/v3/payments/${gatewayId}`);
      if (before.refunds.some(({ description }) => description === refundId)) return before;
      const body = { value: reais(amount), description: refundId };
      return this.call<TokenPayment>('POST', `/v3/payments/${gatewayId}/refund`, body);
    });
    return outcome !== 'unknown' && 'refused' in outcome ? { ...outcome, refused: 'refund_refused' } : outcome;
  }

  setup(): Promise<Outcome<never>> {
    return Promise.resolve({ refused: 'method_unavailable', detail: null });
  }

  findSetup(): Promise<Outcome<'absent'>> {
    return Promise.resolve({ known: 'absent' });
  }

  forget(): Promise<Outcome<'gone'>> {
    return Promise.resolve({ known: 'gone' });
  }

  verify(raw: Buffer, headers: Readonly<Record<string, string | undefined>>): GatewayEvent {
    if (!timingSafeEqual(hashed(headers['access-token'] ?? ''), hashed(EVENT_TOKEN))) {
      throw new UnprovedEvent('signature');
    }
    try {
      const { id, event, payment } = JSON.parse(raw.toString('utf8')) as {
        id: string;
        event: string;
        payment: TokenPayment;
      };
      return {
        eventId: id,
        type: event,
        refs: [{ kind: 'payment', gatewayId: payment.id, ourId: payment.externalReference }],
      };
    } catch (error) {
      throw new UnprovedEvent('malformed', { cause: error });
    }
  }

  async *list(since: Date): AsyncGenerator<Snapshot> {
    const day = dayAt(since, ZONE);
    for (const bound of ['dateCreated[ge]', 'paymentDate[ge]']) {
      for (let offset = 0; ;) {
        const query = new URLSearchParams({ [bound]: day, offset: String(offset) });
        const page = await this.call<{ hasMore: boolean; data: TokenPayment[] }>(
          'GET',
          `/v3/payments?${String(query)}`,
        );
        yield* page.data.map(snapshotOf);
        if (!page.hasMore) break;
        offset += page.data.length;
      }
    }
  }

  private async ask(work: () => Promise<TokenPayment>): Promise<Outcome> {
    try {
      return { known: snapshotOf(await work()) };
    } catch (thrown) {
      return refusalOf(thrown);
    }
  }

  private async byId(id: string): Promise<TokenPayment | null> {
    try {
      return await this.call<TokenPayment>('GET', `/v3/payments/${encodeURIComponent(id)}`);
    } catch (thrown) {
      if (thrown instanceof Unanswered && thrown.status === 404) return null;
      throw thrown;
    }
  }

  private async byOurs(paymentId: string): Promise<TokenPayment | null> {
    const query = new URLSearchParams({ externalReference: paymentId });
    const { data } = await this.call<{ data: TokenPayment[] }>('GET', `/v3/payments?${String(query)}`);
    return data.find(({ status }) => status === 'RECEIVED') ?? data[0] ?? null;
  }

  private async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    let response: Response;
    let answer: unknown;
    try {
      response = await fetch(this.origin + path, {
        method,
        headers: { access_token: API_TOKEN, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      answer = await response.json();
    } catch {
      throw new Unanswered(null, null);
    }
    if (response.status === 200) return answer as Answer;
    const { errors } = answer as { errors?: { code: string }[] };
    throw new Unanswered(response.status, errors?.[0]?.code ?? null);
  }
}

function refusalOf(thrown: unknown): Exclude<Outcome<never>, { known: never }> {
  if (!(thrown instanceof Unanswered)) throw thrown;
  const { status, code } = thrown;
  if (status === null || status >= 500 || status === 409 || status === 429) return 'unknown';
  if (status === 401) return { refused: 'misconfigured', detail: code };
  return { refused: REFUSALS[code ?? ''] ?? 'other', detail: code };
}

const REFUNDS = { PENDING: 'pending', DONE: 'succeeded', CANCELLED: 'failed' } as const;

const refundOf = ({ id, description, value, status }: TokenRefund) => ({
  gatewayId: id,
  refundId: description,
  amount: centavos(value),
  status: REFUNDS[status],
});

function snapshotOf(payment: TokenPayment): Snapshot {
  const status = statusOf(payment);
  const refunds = payment.refunds.map(refundOf);
  return {
    gatewayId: payment.id,
    paymentId: payment.externalReference,
    method: payment.billingType === 'PIX' ? 'pix' : 'boleto',
    status,
    currency: 'BRL',
    amount: centavos(payment.value),
    received: centavos(payment.receivedValue ?? 0),
    receivedAt: payment.paymentDate ? new Date(`${payment.paymentDate}T15:00:00Z`) : null,
    refunded: refunds.reduce((sum, each) => (each.status === 'succeeded' ? sum + each.amount : sum), 0n),
    failure: null,
    presentation: status === 'pending' ? presentationOf(payment) : null,
    expiresAt: null,
    refunds,
    disputes: [],
    saved: null,
  };
}

function statusOf({ status, deleted, canBePaidAfterDueDate }: TokenPayment): Snapshot['status'] {
  if (status === 'RECEIVED') return 'succeeded';
  if (deleted) return 'canceled';
  return status === 'OVERDUE' && !canBePaidAfterDueDate ? 'expired' : 'pending';
}

function presentationOf({ pixPayload, identificationField, dueDate }: TokenPayment): Presentation {
  const codes = identificationField ? readBoleto(identificationField, { issuedOn: dueDate }) : null;
  if (!codes || 'problem' in codes) return { kind: 'pix', code: pixPayload };
  return { kind: 'boleto', line: codes.line, barcode: codes.barcode, pixCode: pixPayload };
}
