import type { GatewayAccount } from '../gateway-account.js';
import type { Gateway } from '../gateway.js';

export class StripeGateway {
  constructor(_account: GatewayAccount, _url: string) {
    throw new Error('not yet');
  }
}
export interface StripeGateway extends Gateway {}
