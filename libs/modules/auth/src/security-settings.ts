import { defineSettings } from '@balcao/module-directory';

/** How long customers stay signed in, and what wrong passwords lead to. */
export const securitySettings = defineSettings('security', {
  sessionAbsoluteDays: {
    kind: 'integer',
    default: 30,
    min: 1,
    max: 365,
    description: 'Days after which a session ends, however busy it was',
  },
  lockThreshold: {
    kind: 'integer',
    default: 10,
    min: 3,
    max: 100,
    description: 'Consecutive wrong passwords that lock an e-mail',
  },
  lockMinutes: {
    kind: 'integer',
    default: 30,
    min: 0,
    max: 10_080,
    description: 'Minutes of a lock; 0 until somebody ends it',
  },
});

export type PortalSecurity = ReturnType<typeof securitySettings.of>;
