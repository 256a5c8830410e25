import { Injectable } from '@nestjs/common';
import type { DomainEvent } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { unknownReference } from '@balcao/platform-errors';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { statusEvents, ticketEvent } from './domain/ticket-events.js';
import { afterAssignment, endsAfter, requireTransition, type TicketEnds } from './domain/ticket-status.js';
import type { TicketPriority, TicketStatus, TicketType } from './domain/ticket.js';
import { TicketRepository } from './persistence/ticket.repository.js';
import type { TicketState } from './persistence/ticket.rows.js';
import { ticketSettings } from './ticket-settings.js';

export interface TicketPatch {
  status?: TicketStatus;
  priority?: TicketPriority;
  type?: TicketType;
  assigneeId?: string | null;
  externalTicketId?: string | null;
  externalTicketUrl?: string | null;
}

type Changes = Partial<Pick<TicketState, keyof TicketPatch>>;

/** How staff change a locked ticket, one by one or many at once: what it becomes, and its audit. */
@Injectable()
export class TicketChanges {
  constructor(
    private readonly tickets: TicketRepository,
    private readonly audit: Audit,
  ) {}

  /** @throws DomainError validation_failed for somebody who is no active staff */
  async requireAssignee(db: Db, id: string | null | undefined, path = 'assigneeId'): Promise<void> {
    if (id && (await this.tickets.statusOfColleague(db, id)) !== 'active') throw unknownReference(path);
  }

  /**
   * Writes what differs. Taking a new ticket opens it, unless the patch says otherwise.
   * @param patch with an assignee of whom the caller knows that they may be it, once for all of its tickets
   * @returns what happened, for the caller to publish; nothing where nothing differed
   * @throws DomainError ticket_transition_not_allowed
   */
  async apply(db: Db, context: OrganizationContext, ticket: TicketState, patch: TicketPatch): Promise<DomainEvent[]> {
    const now = context.clock.now();
    const { status: wanted } = patch;
    const assigneeId = patch.assigneeId?.toLowerCase() ?? patch.assigneeId;
    const status = wanted
      ? requireTransition(ticket.status, wanted)
      : assigneeId && assigneeId !== ticket.assigneeId
        ? afterAssignment(ticket.status)
        : ticket.status;
    const changes = differing(ticket, { ...patch, assigneeId, status });
    if (Object.keys(changes).length === 0) return [];
    await this.tickets.update(db, context, ticket, { ...changes, ...endsOf(ticket, status, now), updatedAt: now });
    await this.audit.record(db, context, {
      action: 'staff.ticket.update',
      target: { type: 'ticket', id: ticket.id },
      billingAccountId: ticket.billingAccountId,
      changes: { before: { ...ticket }, after: { ...ticket, ...changes } },
    });
    const { status: _, ...others } = changes;
    return [
      ...statusEvents(ticket.status, status, ticket),
      ...(Object.keys(others).length > 0 ? [ticketEvent('ticket.updated', ticket)] : []),
    ];
  }
}

/** The ends of a ticket that takes a status now; a resolved one closes when its portal says. */
export function endsOf(
  ticket: TicketEnds & Pick<TicketState, 'status' | 'settings'>,
  status: TicketStatus,
  now: Date,
): TicketEnds {
  return endsAfter(ticket, status, now, ticketSettings.of(ticket.settings).autoCloseDays);
}

/** The members of `wanted` that are given and differ. */
function differing(ticket: TicketState, wanted: Changes): Changes {
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) => value !== undefined && value !== ticket[name as keyof TicketState],
    ),
  );
}
