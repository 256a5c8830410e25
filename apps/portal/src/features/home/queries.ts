import { portalListArticles, portalListTickets } from '@balcao/api-client';
import { useQuery } from '@tanstack/vue-query';
import { useOrganizationKey } from '../../api/query-key.js';

const SHOWN_TICKETS = 5;
const SHOWN_ARTICLES = 4;
const ACTIVE = 'new,open,pending,on_hold';

/** The tickets that are being worked on, latest first. */
export function useOpenTickets() {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('tickets', 'home'),
    queryFn: ({ signal }) =>
      portalListTickets({ query: { status: ACTIVE, sort: '-updatedAt', limit: SHOWN_TICKETS }, signal }),
  });
}

/** The articles changed last. */
export function useLatestArticles() {
  const key = useOrganizationKey();
  return useQuery({
    queryKey: key('articles', 'home'),
    queryFn: ({ signal }) => portalListArticles({ query: { limit: SHOWN_ARTICLES }, signal }),
  });
}
