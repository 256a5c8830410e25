import { ApiProperty } from '@nestjs/swagger';
import {
  FAILURE_CODES,
  GATEWAY_METHODS,
  SANDBOX_CARDS,
  type FailureCode,
  type GatewayMethod,
  type SandboxCardName,
  type SandboxPayment,
  type SandboxSetup,
  type SetupSnapshot,
  type SnapshotStatus,
} from '@balcao/platform-gateways';
import { AmountField, EnumField, Money, Nullable, Single, money } from '@balcao/platform-http';

const STATUSES = ['pending', 'succeeded', 'failed', 'expired', 'canceled'] as const satisfies SnapshotStatus[];
/** Why a payer's bank declines. */
const DECLINES = [
  'declined',
  'insufficient_funds',
  'expired_card',
  'incorrect_number',
  'incorrect_code',
  'lost_or_stolen',
  'suspected_fraud',
  'limit_exceeded',
] as const satisfies FailureCode[];

export class PaySandboxPaymentRequest {
  @AmountField({ description: 'What is paid; what pays it now where absent', min: 1, optional: true })
  amount?: number;
}

export class DeclineSandboxPaymentRequest {
  @EnumField({ description: 'Why', values: DECLINES }) failure: FailureCode;
}

/** A payment as the pretended service has it. */
export class SandboxPaymentFacts {
  @ApiProperty({ enum: GATEWAY_METHODS, description: 'How it is paid' }) method: GatewayMethod;
  @ApiProperty({ enum: STATUSES, description: 'How it stands there' }) status: SnapshotStatus;
  @ApiProperty({ type: Money, description: 'What was asked for' }) amount: Money;
  @ApiProperty({ type: Money, description: 'What pays it now: of a boleto behind its due date with fine and interest' })
  toPay: Money;
  @ApiProperty({ type: Money, description: 'What was paid' }) received: Money;
  @ApiProperty({ description: 'What the payer reads in their bank', example: 'Fatura F-2026-000123 · Aurora Telecom' })
  description: string;
  @ApiProperty({ description: 'Who pays', example: 'Padaria Estrela' }) payerName: string;
  @Nullable(Date, 'Until when it can be paid; null where that is not said') expiresAt: Date | null;
  @Nullable(String, 'Why it was declined; null where it was not', { enum: FAILURE_CODES })
  failure: FailureCode | null;
  @ApiProperty({ description: 'Whether its payer contests it' }) isDisputed: boolean;
  @Nullable(String, 'Where the page sends people back to; null of what has no page', {
    format: 'uri',
    example: 'https://portal.aurora.example/portal/payments/0193a1f0-5d1c-7c3e-9b1a-2f6d1c0e7a55',
  })
  backUrl: string | null;
}

export class SandboxPaymentResponse extends Single('payment', SandboxPaymentFacts) {}

export function sandboxPayment({ snapshot, toPay, description, payerName, page }: SandboxPayment): SandboxPaymentFacts {
  const of = (amount: bigint) => money(amount, snapshot.currency);
  return {
    method: snapshot.method,
    status: snapshot.status,
    amount: of(snapshot.amount),
    toPay: of(toPay),
    received: of(snapshot.received),
    description,
    payerName,
    expiresAt: snapshot.expiresAt,
    failure: snapshot.failure,
    isDisputed: snapshot.disputes.some(({ status }) => status !== 'won'),
    backUrl: page?.successUrl ?? null,
  };
}

const SETUP_STATUSES = ['pending', 'succeeded', 'failed', 'expired'] as const satisfies SetupSnapshot['status'][];

export class SaveSandboxCardRequest {
  @EnumField({
    description: 'Which of the pretended cards: `approved` pays whenever it is charged, the others say what they do',
    values: Object.keys(SANDBOX_CARDS),
  })
  card: SandboxCardName;
}

/** A page on which a card is added, as the pretended service has it. */
export class SandboxSetupFacts {
  @ApiProperty({ enum: SETUP_STATUSES, description: 'How it stands there' }) status: SetupSnapshot['status'];
  @ApiProperty({ description: 'Whose card', example: 'Padaria Estrela' }) payerName: string;
  @Nullable(String, 'Where the page sends people back to; null where it does not', {
    format: 'uri',
    example: 'https://portal.aurora.example/portal/payment-methods?setup=0193a1f0-5d1c-7c3e-9b1a-2f6d1c0e7a55',
  })
  backUrl: string | null;
}

export class SandboxSetupResponse extends Single('setup', SandboxSetupFacts) {}

export const sandboxSetup = ({ snapshot, payerName, page }: SandboxSetup): SandboxSetupFacts => ({
  status: snapshot.status,
  payerName,
  backUrl: page.successUrl || null,
});
