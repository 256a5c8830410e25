import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import { Money, Nullable, Single, TaxIdField, TextField, money } from '@balcao/platform-http';
import type { BillCheck } from '../../bill-check/bill-check.service.js';
import { BILL_REASONS, BILL_VERDICTS, type BillReason, type BillVerdict } from '../../bill-check/judge-bill.js';

export class CheckBillRequest {
  @TextField({
    description:
      "A boleto's line of 47 digits or its barcode of 44, a PIX copy code, or the check code of eight letters and digits that is printed on the bill",
    max: 1024,
    example: '7K4F-92QD',
  })
  code: string;
}

/** Whom bills are from here. */
export class BillIssuerFacts {
  @ApiProperty({ example: 'Aurora Telecom' }) name: string;
  @Nullable(String, 'Name in the register of companies; null where unknown') legalName: string | null;
  @Nullable(String, 'CNPJ or CPF without its marks; null where unknown') taxId: string | null;
  @Nullable(String, 'Where to write about bills; null where unknown') email: string | null;
  @Nullable(String, 'Where to call about bills; null where unknown') phone: string | null;
}

/** What is said of a bill; the same members whatever was asked. */
export class BillCheckFacts {
  @ApiProperty({
    enum: BILL_VERDICTS,
    description:
      '`changed` pretends to be one of these bills: it pays somebody else, another amount, or another bill. `no_longer` was one, and is not to be paid. `unknown` may be anything',
  })
  verdict: BillVerdict;
  @ApiProperty({
    enum: BILL_REASONS,
    description:
      'Of `genuine`: `as_issued`; of `changed`: `other_receiver`, `other_amount`, `other_bill` (it pays another of these bills than it shows); of `no_longer`: `paid`, `voided`, `replaced`; of `unknown`: `not_ours`, `unreadable`',
  })
  reason: BillReason;
  @ApiProperty({ type: BillIssuerFacts, description: 'Whom bills are from here, and whom to ask' })
  issuer: BillIssuerFacts;
  @ApiProperty({ type: Money, nullable: true, description: 'What a genuine bill asks for; null of others' })
  amount: Money | null;
  @Nullable(String, 'When a genuine bill is due; null of others', { format: 'date', example: '2026-12-10' })
  dueOn: Day | null;
}

export class BillCheckResponse extends Single('check', BillCheckFacts) {}

export const billCheck = ({ verdict, reason, issuer, bill }: BillCheck): BillCheckResponse => ({
  check: { verdict, reason, issuer, amount: bill && money(bill.amount, bill.currency), dueOn: bill?.dueOn ?? null },
});

export class SecondCopyRequest {
  @TaxIdField({
    description: 'CPF, or CNPJ of digits or of letters and digits, of the customer, with or without marks',
  })
  taxId: string;
}
