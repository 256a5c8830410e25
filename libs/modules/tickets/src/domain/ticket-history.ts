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
  assigneeName: string | null;
}

/** One thing that became of a ticket. */
export interface TicketHappening {
  kind: TicketEventKind;
  from: string | null;
  to: string | null;
  actorType: TicketActorType;
  actorId: string | null;
  actorName: string | null;
}

/**
 * What a change did to a ticket. That it is open now is not told of one that an answer or somebody who takes it opens:
 * those say so themselves.
 */
export function historyOf(
  before: TicketFacts,
  change: Partial<TicketFacts> & { answered?: boolean },
  actor: Actor,
): TicketHappening[] {
  const by = actorOf(actor);
  const told: TicketHappening[] = [];
  const reassigned = change.assigneeId !== undefined && change.assigneeId !== before.assigneeId;
  if (reassigned) {
    const kind = !change.assigneeId ? 'unassigned' : change.assigneeId === actor.id ? 'taken' : 'assigned';
    // Customers give nobody a ticket: what becomes unassigned by their act is the house's doing.
    const doer = by.actorType === 'portal' ? SYSTEM : by;
    told.push({ kind, from: before.assigneeName, to: change.assigneeName ?? null, ...doer });
  }
  const taken = reassigned && Boolean(change.assigneeId);
  const isOpened = change.status === 'open' && (before.status === 'new' || before.status === 'pending');
  for (const kind of ['status', 'priority', 'type'] as const) {
    const [from, to] = [before[kind], change[kind]];
    if (to === undefined || to === from) continue;
    if (kind === 'status' && isOpened && (taken || change.answered)) continue;
    told.push({ kind, from, to, ...by });
  }
  return told;
}

const SYSTEM = { actorType: 'system', actorId: null, actorName: null } as const;

function actorOf({ type, id, name }: Actor): Pick<TicketHappening, 'actorType' | 'actorId' | 'actorName'> {
  if (!id || (type !== 'user' && type !== 'staff')) return SYSTEM;
  return { actorType: type === 'user' ? 'portal' : 'staff', actorId: id, actorName: name ?? null };
}
