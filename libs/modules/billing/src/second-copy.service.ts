import { Injectable } from '@nestjs/common';
import { normalizeTaxId } from '@balcao/brazil';
import { LoginLimits, inSteadyTime } from '@balcao/module-auth';
import { Audit } from '@balcao/platform-audit';
import { newId } from '@balcao/platform-database';
import { Outbox } from '@balcao/platform-outbox';
import { Database, sql, systemContext } from '@balcao/platform-tenancy';
import type { VisitorContext } from './visitor-context.js';

/**
 * The links of what a customer owes for whoever knows the number of their CPF or CNPJ: they go to those on file and to nobody
 * else, and what is answered says nothing of whether there are any.
 */
@Injectable()
export class SecondCopyService {
  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Has the links of an account's invoices mailed, as far as anything is owed. Says the same, in about the same time, whether
   * there is such an account, it owes anything, and one more mail is still allowed. Limits are those of a forgotten password,
   * spent for whoever asks and for the number before anything is looked up.
   * @throws DomainError rate_limited for the address that asks
   */
  async request(visitor: VisitorContext, taxId: string): Promise<void> {
    const { organizationId, client } = visitor;
    await this.limits.spend('forgot', `second copy/${organizationId}`, client.ip);
    await inSteadyTime(async () => {
      const number = normalizeTaxId(taxId);
      const subject = { realm: 'portal', organizationId, who: `second copy of ${number}` } as const;
      if (await this.limits.spendAccount('forgot', subject)) return;
      await this.ask(visitor, number);
    });
  }

  /** Finding who is to have it, and their links, is the worker's: it takes as long as they are many. */
  private async ask(visitor: VisitorContext, taxId: string): Promise<void> {
    const context = systemContext(visitor.organizationId, visitor);
    await this.database.transaction(context, async (db) => {
      const account = await db.first<{ id: string }>(sql`
        select a.id from billing_accounts a where ${db.tenant('a')} and a.tax_id = ${taxId}`);
      if (!account) return;
      const payload = { billingAccountId: account.id, portalId: visitor.portalId!, requestId: newId() };
      await this.outbox.add(db, context, 'billing.second-copy', payload);
      await this.audit.record(db, context, {
        action: 'portal.second_copy.request',
        target: { type: 'billing_account', id: account.id },
        billingAccountId: account.id,
      });
    });
  }
}
