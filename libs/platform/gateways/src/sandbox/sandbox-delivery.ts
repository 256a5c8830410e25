import { Injectable } from '@nestjs/common';
import type { GatewayAccount } from '../gateway-account.js';

/** An event as it is delivered: bytes that are signed, and the headers that come with them, by lower-case names. */
export interface SandboxEvent {
  raw: Buffer;
  headers: Readonly<Record<string, string>>;
}

/** Brings events to where the organization takes them, as if the service had called. */
export type SandboxCourier = (account: GatewayAccount, events: SandboxEvent[]) => Promise<void>;

/**
 * Who brings the events that calls of the adapter leave, such as that of a saved card's charge. Without a courier they wait until
 * `SandboxBank.takeEvents` asks for them.
 */
@Injectable()
export class SandboxDelivery {
  courier: SandboxCourier | undefined;
}
