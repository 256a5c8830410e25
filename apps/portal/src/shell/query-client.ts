import { ApiError } from '@balcao/ui';
import { QueryClient } from '@tanstack/vue-query';

const FRESH = 15_000;
const RETRIES = 2;

/** Server state: fresh as long as the API's own caching says, tried again only where trying again may help. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH,
        retry: (count, error) => count < RETRIES && mayPass(error),
      },
    },
  });
}

const mayPass = (error: unknown) => error instanceof ApiError && (error.status === 0 || error.status >= 500);
