import { Injectable } from '@nestjs/common';
import { portalOrigin } from '@balcao/module-directory';
import { AppConfig, Secrets, sealedContext } from '@balcao/platform-config';
import { Gateways, type Gateway, type GatewayAccount, type GatewayName } from '@balcao/platform-gateways';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { placeOf, type PaymentPlace } from './payment-place.js';

/** What an account's credentials are sealed for. */
export const sealedFor = (gatewayAccountId: string): string =>
  sealedContext('gateway_accounts', 'credentials_sealed', gatewayAccountId);

/** An account as it is kept. */
export interface SealedAccount {
  kind: GatewayName;
  credentialsSealed: Buffer;
}

/** An account that is open, for calls behind the transaction in which it was read. */
export interface OpenGateway {
  gateway: Gateway;
  place: PaymentPlace;
  /** Where the payer's portal is, without a slash at the end. */
  portalHome: string;
}

/** Opens an organization's accounts with payment services. */
@Injectable()
export class GatewayDesk {
  constructor(
    private readonly gateways: Gateways,
    private readonly config: AppConfig,
    private readonly secrets: Secrets,
  ) {}

  /**
   * Reads an account and opens it. Its calls go over the network: never within a transaction.
   * @throws Error where there is no such account
   */
  async open(
    db: Db,
    context: OrganizationContext,
    gatewayAccountId: string,
    portalId?: string | null,
  ): Promise<OpenGateway> {
    const account = await db.first<SealedAccount>(sql`
      select a.kind, a.credentials_sealed as "credentialsSealed" from gateway_accounts a where ${db.tenant('a')} and a.id = ${gatewayAccountId}::uuid`);
    if (!account) throw new Error('There is no such account with a gateway');
    const place = await placeOf(db, context, portalId);
    const portalHome = `${portalOrigin(place.portal, this.config.publicUrl)}/portal`;
    const gateway = this.opened(context, gatewayAccountId, account, portalHome);
    return { gateway, place, portalHome };
  }

  /** The same of a row that was read already. */
  opened(context: OrganizationContext, id: string, account: SealedAccount, portalHome?: string): Gateway {
    return this.gateways.open(this.unsealed(context, id, account, portalHome));
  }

  /** An account as its adapter is opened with it: with its credentials. */
  unsealed(
    context: OrganizationContext,
    id: string,
    { kind, credentialsSealed }: SealedAccount,
    portalHome = `${this.config.publicUrl}/portal`,
  ): GatewayAccount {
    const credentials = this.secrets.open(credentialsSealed, sealedFor(id));
    if (credentials === undefined) throw new Error(`The credentials of the gateway account ${id} cannot be opened`);
    return {
      id,
      organizationId: context.organizationId,
      kind,
      credentials: JSON.parse(credentials) as Record<string, string>,
      clock: context.clock,
      pageBase: `${portalHome}/sandbox-bank`,
    };
  }
}
