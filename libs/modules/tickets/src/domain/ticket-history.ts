import type { Actor } from '@balcao/platform-tenancy';
import type { TicketPriority, TicketStatus, TicketType } from './ticket.js';

export const TICKET_EVENT_KINDS = ['taken', 'assigned', 'unassigned', 'status', 'priority', 'type'] as const;
export type TicketEventKind = (typeof TICKET_EVENT_KINDS)[number];
export const TICKET_ACTOR_TYPES = ['portal', 'staff', 'system'] as const;
export type TicketActorType = (typeof TICKET_ACTOR_TYPES)[number];

/** What of a ticket has a history. */
export interface TicketFacts {
  status: TicketStatus;
  priority: TicketPriority;
  type: TicketType;
  assigneeId: string | null;
}

/** One thing that became of a ticket. */
export interface TicketHappening {
  kind: TicketEventKind;
  /** Words of a status, priority or type; ids of who takes care. */
  from: string | null;
  to: string | null;
  actorType: TicketActorType;
  actorId: string | null;
}

/** What a change did to a ticket, by an answer as by any other way. */
export function historyOf(before: TicketFacts, change: Partial<TicketFacts>, actor: Actor): TicketHappening[] {
  const by = actorOf(actor);
  const told: TicketHappening[] = [];
  if (change.assigneeId !== undefined && change.assigneeId !== before.assigneeId) {
    const kind = !change.assigneeId ? 'unassigned' : change.assigneeId === actor.id ? 'taken' : 'assigned';
    // Customers give nobody a ticket: what becomes unassigned by their act is the house's doing.
    const doer = by.actorType === 'portal' ? SYSTEM : by;
    told.push({ kind, from: before.assigneeId, to: change.assigneeId, ...doer });
  }
  for (const kind of ['status', 'priority', 'type'] as const) {
    const [from, to] = [before[kind], change[kind]];
    if (to !== undefined && to !== from) told.push({ kind, from, to, ...by });
  }
  return told;
}

const SYSTEM = { actorType: 'system', actorId: null } as const;

function actorOf({ type, id }: Actor): Pick<TicketHappening, 'actorType' | 'actorId'> {
  if (!id || (type !== 'user' && type !== 'staff')) return SYSTEM;
  return { actorType: type === 'user' ? 'portal' : 'staff', actorId: id };
}
