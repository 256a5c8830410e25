import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import {
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  TICKET_TYPES,
  type TicketPriority,
  type TicketStatus,
  type TicketType,
} from '../../api/types.js';

/** Orders of the list; the first stands where none is chosen. */
export const SORTS = ['-updatedAt', '-createdAt', 'createdAt', '-priority'] as const;
export type TicketSort = (typeof SORTS)[number];

/** What the list is narrowed to; it stands in the address. */
export interface TicketFilter {
  status?: TicketStatus;
  type?: TicketType;
  priority?: TicketPriority;
  sort?: TicketSort;
  scope?: 'own';
  q?: string;
  page: number;
}

/** Reads the filter from an address, leaving out what makes no sense. */
export function filterOf(query: LocationQuery): TicketFilter {
  return {
    status: TICKET_STATUSES.find((status) => status === query.status),
    type: TICKET_TYPES.find((type) => type === query.type),
    sort: SORTS.slice(1).find((sort) => sort === query.sort),
    priority: TICKET_PRIORITIES.find((priority) => priority === query.priority),
    scope: query.scope === 'own' ? 'own' : undefined,
    q: typeof query.q === 'string' && query.q !== '' ? query.q : undefined,
    page: Math.max(1, Math.trunc(Number(query.page)) || 1),
  };
}

/** Writes the filter for an address: only what differs from the whole list. */
export function queryOf({ page, ...filter }: TicketFilter): LocationQueryRaw {
  return { ...filter, page: page > 1 ? page : undefined };
}

export const isFiltered = ({ status, type, priority, scope, q }: TicketFilter): boolean =>
  Boolean(status ?? type ?? priority ?? scope ?? q);
