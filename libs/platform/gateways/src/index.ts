export {
  FAILURE_CODES,
  GATEWAY_METHODS,
  UnprovedEvent,
  type CredentialProblem,
  type DisputeSnapshot,
  type FailureCode,
  type FindOrder,
  type Gateway,
  type GatewayCapabilities,
  type GatewayEvent,
  type GatewayMethod,
  type Outcome,
  type Payer,
  type PaymentOrder,
  type Presentation,
  type RefundOrder,
  type RefundSnapshot,
  type SavedMethod,
  type SetupOrder,
  type SetupSnapshot,
  type Snapshot,
  type SnapshotStatus,
} from './gateway.js';
export {
  GATEWAY_KINDS,
  GATEWAY_NAMES,
  type GatewayAccount,
  type GatewayCredential,
  type GatewayKind,
  type GatewayName,
} from './gateway-account.js';
export { Gateways, capabilitiesOf } from './gateways.js';
export { GatewaysModule } from './gateways.module.js';
export { SandboxBank, type SandboxPayment, type SandboxPaying, type SandboxSetup } from './sandbox/sandbox-bank.js';
export { isSandboxCard, SANDBOX_CARDS, type SandboxCardName } from './sandbox/sandbox-cards.js';
export { SandboxDelivery, type SandboxCourier, type SandboxEvent } from './sandbox/sandbox-delivery.js';
export {
  NO_FAULTS,
  SANDBOX_ANSWERS,
  SANDBOX_CALLS,
  SANDBOX_EVENTS,
  type SandboxAnswer,
  type SandboxCall,
  type SandboxFaults,
} from './sandbox/sandbox-faults.js';
