import { Injectable } from '@nestjs/common';
import { newId } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';
import { Database, insertInto, sql, type Db } from '@balcao/platform-tenancy';
import type { GatewayAccount } from '../gateway-account.js';
import type { FailureCode, GatewayMethod, SetupSnapshot, Snapshot } from '../gateway.js';
import { SANDBOX_CARDS, type SandboxCard, type SandboxCardName } from './sandbox-cards.js';
import { SandboxDelivery, type SandboxEvent } from './sandbox-delivery.js';
import { MOST_DELAY_MS, type SandboxFaults } from './sandbox-faults.js';
import { payableAt } from './sandbox-late.js';
import { isGatewayId, setupOf, setupSnapshotOf, statusAt, type PaymentRow, type SetupRow } from './sandbox-rows.js';
import { SandboxService } from './sandbox-service.js';

/** What a pretended page shows of a payment. */
export interface SandboxPayment {
  snapshot: Snapshot;
  /** What pays it now, in minor units: of a slip behind its due date with fine and interest. */
  toPay: bigint;
  description: string;
  payerName: string;
  /** Where the page sends people back to; null where there is no page. */
  page: { successUrl: string; cancelUrl: string; savesMethod: boolean } | null;
}

/** What a pretended page shows where a card is added. */
export interface SandboxSetup {
  snapshot: SetupSnapshot;
  payerName: string;
  page: { successUrl: string; cancelUrl: string };
}

export interface SandboxPaying {
  /** In minor units; what pays it at that moment where it is left out. */
  amount?: bigint;
  /** When the payer's bank says that it was; now where it is left out. */
  at?: Date;
  /** Of cards; `approved` where it is left out. */
  card?: SandboxCardName;
}

const RESPONSE_MS = 7 * 86_400_000;

/**
 * Plays the payer and the bank of the sandbox. Whatever is done answers the events that the service would now deliver; whoever calls
 * brings them to where the organization takes events, byte for byte.
 *
 * Each throws `not_found` for what is not there, and `conflict` for what cannot happen to it.
 */
@Injectable()
export class SandboxBank {
  constructor(
    private readonly database: Database,
    private readonly delivery: SandboxDelivery,
  ) {}

  async look(account: GatewayAccount, gatewayId: string): Promise<SandboxPayment> {
    const service = this.serviceOf(account);
    return service.transaction(async (db) => {
      const row = await paymentOf(service, db, gatewayId);
      const { description, payerName, page } = row;
      const toPay = payableAt(row, service.now);
      return { snapshot: await service.snapshot(db, row), toPay, description, payerName, page };
    });
  }

  async lookAtSetup(account: GatewayAccount, gatewayId: string): Promise<SandboxSetup> {
    const service = this.serviceOf(account);
    return service.transaction(async (db) => {
      const row = await openedSetup(account, db, gatewayId);
      const url = `${account.pageBase ?? ''}/cards/${row.id}`;
      const snapshot = await setupSnapshotOf(db, account.id, row, url, service.now);
      return { snapshot, payerName: row.payerName, page: row.page };
    });
  }

  /**
   * Pays, also what is canceled, expired or has failed: money that was on its way comes. A slip can be paid again and in parts; a
   * PIX code and a page once.
   */
  pay(account: GatewayAccount, gatewayId: string, { amount, at, card }: SandboxPaying = {}): Promise<SandboxEvent[]> {
    return this.act(account, gatewayId, async (service, db, row) => {
      if (row.status === 'succeeded' && row.method !== 'boleto') throw new DomainError('conflict');
      const paid = amount ?? payableAt(row, at ?? service.now);
      if (paid <= 0n) throw new DomainError('conflict');
      const customerId = row.page?.customerId ?? null;
      const cardId =
        row.method === 'card' && row.page?.savesMethod ? await addCard(service, db, customerId, card) : row.cardId;
      await service.change(db, row, 'payment.succeeded', {
        status: 'succeeded',
        received: row.received + paid,
        receivedAt: at ?? service.now,
        failure: null,
        cardId,
      });
    });
  }

