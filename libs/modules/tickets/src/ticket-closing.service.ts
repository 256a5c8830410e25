import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { Events } from '@balcao/platform-events';
import { Database, type Db, type DueWork, type OrganizationContext } from '@balcao/platform-tenancy';
import { statusEvents } from './domain/ticket-events.js';
import { endsAfter } from './domain/ticket-status.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import type { TicketState } from './persistence/ticket.rows.js';

/** Tickets that one transaction closes: few enough that nobody waits for its locks. */
const BATCH = 50;

/**
 * Closes resolved tickets when the moment has come that their customers were told. Nobody is told again: the mail about
 * the solution named the moment, and the ticket can still be reopened.
 */
@Injectable()
export class TicketClosingService implements DueWork {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly audit: Audit,
    private readonly events: Events,
  ) {}

  async runDue(context: OrganizationContext): Promise<void> {
    await this.closeDue(context, Infinity);
  }

  /**
   * Closes up to `most` of the organization's tickets that are due by its own clock. One that somebody holds is left to
   * the next time, and one that was taken up again meanwhile is due no more, so doing it twice does it once.
   * @returns how many were closed
   */
  async closeDue(context: OrganizationContext, most: number): Promise<number> {
    let closed = 0;
    while (closed < most) {
      const batch = Math.min(BATCH, most - closed);
      const done = await this.database.transaction(context, (db) => this.closeBatch(db, context, batch));
      closed += done;
      if (done < batch) break;
    }
    return closed;
  }

  private async closeBatch(db: Db, context: OrganizationContext, limit: number): Promise<number> {
    const now = context.clock.now();
    const due = await this.tickets.lockDue(db, now, limit);
    // In the order in which every writer of many tickets changes them.
    due.sort((a, b) => compare(a.billingAccountId, b.billingAccountId) || compare(a.id, b.id));
    for (const ticket of due) await this.close(db, context, ticket, now);
    const happened = due.flatMap((ticket) => statusEvents(ticket.status, 'closed', ticket));
    await this.events.publish(db, context, ...happened);
    return due.length;
  }

  private async close(db: Db, context: OrganizationContext, ticket: TicketState, now: Date): Promise<void> {
    const status = 'closed';
    await this.tickets.update(db, context, ticket, { status, ...endsAfter(ticket, status, now), updatedAt: now });
    await this.audit.record(db, context, {
      action: 'system.ticket.close',
      target: { type: 'ticket', id: ticket.id },
      billingAccountId: ticket.billingAccountId,
      changes: { before: { status: ticket.status }, after: { status } },
    });
  }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
