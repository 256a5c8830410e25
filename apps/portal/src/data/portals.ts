import { portalListPortals } from '@balcao/api-client';
import { query } from './keys.js';

/** The portals of the organization that are open to this person. */
export const useOpenPortals = query('portals', portalListPortals);
