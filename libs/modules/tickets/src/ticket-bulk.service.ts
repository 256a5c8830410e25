import { Injectable } from '@nestjs/common';
import type { DomainEvent, ErrorCode } from '@balcao/contracts';
import { DomainError, unknownReference } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { TicketRepository } from './persistence/ticket.repository.js';
import type { TicketState } from './persistence/ticket.rows.js';
import { TicketChanges, type TicketPatch } from './ticket-changes.js';

/** What many tickets can become at once. */
export type BulkPatch = Pick<TicketPatch, 'status' | 'priority' | 'assigneeId'>;

/** Tickets that one transaction hands over. */
const MOST_AT_ONCE = 100;

export const BULK_OUTCOMES = ['changed', 'unchanged', 'refused', 'not_found'] as const;

/** What became of one of the tickets; a refused one says why. */
export interface BulkOutcome {
  id: string;
  outcome: (typeof BULK_OUTCOMES)[number];
  code: ErrorCode | null;
}

/** Changes of many tickets in one transaction. */
@Injectable()
export class TicketBulkService {
  constructor(
    private readonly database: Database,
    private readonly tickets: TicketRepository,
    private readonly changes: TicketChanges,
    private readonly events: Events,
  ) {}

  /**
   * Changes every ticket that can be changed so, each with its own audit row and events, and says of each what became of
   * it, in the order of `ids`.
   * @throws DomainError validation_failed for an assignee who is no active staff
   */
  async update(context: OrganizationContext, ids: readonly string[], patch: BulkPatch): Promise<BulkOutcome[]> {
    return this.database.transaction(context, async (db) => {
      await this.changes.requireAssignee(db, patch.assigneeId);
      const outcomes = new Map<string, BulkOutcome>();
      const happened: DomainEvent[] = [];
      for (const ticket of await this.tickets.lockMany(db, ids)) {
        outcomes.set(ticket.id, await this.change(db, context, ticket, patch, happened));
      }
      await this.events.publish(db, context, ...happened);
      return ids.map((id) => outcomes.get(id.toLowerCase()) ?? { id, outcome: 'not_found' as const, code: null });
    });
  }

  /**
   * Gives tickets that one colleague has and that are not finished to another, or to nobody: so many as one transaction may
   * hold. Whoever asks goes on until it says that nothing is left.
   * @throws DomainError validation_failed for a colleague whom nobody knows, or an assignee who is no active staff
   */
  async handOver(
    context: OrganizationContext,
    from: string,
    to: string | null,
  ): Promise<{ changed: number; finished: boolean }> {
    const giver = from.toLowerCase();
    if (to?.toLowerCase() === giver) return { changed: 0, finished: true };
    return this.database.transaction(context, async (db) => {
      if (!(await this.tickets.statusOfColleague(db, giver))) throw unknownReference('from');
      await this.changes.requireAssignee(db, to, 'to');
      const ids = await this.tickets.unfinishedOf(db, giver, MOST_AT_ONCE);
      const held = (await this.tickets.lockMany(db, ids)).filter(({ assigneeId }) => assigneeId === giver);
      const happened: DomainEvent[] = [];
      for (const ticket of held) happened.push(...(await this.changes.apply(db, context, ticket, { assigneeId: to })));
      await this.events.publish(db, context, ...happened);
      return { changed: held.length, finished: ids.length < MOST_AT_ONCE };
    });
  }

  /** Adds to `happened`. A refusal is decided before anything of the ticket is written, so the others go on in the same transaction. */
  private async change(
    db: Db,
    context: OrganizationContext,
    ticket: TicketState,
    patch: BulkPatch,
    happened: DomainEvent[],
  ): Promise<BulkOutcome> {
    const { id } = ticket;
    try {
      const events = await this.changes.apply(db, context, ticket, patch);
      happened.push(...events);
      return { id, outcome: events.length > 0 ? 'changed' : 'unchanged', code: null };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'ticket_transition_not_allowed') throw error;
      return { id, outcome: 'refused', code: error.code };
    }
  }
}
