import { ApiProperty } from '@nestjs/swagger';

/** Money as the API answers it. */
export class Money {
  @ApiProperty({
    type: 'integer',
    description: 'In minor units of the currency: 12345 is 123.45 of one with two decimals',
    example: 12_345,
  })
  amount: number;
  @ApiProperty({ description: 'ISO 4217', example: 'BRL' }) currency: string;
}

/** Minor units as stored; they stay within what a number holds exactly. */
export const money = (amount: bigint, currency: string): Money => ({ amount: Number(amount), currency });
