import { Injectable } from '@nestjs/common';
import type { EventName, HeardEvent } from '@balcao/contracts';
import { Subscriber, type EventSubscriber, type Finish } from '@balcao/platform-outbox/worker';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { isOpen } from '../domain/payment.js';
import { PaymentRunner } from '../payment-runner.service.js';
import { PaymentRepository } from '../persistence/payment.repository.js';

const HEARD = [
  'invoice.paid',
  'invoice.partially_paid',
  'invoice.written_off',
  'invoice.credited',
  'invoice.voided',
  'invoice.due_changed',
] as const satisfies EventName[];
type Heard = Extract<HeardEvent, { name: (typeof HEARD)[number] }>;

/** Withdraws codes that would pay what is owed no more, or another amount than they ask for. */
@Injectable()
@Subscriber('payments.follow', HEARD)
export class FollowInvoicesSubscriber implements EventSubscriber<Heard['name']> {
  constructor(
    private readonly database: Database,
    private readonly payments: PaymentRepository,
    private readonly runner: PaymentRunner,
  ) {}

  async hear({ name, ids: { invoiceId } }: Heard, context: OrganizationContext, finish: Finish): Promise<void> {
    await this.database.transaction(context, async (db) => {
      // In the order of their ids, as everybody who holds several.
      const open = (await this.payments.openOf(db, [invoiceId])).sort((a, b) => (a.id < b.id ? -1 : 1));
      for (const { id } of open) {
        const payment = await this.payments.lock(db, id);
        // One that has ended meanwhile needs no withdrawing.
        if (!payment || payment.withdrawnFor || !isOpen(payment)) continue;
        const targets = await this.payments.askedTargets(db, id);
        const isShort = targets.some(({ owed, principal }) => owed < principal);
        const isOtherDay =
          name === 'invoice.due_changed' &&
          (payment.dueOn !== null || targets.some(({ fine, interest }) => fine + interest > 0n));
        if (!isShort && !isOtherDay) continue;
        const isSettled = targets.every(({ owed }) => owed === 0n);
        await this.runner.withdraw(db, context, payment, isSettled ? 'settled' : 'changed');
      }
      await finish(db);
    });
  }
}
