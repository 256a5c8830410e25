import { Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';
import { Database } from '@balcao/platform-tenancy';
import type { GatewayAccount, GatewayName } from './gateway-account.js';
import type { Gateway, GatewayCapabilities, GatewayMethod } from './gateway.js';
import { sandboxCapabilities } from './sandbox/sandbox-capabilities.js';
import { SandboxDelivery } from './sandbox/sandbox-delivery.js';
import { SandboxGateway } from './sandbox/sandbox-gateway.js';
import { stripeCapabilities } from './stripe/stripe-capabilities.js';
import { StripeGateway } from './stripe/stripe-gateway.js';

/** Opens accounts with payment services. */
@Injectable()
export class Gateways {
  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly delivery: SandboxDelivery,
  ) {}

  /**
   * The adapter of an account. Calls of it go over the network, or take a connection of their own: never within a transaction.
   * @throws Error where a credential is missing
   */
  open(account: GatewayAccount): Gateway {
    switch (account.kind) {
      case 'sandbox':
        return new SandboxGateway(this.database, account, this.delivery);
      case 'stripe':
        return new StripeGateway(account, this.config.stripeApiUrl);
    }
  }
}

/** What a payment service can do, known before an account with it is opened; null of what it does not take. */
export const capabilitiesOf = (
  kind: GatewayName,
  method: GatewayMethod,
  currency: string,
): GatewayCapabilities | null =>
  kind === 'sandbox' ? sandboxCapabilities(method, currency) : stripeCapabilities(method, currency);
