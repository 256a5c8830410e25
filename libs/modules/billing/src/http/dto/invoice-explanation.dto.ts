import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import { Money, Nullable, money } from '@balcao/platform-http';
import {
  DIFFERENCE_REASONS,
  type ComparedLine,
  type DifferenceReason,
  type LineDifference,
} from '../../domain/invoice-difference.js';
import { INVOICE_STEP_KINDS, INVOICE_STEP_STATES, type InvoiceStep } from '../../domain/invoice-steps.js';
import type { InvoiceExplanation } from '../../invoice-explanation.service.js';
import { DiscountFacts, LineTaxFacts, discountFacts, lineTaxFacts } from './invoice.dto.js';

/** A step on the way of an invoice. */
export class InvoiceStepFacts {
  @ApiProperty({ enum: INVOICE_STEP_KINDS, description: 'What it is; those that there are come in this order' })
  kind: InvoiceStep['kind'];
  @ApiProperty({
    enum: INVOICE_STEP_STATES,
    description: '`done` has happened, `waiting` not yet, `part` in part, `late` should have; `ended` counts no more',
  })
  state: InvoiceStep['state'];
  @Nullable(String, 'Of what it is about; null where that has no page of its own', { format: 'uuid' })
  id: string | null;
  @Nullable(String, 'What people quote; null for nothing', { example: 'F-2026-000123' }) label: string | null;
  @Nullable(String, 'When it happened, or is to; null where unknown', { format: 'date', example: '2026-10-10' })
  on: Day | null;
  @ApiProperty({ type: Money, nullable: true, description: 'How much; null where it is about none' })
  amount: Money | null;
}

/** A line as it was or is. */
export class ComparedLineFacts {
  @ApiProperty({ description: 'How many, with up to six decimals', example: '4' }) quantity: string;
  @ApiProperty({ type: Money, description: 'Of one' }) unitPrice: Money;
  @Nullable(String, 'First day of the service; null where it has none', { format: 'date', example: '2026-12-10' })
  startsOn: Day | null;
  @Nullable(String, 'Day behind its last one; null where it has none', { format: 'date', example: '2026-12-10' })
  endsOn: Day | null;
  @ApiProperty({ type: DiscountFacts, nullable: true, description: "The line's own; null for none" })
  discount: DiscountFacts | null;
  @ApiProperty({ type: LineTaxFacts, nullable: true, description: 'Null for none' }) tax: LineTaxFacts | null;
  @ApiProperty({ type: Money, description: 'What it comes to, with a tax on top of it' }) amount: Money;
}

export class DifferencePartFacts {
  @ApiProperty({
    enum: DIFFERENCE_REASONS,
    description: '`period` is another price for more or fewer days; `new` and `gone` are lines that one invoice has',
  })
  reason: DifferenceReason;
  @ApiProperty({ type: Money, description: 'Below zero where this invoice asks for less' }) amount: Money;
}

/** What a line makes of the difference. */
export class LineDifferenceFacts {
  @ApiProperty({ description: 'What it is', example: 'Fibra Empresarial 600' }) description: string;
  @ApiProperty({ type: ComparedLineFacts, nullable: true, description: 'On the invoice before; null where it is new' })
  before: ComparedLineFacts | null;
  @ApiProperty({ type: ComparedLineFacts, nullable: true, description: 'On this invoice; null where it is gone' })
  after: ComparedLineFacts | null;
  @ApiProperty({
    type: [DifferencePartFacts],
    description: 'Sum to what this line costs more or less; empty where nothing is otherwise',
  })
  parts: DifferencePartFacts[];
}

export class PreviousInvoiceFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @Nullable(String, 'What people quote', { example: 'F-2026-000122' }) number: string | null;
  @ApiProperty({ description: 'What it was for', example: 'Mensalidade de setembro' }) title: string;
  @Nullable(String, 'Day of opening', { format: 'date', example: '2026-09-10' }) openedOn: Day | null;
  @ApiProperty({ type: Money, description: 'What it came to' }) total: Money;
}

/** An invoice beside the one before. */
export class InvoiceComparisonFacts {
  @ApiProperty({ type: PreviousInvoiceFacts, description: 'Opened before of the same customer and currency' })
  previous: PreviousInvoiceFacts;
  @ApiProperty({ type: Money, description: 'By how much this one is more; below zero where it is less' })
  difference: Money;
  @ApiProperty({ type: Money, description: 'What of it is another discount off all lines' }) wholeDiscount: Money;
  @ApiProperty({ type: [LineDifferenceFacts], description: 'In the order of this invoice; behind them what is gone' })
  lines: LineDifferenceFacts[];
}

export class InvoiceExplanationResponse {
  @ApiProperty({ type: [InvoiceStepFacts], description: 'Where it comes from and what became of it' })
  steps: InvoiceStepFacts[];
  @ApiProperty({
    type: InvoiceComparisonFacts,
    nullable: true,
    description: 'Null for the first invoice of its currency',
  })
  comparison: InvoiceComparisonFacts | null;
}

export function explanation({ currency, steps, comparison }: InvoiceExplanation): InvoiceExplanationResponse {
  const of = (amount: bigint) => money(amount, currency);
  return {
    steps: steps.map(({ amount, ...step }) => ({ ...step, amount: amount === null ? null : of(amount) })),
    comparison: comparison && {
      previous: {
        id: comparison.previous.id,
        number: comparison.previous.number,
        title: comparison.previous.title,
        openedOn: comparison.previous.openedOn,
        total: of(comparison.previous.total),
      },
      difference: of(comparison.total),
      wholeDiscount: of(comparison.wholeDiscount),
      lines: comparison.lines.map((line) => lineDifference(line, currency)),
    },
  };
}

const lineDifference = (
  { description, before, after, amountBefore, amountAfter, parts }: LineDifference,
  currency: string,
): LineDifferenceFacts => ({
  description,
  before: before && comparedLine(before, amountBefore, currency),
  after: after && comparedLine(after, amountAfter, currency),
  parts: parts.map(({ reason, amount }) => ({ reason, amount: money(amount, currency) })),
});

const comparedLine = (line: ComparedLine, amount: bigint, currency: string): ComparedLineFacts => ({
  quantity: line.quantity,
  unitPrice: money(line.unitPrice, currency),
  startsOn: line.startsOn,
  endsOn: line.endsOn,
  discount: discountFacts(line, currency),
  tax: lineTaxFacts(line),
  amount: money(amount, currency),
});
