import { Injectable } from '@nestjs/common';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Database } from '@balcao/platform-tenancy';
import { GatewayEventService } from '../gateway-event.service.js';
import { PaymentRunner } from '../payment-runner.service.js';
import { RefundService } from '../refund.service.js';
import { ofOrganization } from './of-organization.js';

/** Asks gateways for what payers pay with. */
@Injectable()
@JobHandler('payments.send')
export class SendPaymentHandler implements JobHandler<'payments.send'> {
  constructor(private readonly runner: PaymentRunner) {}

  async handle({ payload: { paymentId }, context }: HandledJob<'payments.send'>, finish: Finish): Promise<void> {
    await this.runner.send(ofOrganization(context), paymentId, finish);
  }
}

/** Has gateways end what nobody shall pay any more. */
@Injectable()
@JobHandler('payments.withdraw')
export class WithdrawPaymentHandler implements JobHandler<'payments.withdraw'> {
  constructor(
    private readonly database: Database,
    private readonly runner: PaymentRunner,
  ) {}

  async handle({ payload: { paymentId }, context }: HandledJob<'payments.withdraw'>, finish: Finish): Promise<void> {
    await this.runner.endWithdrawn(ofOrganization(context), paymentId);
    await this.database.transaction(ofOrganization(context), finish);
  }
}

/** Works through what gateways told. */
@Injectable()
@JobHandler('payments.event')
export class GatewayEventHandler implements JobHandler<'payments.event'> {
  constructor(private readonly gatewayEvents: GatewayEventService) {}

  async handle({ payload: { gatewayEventId }, context }: HandledJob<'payments.event'>, finish: Finish): Promise<void> {
    await this.gatewayEvents.work(ofOrganization(context), gatewayEventId, finish);
  }
}

/** Asks gateways to give money back. */
@Injectable()
@JobHandler('payments.refund')
export class RefundHandler implements JobHandler<'payments.refund'> {
  constructor(private readonly refunds: RefundService) {}

  async handle({ payload: { refundId }, context }: HandledJob<'payments.refund'>, finish: Finish): Promise<void> {
    await this.refunds.send(ofOrganization(context), refundId, finish);
  }
}
