import { sql } from '@balcao/platform-tenancy';
import { countUpTo, type FirstStep } from './domain/first-step.js';

/** What of getting started leaves people and customers behind. */
export const DIRECTORY_FIRST_STEPS: readonly FirstStep[] = [
  {
    name: 'team',
    // Whoever is invited counts: the rest is up to them.
    enough: 2,
    count: (db) => countUpTo(db, sql`select 1 from staff_users s where ${db.tenant('s')} and s.status <> 'suspended'`),
  },
  {
    name: 'customer',
    count: (db) => countUpTo(db, sql`select 1 from billing_accounts a where ${db.tenant('a')}`),
  },
];
