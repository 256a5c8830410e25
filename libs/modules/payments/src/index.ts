export { GatewayAccountService } from './gateway-account.service.js';
export { GatewayEventService } from './gateway-event.service.js';
export { PaymentBooks } from './payment-books.service.js';
export { PaymentRunner } from './payment-runner.service.js';
export { PaymentService } from './payment.service.js';
export { PaymentsCoreModule } from './payments.core.module.js';
export { quietPayments, type PastEnd, type QuietPayments } from './quiet-payments.js';
export { RefundService } from './refund.service.js';
