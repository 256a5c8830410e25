import { found } from '@balcao/platform-errors';
import { sql, type Db } from '@balcao/platform-tenancy';
import type { Party } from './billing.entities.js';

/** A customer as papers name it. @throws DomainError not_found */
export async function partyOf(db: Db, billingAccountId: string): Promise<Party> {
  const account = await db.first<Party>(sql`
    select a.name, a.legal_name as "legalName", a.tax_id as "taxId", a.address, a.email, a.phone
    from billing_accounts a where ${db.tenant('a')} and a.id = ${billingAccountId}::uuid`);
  return found(account);
}
