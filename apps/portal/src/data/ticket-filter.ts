import { oneOf } from '@balcao/ui';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import {
  TICKET_PRIORITIES,
  TICKET_STATUSES,
  TICKET_TYPES,
  type TicketPriority,
  type TicketStatus,
  type TicketType,
} from '../api/types.js';

/** Orders of the list; the first stands where none is chosen. */
export const SORTS = ['-updatedAt', '-createdAt', 'createdAt', '-priority'] as const;
export type TicketSort = (typeof SORTS)[number];

/** What a list begins with: what is open, what waits for an answer, or everything; or one state alone. */
export const SHELVES = ['open', 'waiting', 'all'] as const;
export type TicketShow = (typeof SHELVES)[number] | `only:${TicketStatus}`;

const SHOWN: Record<(typeof SHELVES)[number], readonly TicketStatus[]> = {
  open: ['new', 'open', 'pending', 'on_hold'],
  waiting: ['pending'],
  all: [],
};

/** The states to ask the API for. */
export function statusesOf(show: TicketShow): string | undefined {
  const only = TICKET_STATUSES.find((status) => show === `only:${status}`);
  return (only ? [only] : SHOWN[show as (typeof SHELVES)[number]]).join(',') || undefined;
}

/** What the list is narrowed to; it stands in the address. */
export interface TicketFilter {
  show: TicketShow;
  type?: TicketType;
  priority?: TicketPriority;
  sort?: TicketSort;
  scope?: 'own';
  q?: string;
  page: number;
}

/** Reads the filter from an address, leaving out what makes no sense. */
export function filterOf(query: LocationQuery): TicketFilter {
  const status = oneOf(TICKET_STATUSES, query.status);
  return {
    show: status ? `only:${status}` : (oneOf(SHELVES, query.show) ?? 'open'),
    type: oneOf(TICKET_TYPES, query.type),
    sort: oneOf(SORTS.slice(1), query.sort),
    priority: oneOf(TICKET_PRIORITIES, query.priority),
    scope: oneOf(['own'], query.scope),
    q: typeof query.q === 'string' && query.q !== '' ? query.q : undefined,
    page: Math.max(1, Math.trunc(Number(query.page)) || 1),
  };
}

/** Writes the filter for an address: only what differs from the list as it begins. */
export function queryOf({ show, page, ...filter }: TicketFilter): LocationQueryRaw {
  const status = TICKET_STATUSES.find((one) => show === `only:${one}`);
  return {
    ...filter,
    status,
    show: status || show === 'open' ? undefined : show,
    page: page > 1 ? page : undefined,
  };
}

/** How many filters narrow the list beside its shelf and its search. */
export const filterCount = ({ show, type, priority, scope }: TicketFilter): number =>
  [show.startsWith('only:'), type, priority, scope].filter(Boolean).length;

export const isFiltered = (filter: TicketFilter): boolean => filterCount(filter) > 0 || filter.q !== undefined;
