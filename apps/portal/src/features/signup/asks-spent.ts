import { ApiError } from '@balcao/ui';

const HOUR_SECONDS = 60 * 60;

/** Whether so many have asked for access to a company that no more mail about it goes out today: other limits end within an hour. */
export const areAsksSpent = (error: unknown): boolean =>
  error instanceof ApiError && error.status === 429 && (error.retryAfter ?? 0) > HOUR_SECONDS;
