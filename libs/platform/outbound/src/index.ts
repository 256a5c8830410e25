export {
  Outbound,
  OutboundError,
  OutboundWorld,
  type OutboundAnswer,
  type OutboundProblem,
  type OutboundRequest,
} from './outbound.js';
export { OutboundModule } from './outbound.module.js';
export { isPublicAddress } from './public-address.js';
