import { ApiProperty } from '@nestjs/swagger';
import { TICKET_ACTOR_TYPES, TICKET_EVENT_KINDS } from '../../domain/ticket-history.js';
import type { TicketActorType, TicketEventKind } from '../../domain/ticket-history.js';
import type { EventRow } from '../../persistence/ticket.rows.js';
import { Nullable } from '@balcao/platform-http';

/** One thing that became of a ticket beside its messages. */
export class TicketEvent {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ enum: TICKET_EVENT_KINDS, description: 'What became of the ticket; `taken` by the one who did it' })
  kind: TicketEventKind;
  @Nullable(String, 'Word, or name of the one who took care, before') from: string | null;
  @Nullable(String, 'Word, or name of the one who takes care, from then on') to: string | null;
  @ApiProperty({ enum: TICKET_ACTOR_TYPES, description: 'Who did it; `system` is the passing of time' })
  actorType: TicketActorType;
  @Nullable(String, 'Name of who did it', { example: 'Rafael Nogueira' }) actorName: string | null;
  @ApiProperty({ description: 'Whether the caller did it' }) mine: boolean;
  @ApiProperty() createdAt: Date;
}

export function presentEvent({ actorId, ...event }: EventRow, callerId: string | undefined): TicketEvent {
  return { ...event, mine: actorId !== null && actorId === callerId };
}

/** As customers see it: who takes care has a name for them, whoever else of staff does something has none. */
export function presentEventToCustomer(row: EventRow, callerId: string | undefined): TicketEvent {
  const event = presentEvent(row, callerId);
  const isOfStaff = event.kind === 'taken' || event.kind === 'assigned' || event.kind === 'unassigned';
  return {
    ...event,
    from: isOfStaff ? null : event.from,
    actorName: event.actorType === 'portal' || event.kind === 'taken' ? event.actorName : null,
  };
}
