import { ApiProperty } from '@nestjs/swagger';
import { Money, money } from '@balcao/platform-http';
import type { MixRow } from '../../persistence/payment-mix.js';

const WAYS = ['pix', 'boleto', 'card', 'transfer', 'cash', 'check', 'other'] as const satisfies MixRow['way'][];

export class PaymentWay {
  @ApiProperty({ enum: WAYS, description: 'How it came' }) way: MixRow['way'];
  @ApiProperty({ type: Money, description: 'What came; what went back is not taken off' }) amount: Money;
  @ApiProperty({ type: 'integer', description: 'In so many payments' }) payments: number;
}

export class PaymentMixResponse {
  @ApiProperty({ description: 'ISO 4217', example: 'BRL' }) currency: string;
  @ApiProperty({ type: [PaymentWay], description: 'The most first; ways that nothing came by are left out' })
  ways: PaymentWay[];
}

export const paymentMix = ({ currency, ways }: { currency: string; ways: MixRow[] }): PaymentMixResponse => ({
  currency,
  ways: ways.map(({ amount, ...way }) => ({ ...way, amount: money(amount, currency) })),
});
