import { oneOf } from '@balcao/ui';
import type { LocationQuery, LocationQueryRaw } from 'vue-router';
import { INVOICE_STATUSES, type InvoiceStatus } from '../api/types.js';
import { daysOf, isSpan } from './day-span.js';

/** Orders of the list: what is due first, and what is due last. */
export const INVOICE_SORTS = ['dueOn', '-dueOn'] as const;
export type InvoiceSort = (typeof INVOICE_SORTS)[number];

/** What customers see of an invoice: drafts are none of theirs. */
export const SEEN_STATUSES = INVOICE_STATUSES.filter((status) => status !== 'draft');

/** What a list begins with: what is still owed, what is paid, or everything; or one status alone. */
export const INVOICE_SHELVES = ['open', 'paid', 'all'] as const;
export type InvoiceShow = (typeof INVOICE_SHELVES)[number] | `only:${InvoiceStatus}`;

const SHOWN: Record<(typeof INVOICE_SHELVES)[number], readonly InvoiceStatus[]> = {
  open: ['open', 'partially_paid', 'overdue'],
  paid: ['paid'],
  all: [],
};

/** What the list is narrowed to; it stands in the address. */
export interface InvoiceFilter {
  show: InvoiceShow;
  /** Due in that year or month: `2026`, `2026-11`. */
  due?: string;
  sort: InvoiceSort;
  q?: string;
  cursor?: string;
}

const onlyOf = (show: InvoiceShow) => SEEN_STATUSES.find((status) => show === `only:${status}`);
/** What is owed begins with what is due first, everything else with the newest. */
const usualSort = (show: InvoiceShow): InvoiceSort => (show === 'open' ? 'dueOn' : '-dueOn');
const textOf = (text: unknown) => (typeof text === 'string' && text !== '' ? text : undefined);

/** Reads the filter from an address, leaving out what makes no sense. */
export function filterOf(query: LocationQuery): InvoiceFilter {
  const status = oneOf(SEEN_STATUSES, query.status);
  const show = status ? (`only:${status}` as const) : (oneOf(INVOICE_SHELVES, query.show) ?? 'open');
  return {
    show,
    due: isSpan(query.due) ? query.due : undefined,
    sort: oneOf(INVOICE_SORTS, query.sort) ?? usualSort(show),
    q: textOf(query.q),
    cursor: textOf(query.cursor),
  };
}

/** Writes the filter for an address: only what differs from the list as it begins. */
export function queryOf({ show, sort, ...filter }: InvoiceFilter): LocationQueryRaw {
  const status = onlyOf(show);
  return {
    ...filter,
    status,
    show: status || show === 'open' ? undefined : show,
    sort: sort === usualSort(show) ? undefined : sort,
  };
}

/** Another shelf, in its own order and from its beginning. */
export const onShelf = (filter: InvoiceFilter, show: InvoiceShow): InvoiceFilter => ({
  ...filter,
  show,
  sort: usualSort(show),
  cursor: undefined,
});

/** What the API is asked for. */
export function askedFor({ show, due, sort, q, cursor }: InvoiceFilter) {
  const only = onlyOf(show);
  const statuses = only ? [only] : SHOWN[show as (typeof INVOICE_SHELVES)[number]];
  const { first, last } = due ? daysOf(due) : {};
  return { sort, q, cursor, status: statuses.join(',') || undefined, dueFrom: first, dueTo: last };
}

/** How many filters narrow the list beside its shelf and its search. */
export const filterCount = ({ show, due }: InvoiceFilter): number =>
  [onlyOf(show), due].filter((one) => one !== undefined).length;

export const isFiltered = (filter: InvoiceFilter): boolean => filterCount(filter) > 0 || filter.q !== undefined;
