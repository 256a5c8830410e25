import type { PostalAddress } from '@balcao/module-directory';
import { found } from '@balcao/platform-errors';
import type { Payer } from '@balcao/platform-gateways';
import { sql, type Db } from '@balcao/platform-tenancy';

/** Who pays for an account, as gateways are told. @throws DomainError not_found */
export async function payerOf(db: Db, billingAccountId: string): Promise<Payer> {
  const account = await db.first<{
    name: string;
    legalName: string | null;
    taxId: string | null;
    email: string | null;
    address: PostalAddress | null;
  }>(sql`
    select a.name, a.legal_name as "legalName", a.tax_id as "taxId", a.email, a.address from billing_accounts a
    where ${db.tenant('a')} and a.id = ${billingAccountId}::uuid`);
  const { name, legalName, address, ...payer } = found(account);
  return { ...payer, name: legalName ?? name, address: address && { ...address, country: 'BR' } };
}
