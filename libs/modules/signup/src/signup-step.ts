import type { FirstStep } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { signupSettings } from './signup-settings.js';

/** Done once companies can become customers by themselves somewhere. */
export const signupStep: FirstStep = {
  name: 'signup',
  count: async (db) => {
    const portals = await db.repository(PortalEntity).find({ select: { settings: true }, take: 100 });
    return portals.filter(({ settings }) => signupSettings.of(settings).enabled).length;
  },
};
