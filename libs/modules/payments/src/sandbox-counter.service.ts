import { Injectable } from '@nestjs/common';
import { found } from '@balcao/platform-errors';
import {
  SandboxBank,
  type FailureCode,
  type GatewayAccount,
  type SandboxCardName,
  type SandboxEvent,
  type SandboxPayment,
  type SandboxSetup,
} from '@balcao/platform-gateways';
import { Database, sql, systemContext, type OrganizationContext, type Sql } from '@balcao/platform-tenancy';
import { GatewayDesk, type SealedAccount } from './gateway-desk.js';
import { GatewayEventService } from './gateway-event.service.js';

/** What whoever plays payer and bank does with a payment. Amounts are in minor units. */
export type SandboxDeed =
  | { kind: 'pay'; amount?: bigint }
  | { kind: 'decline'; failure: FailureCode }
  | { kind: 'expire' }
  | { kind: 'dispute' };

/** The same where a card is added. */
export type SandboxSetupDeed = { kind: 'save'; card: SandboxCardName } | { kind: 'refuse' };

/**
 * Payer and bank of a pretended payment service, for whoever tries the product. Who holds a payment's name there may play with it,
 * whoever's it is and signed in or not, as whoever holds a code can pay it. What is done comes back as events, as if the service had called.
 */
@Injectable()
export class SandboxCounter {
  constructor(
    private readonly database: Database,
    private readonly desk: GatewayDesk,
    private readonly bank: SandboxBank,
    private readonly gatewayEvents: GatewayEventService,
  ) {}

  /** @throws DomainError not_found, also where a real service has the payment */
  async look(context: OrganizationContext, gatewayId: string): Promise<SandboxPayment> {
    return this.bank.look(await this.accountOf(context, gatewayId), gatewayId);
  }

  /** @throws DomainError not_found, conflict for what cannot happen to the payment any more */
  async play(context: OrganizationContext, gatewayId: string, deed: SandboxDeed): Promise<SandboxPayment> {
    const account = await this.accountOf(context, gatewayId);
    await this.tell(account, await this.events(account, gatewayId, deed));
    return this.bank.look(account, gatewayId);
  }

  /** @throws DomainError not_found, also where a real service has the page */
  async lookAtSetup(context: OrganizationContext, gatewayId: string): Promise<SandboxSetup> {
    return this.bank.lookAtSetup(await this.accountOfSetup(context, gatewayId), gatewayId);
  }

  /** @throws DomainError not_found, conflict where a card was added or its time is over */
  async playSetup(context: OrganizationContext, gatewayId: string, deed: SandboxSetupDeed): Promise<SandboxSetup> {
    const account = await this.accountOfSetup(context, gatewayId);
    const events =
      deed.kind === 'save'
        ? await this.bank.saveCard(account, gatewayId, deed.card)
        : await this.bank.refuseCard(account, gatewayId);
    await this.tell(account, events);
    return this.bank.lookAtSetup(account, gatewayId);
  }

  private async tell(account: GatewayAccount, events: readonly SandboxEvent[]): Promise<void> {
    for (const { raw, headers } of events) await this.gatewayEvents.receive(account.id, raw, headers);
  }

  private events(account: GatewayAccount, gatewayId: string, deed: SandboxDeed): Promise<SandboxEvent[]> {
    switch (deed.kind) {
      case 'pay':
        return this.bank.pay(account, gatewayId, { amount: deed.amount });
      case 'decline':
        return this.bank.decline(account, gatewayId, deed.failure);
      case 'expire':
        return this.bank.expire(account, gatewayId);
      case 'dispute':
        return this.bank.dispute(account, gatewayId);
    }
  }

  private accountOf(context: OrganizationContext, gatewayId: string): Promise<GatewayAccount> {
    return this.account(context, gatewayId, sql`payments`);
  }

  private accountOfSetup(context: OrganizationContext, gatewayId: string): Promise<GatewayAccount> {
    return this.account(context, gatewayId, sql`method_setups`);
  }

  /** @param table of what the service calls by that name */
  private async account(context: OrganizationContext, gatewayId: string, table: Sql): Promise<GatewayAccount> {
    const organization = systemContext(context.organizationId, context);
    const account = await this.database.read(organization, (db) =>
      db.first<SealedAccount & { id: string }>(sql`
        select a.id, a.kind, a.credentials_sealed as "credentialsSealed" from ${table} p
        join gateway_accounts a on ${db.tenant('a')} and a.id = p.gateway_account_id and a.kind = 'sandbox'
        where ${db.tenant('p')} and p.gateway_id = ${gatewayId} limit 1`),
    );
    const { id, ...sealed } = found(account);
    return { ...this.desk.unsealed(organization, id, sealed), commitMark: context.commitMark };
  }
}