  decline(account: GatewayAccount, gatewayId: string, failure: FailureCode): Promise<SandboxEvent[]> {
    return this.act(account, gatewayId, async (service, db, row) => {
      demandOpen(service, row);
      await service.change(db, row, 'payment.failed', { status: 'failed', failure });
    });
  }

  expire(account: GatewayAccount, gatewayId: string): Promise<SandboxEvent[]> {
    return this.act(account, gatewayId, async (service, db, row) => {
      if (row.status !== 'pending') throw new DomainError('conflict');
      await service.change(db, row, 'payment.expired', { status: 'expired' });
    });
  }

  /** The payer demands the money back from their bank; all of it where no amount is said. */
  dispute(
    account: GatewayAccount,
    gatewayId: string,
    { amount, reason = 'fraudulent' }: { amount?: bigint; reason?: string } = {},
  ): Promise<SandboxEvent[]> {
    return this.act(account, gatewayId, async (service, db, row) => {
      const disputed = amount ?? row.received;
      if (row.status !== 'succeeded' || disputed <= 0n || disputed > row.received) throw new DomainError('conflict');
      if (row.disputes.some(({ status }) => status !== 'won')) throw new DomainError('conflict');
      const respondBy = new Date(service.now.getTime() + RESPONSE_MS);
      const dispute = { gatewayId: newId(), amount: disputed, reason, status: 'needs_response' as const, respondBy };
      await service.change(db, row, 'payment.disputed', { disputes: [...row.disputes, dispute] });
    });
  }

  /** Ends the open dispute of a payment, as seen by whoever was paid: `won` gives the money back to them. */
  endDispute(account: GatewayAccount, gatewayId: string, status: 'won' | 'lost'): Promise<SandboxEvent[]> {
    return this.act(account, gatewayId, async (service, db, row) => {
      const isOpen = ({ status: each }: { status: string }) => each !== 'won' && each !== 'lost';
      if (!row.disputes.some(isOpen)) throw new DomainError('conflict');
      const disputes = row.disputes.map((each) => (isOpen(each) ? { ...each, status } : each));
      await service.change(db, row, 'payment.dispute_ended', { disputes });
    });
  }

  /** Ends a refund that is pending. */
  settleRefund(
    account: GatewayAccount,
    gatewayId: string,
    refundGatewayId: string,
    status: 'succeeded' | 'failed',
  ): Promise<SandboxEvent[]> {
    return this.act(account, gatewayId, async (service, db, row) => {
      const isIt = (each: PaymentRow['refunds'][number]) =>
        each.gatewayId === refundGatewayId && each.status === 'pending';
      if (!row.refunds.some(isIt)) throw new DomainError('conflict');
      const refunds = row.refunds.map((each) => (isIt(each) ? { ...each, status } : each));
      await service.change(db, row, 'payment.refund_settled', { refunds });
    });
  }

  /** A payment comes that nobody on the other side has asked for. */
  async stray(
    account: GatewayAccount,
    { method, currency, amount }: { method: GatewayMethod; currency: string; amount: bigint },
  ): Promise<SandboxEvent[]> {
    const service = this.serviceOf(account);
    const id = newId();
    await service.transaction(async (db) => {
      const plain = { id, method, currency, amount, status: 'pending', changedAt: service.changedAt };
      await db.execute(insertInto('sandbox_payments', { ...plain, gatewayId: account.id }));
    });
    return this.pay(account, id);
  }

  /** Saves a card where a setup waits for one. */
  async saveCard(
    account: GatewayAccount,
    gatewayId: string,
    card: SandboxCardName = 'approved',
  ): Promise<SandboxEvent[]> {
    return this.endSetup(account, gatewayId, async (service, db, row) => ({
      status: 'succeeded',
      cardId: await addCard(service, db, row.customerId, card),
    }));
  }

