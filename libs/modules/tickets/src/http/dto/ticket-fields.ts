import { refusedField } from '@balcao/platform-errors';
import { CLEARABLE, EnumField, TextField, UuidField } from '@balcao/platform-http';
import { TICKET_PRIORITIES, TICKET_STATUSES, TICKET_TYPES } from '../../domain/ticket.js';
import type { TicketPriority, TicketType } from '../../domain/ticket.js';

/** Fields that several requests share, each with one set of limits. */
export const SubjectField = (optional: boolean, description: string, otherNameOf?: string) =>
  TextField({ description, max: 255, optional, otherNameOf, example: 'Internet cai todo dia por volta das 14h' });

export const MessageField = (description: string, optional = false, otherNameOf?: string) =>
  TextField({
    description,
    max: 20_000,
    optional,
    otherNameOf,
    example: 'Desde quinta-feira a conexão da loja 2 cai entre 14h e 14h20.',
  });

export const PriorityField = (description: string) =>
  EnumField({ description, values: TICKET_PRIORITIES, optional: true, example: 'normal' });

export const StatusField = (description: string) =>
  EnumField({ description, values: TICKET_STATUSES, optional: true, example: 'resolved' });

export const AssigneeField = (description: string) => UuidField({ description, ...CLEARABLE });

export const TypeField = (description: string) =>
  EnumField({ description, values: TICKET_TYPES, optional: true, example: 'request' });

/** What whoever opens a ticket says beside its subject. */
export class NewTicketRequest {
  @MessageField('What happened, or what is needed; plain text') description: string;
  @PriorityField('How pressing it is; `normal` where absent') priority?: TicketPriority;
  @TypeField('What it is; `request` where absent') type?: TicketType;
}

export const SortField = (values: readonly string[], more = '') =>
  EnumField({ description: `Order; a minus means descending${more}`, values, optional: true });

export const CursorField = () =>
  TextField({
    description: '`nextCursor` of the page before, in the same order; counts instead of `page`',
    max: 300,
    optional: true,
    example: 'WyItY3JlYXRlZEF0Iiwx',
  });

/**
 * The value of a field that has two names.
 * @throws DomainError validation_failed, for the first name, unless exactly one of them is used
 */
export function valueOf<Name extends string>(
  request: { [Each in Name]?: string },
  name: Name,
  otherName: Name,
): string {
  const [value, other] = [request[name], request[otherName]];
  const given = value ?? other;
  if (given !== undefined && (value === undefined || other === undefined)) return given;
  throw refusedField(name, 'exactlyOne', { fields: `${name}, ${otherName}` });
}
