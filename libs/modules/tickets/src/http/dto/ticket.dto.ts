import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Money, Nullable, EnumFilterField, PageQuery, SearchField, UuidField } from '@balcao/platform-http';
import { TICKET_PRIORITIES, TICKET_SOURCES, TICKET_STATUSES, TICKET_TYPES } from '../../domain/ticket.js';
import type { CommentAuthorType, TicketPriority, TicketSource, TicketStatus, TicketType } from '../../domain/ticket.js';
import type { DisputedInvoiceRow } from '../../persistence/ticket.rows.js';
import { TicketEvent } from './ticket-event.dto.js';
import { CursorField } from './ticket-fields.js';

/** What customers and staff narrow their lists by. */
export class TicketListQuery extends PageQuery {
  @EnumFilterField({ description: 'Status', values: TICKET_STATUSES, example: 'new,open' }) status?: TicketStatus[];
  @EnumFilterField({ description: 'Type', values: TICKET_TYPES }) type?: TicketType[];
  @EnumFilterField({ description: 'Priority', values: TICKET_PRIORITIES }) priority?: TicketPriority[];
  @SearchField({
    description:
      'A number, or words of subject, submitter, description and conversation: accents, case and endings apart, the last one may be unfinished. The newest come first',
    example: 'internet',
  })
  q?: string;
  @CursorField() cursor?: string;
}

export class TicketParty {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty() name: string;
}

/** What every list and every ticket shows, whoever reads it. */
export class TicketItem {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'T-2026-000123', description: 'What people quote; counted for each organization and year' })
  number: string;
  @ApiProperty({ description: 'What it is about, in one line', example: 'Internet cai todo dia por volta das 14h' })
  subject: string;
  @ApiProperty({ enum: TICKET_STATUSES }) status: TicketStatus;
  @ApiProperty({ enum: TICKET_PRIORITIES, description: 'How pressing it is' }) priority: TicketPriority;
  @ApiProperty({ enum: TICKET_TYPES, description: 'What kind of request it is' }) type: TicketType;
  @ApiProperty({ enum: TICKET_SOURCES, description: 'Through what it came' }) source: TicketSource;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ description: 'Last change that customers can see' }) updatedAt: Date;
  @ApiProperty({ type: 'integer', description: 'Public messages, without the description', example: 3 })
  commentCount: number;
}

/** The class of what was said, as its reader is shown each message. */
export function Conversation<Comment>(type: Type<Comment>): Type<{ comments: Comment[]; olderComments: boolean }> {
  class Messages {
    @ApiProperty({ type: [type], description: 'Oldest first; the latest 1,000, or as many as 400,000 bytes hold' })
    comments: Comment[];
    @ApiProperty({ description: 'Whether there are older ones: `GET …/comments?before=` with the id of the first' })
    olderComments: boolean;
  }
  return Messages;
}

/** The invoice of which a charge is disputed. */
export class DisputedInvoiceFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) number: string;
  @ApiProperty({ description: 'What it is for, in one line', example: 'Mensalidade de outubro' }) title: string;
  @ApiProperty({ type: Money, description: 'What it came to' }) total: Money;
  @ApiProperty({ type: Money, description: 'What of it is still to pay, without charges for lateness' }) owed: Money;
}

/** What a ticket's own page shows besides. */
export class TicketFacts {
  @ApiProperty({ description: 'What happened, or what is needed; plain text' }) description: string;
  @Nullable(String, 'Key of the ticket in another system; null for none')
  externalTicketId: string | null;
  @Nullable(String, 'Page of the ticket in another system; null for none') externalTicketUrl: string | null;
  @Nullable(
    DisputedInvoiceFacts,
    'Invoice of which a charge is disputed; null where none is, and for who may not read invoices',
  )
  invoice: DisputedInvoiceFacts | null;
  @Nullable(Date, 'When it was resolved; null while it is not') resolvedAt: Date | null;
  @Nullable(Date, 'When it was closed; null while it is not') closedAt: Date | null;
  @Nullable(Date, 'When a resolved ticket closes by itself; null where it does not') closesAt: Date | null;
  @ApiProperty({
    type: [TicketEvent],
    description: 'What became of it beside the comments, oldest first; the latest 1,000',
  })
  history: TicketEvent[];
}

/** Older messages than a ticket's own page holds. */
export class EarlierCommentsQuery {
  @UuidField({ description: 'Comment before which they stand; the latest where absent', optional: true })
  before?: string;
}

/** A message as everybody reads it who may. */
export class TicketComment {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Plain text; empty where it was taken back' }) body: string;
  @ApiProperty({ enum: ['portal', 'staff'], description: 'Whether a customer or staff wrote it' })
  authorType: CommentAuthorType;
  @ApiProperty({ description: 'Who wrote it, under their present name', example: 'Rafael Nogueira' })
  authorName: string;
  @ApiProperty({ description: 'Whether the caller wrote it' }) mine: boolean;
  @ApiProperty({ description: 'False for internal notes, which no customer is shown' }) isPublic: boolean;
  @ApiProperty() createdAt: Date;
  @Nullable(Date, 'When its author last changed it') editedAt: Date | null;
  @ApiProperty({ description: 'Whether its author took it back' }) removed: boolean;
  @ApiProperty({ description: 'Whether the caller may still change it' }) canChange: boolean;
}

/** Somebody, where an id says that there is one. */
export function party(id: string | null, name: string | null): TicketParty | null {
  return id ? { id, name: name ?? '' } : null;
}

/** The invoice that a ticket disputes a charge of. */
export const disputedInvoice = (row: DisputedInvoiceRow | null): DisputedInvoiceFacts | null =>
  row && {
    id: row.id,
    number: row.number,
    title: row.title,
    total: { amount: row.total, currency: row.currency },
    owed: { amount: row.owed, currency: row.currency },
  };