  /** Refuses to save a card where a setup waits for one. */
  async refuseCard(account: GatewayAccount, gatewayId: string): Promise<SandboxEvent[]> {
    return this.endSetup(account, gatewayId, () => Promise.resolve({ status: 'failed', cardId: null }));
  }

  /** Events that were left by calls of the adapter, or are held back. */
  async takeEvents(account: GatewayAccount): Promise<SandboxEvent[]> {
    return this.serviceOf(account).takeEvents();
  }

  async faults(account: GatewayAccount): Promise<SandboxFaults> {
    const service = this.serviceOf(account);
    return service.read((db) => service.faults(db));
  }

  /** Sets what goes wrong from now on; what is left out stays as it is. */
  async setFaults(account: GatewayAccount, changes: Partial<SandboxFaults>): Promise<SandboxFaults> {
    const service = this.serviceOf(account);
    return service.transaction(async (db) => {
      const faults = { ...(await service.faults(db, true)), ...changes };
      faults.delayMs = Math.min(Math.max(faults.delayMs, 0), MOST_DELAY_MS);
      await service.setFaults(db, faults);
      return faults;
    });
  }

  private async act(
    account: GatewayAccount,
    gatewayId: string,
    work: (service: SandboxService, db: Db, row: PaymentRow) => Promise<void>,
  ): Promise<SandboxEvent[]> {
    const service = this.serviceOf(account);
    await service.transaction(async (db) => work(service, db, await paymentOf(service, db, gatewayId)));
    return service.takeEvents();
  }

  private async endSetup(
    account: GatewayAccount,
    gatewayId: string,
    work: (service: SandboxService, db: Db, row: SetupRow) => Promise<Pick<SetupRow, 'status' | 'cardId'>>,
  ): Promise<SandboxEvent[]> {
    const service = this.serviceOf(account);
    await service.transaction(async (db) => {
      const row = await openedSetup(account, db, gatewayId);
      if (statusAt(row, service.now) !== 'pending') throw new DomainError('conflict');
      const { status, cardId } = await work(service, db, row);
      await db.execute(sql`
        update sandbox_setups s set status = ${status}, card_id = ${cardId}
        where ${db.tenant('s')} and s.gateway_id = ${account.id} and s.id = ${row.id}`);
      await service.leave(db, `setup.${status}`, { kind: 'setup', gatewayId: row.id, ourId: row.setupId });
    });
    return service.takeEvents();
  }

  private serviceOf(account: GatewayAccount): SandboxService {
    if (account.kind !== 'sandbox') throw new Error('Nobody plays the bank of a real payment service');
    return new SandboxService(this.database, account, this.delivery);
  }
}

async function paymentOf(service: SandboxService, db: Db, gatewayId: string): Promise<PaymentRow> {
  const row = isGatewayId(gatewayId) ? await service.held(db, gatewayId) : undefined;
  if (!row) throw new DomainError('not_found');
  return row;
}

async function openedSetup(account: GatewayAccount, db: Db, gatewayId: string): Promise<SetupRow> {
  const row = isGatewayId(gatewayId) ? await setupOf(db, account.id, gatewayId, true) : undefined;
  if (!row) throw new DomainError('not_found');
  return row;
}

function demandOpen({ now }: SandboxService, row: PaymentRow): void {
  if (statusAt(row, now) !== 'pending') throw new DomainError('conflict');
}

async function addCard(
  service: SandboxService,
  db: Db,
  customerId: string | null,
  outcome: SandboxCardName = 'approved',
): Promise<string> {
  const { brand, lastFour, endsSoon }: SandboxCard = SANDBOX_CARDS[outcome];
  const { now } = service;
  const id = newId();
  await db.execute(
    insertInto('sandbox_cards', {
      id,
      gatewayId: service.account.id,
      customerId: customerId !== null && isGatewayId(customerId) ? customerId : newId(),
      outcome,
      brand,
      lastFour,
      expiresMonth: endsSoon ? now.getUTCMonth() + 1 : 12,
      expiresYear: now.getUTCFullYear() + (endsSoon ? 0 : 3),
    }),
  );
  return id;
}
