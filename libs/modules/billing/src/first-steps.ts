import { countUpTo, type FirstStep } from '@balcao/module-directory';
import { sql } from '@balcao/platform-tenancy';

/** Done once invoices say whom they are from: name, number and address, as the console asks for. */
const issuerStep: FirstStep = {
  name: 'issuer',
  count: (db) =>
    countUpTo(
      db,
      sql`select 1 from billing_settings s where ${db.tenant('s')} and s.legal_name is not null and s.tax_id is not null
        and s.address ->> 'postalCode' is not null and s.address ->> 'street' is not null and s.address ->> 'city' is not null`,
    ),
};

/** Done once one was sent from here; what was brought along from another system is none. */
const invoiceStep: FirstStep = {
  name: 'invoice',
  count: (db) =>
    countUpTo(
      db,
      sql`select 1 from invoices i where ${db.tenant('i')} and i.opened_at is not null and i.source <> 'import'`,
    ),
};

export const BILLING_FIRST_STEPS: readonly FirstStep[] = [issuerStep, invoiceStep];
