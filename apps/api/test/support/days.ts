import { addDays, dayAt, type Day } from '@balcao/money';

/** Of the world's organizations, which have none of their own. */
const TIME_ZONE = 'America/Sao_Paulo';

/** The day so many days from another, by the calendar of the world's organizations: not by that of UTC, which is ahead of it. */
export const dayFrom = (days: number, at: Date = new Date()): Day => addDays(dayAt(at, TIME_ZONE), days);
