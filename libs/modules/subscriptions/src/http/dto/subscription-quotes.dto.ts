import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import { Money, Nullable, Single, money } from '@balcao/platform-http';
import type { ChangePart } from '../../domain/change.js';
import type { Offer } from '../../domain/offer.js';
import type { ChangeQuote } from '../../subscription-change.service.js';
import type { StartQuote } from '../../subscription-creation.service.js';
import type { CancelQuote } from '../../subscription-end.service.js';
import type { PauseQuote, ResumeQuote } from '../../subscription-pause.service.js';
import { PeriodFacts, SubscriptionItemFacts, itemFacts } from './subscription.dto.js';

const TOKEN = 'Names what was shown: sent along, something else that is true by then is refused';
const CHANGE_PARTS = ['charge', 'credit', 'once', 'usage'] as const satisfies ChangePart['kind'][];
const OFFERS = ['pause', 'discount', 'plan'] as const satisfies Offer['kind'][];

export class ChangePartFacts {
  @ApiProperty({ enum: CHANGE_PARTS, description: 'A `credit` is taken off' }) kind: ChangePart['kind'];
  @ApiProperty({ description: 'Of what', example: 'Fibra 1 Giga' }) name: string;
  @ApiProperty({ type: Money, description: 'Never below zero; before taxes on top' }) amount: Money;
}

export class ChangeNowFacts {
  @ApiProperty({ description: TOKEN }) token: string;
  @ApiProperty({ type: String, format: 'date', description: 'Today' }) on: Day;
  @ApiProperty({ type: 'integer', description: 'Days that are left of the period, today among them', example: 22 })
  daysLeft: number;
  @ApiProperty({ type: 'integer', description: 'Days of the whole period; 0 where none is billed', example: 30 })
  daysWhole: number;
  @ApiProperty({ type: [ChangePartFacts], description: 'What it comes from' }) parts: ChangePartFacts[];
  @ApiProperty({ type: Money, description: 'What is to pay at once; below zero where so much is credited' }) due: Money;
  @ApiProperty({ type: Money, description: 'What is credited' }) credit: Money;
}

export class ChangeAtPeriodEndFacts {
  @ApiProperty({ description: TOKEN }) token: string;
  @ApiProperty({ type: String, format: 'date', description: 'First day of the next period' }) on: Day;
}

export class ReplacedChangeFacts {
  @ApiProperty({ format: 'uuid', description: 'Its invoice' }) invoiceId: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) invoiceNumber: string;
}

/** What a change would cost. */
export class ChangeQuoteFacts {
  @ApiProperty({ description: 'What would change, as it is' }) titleBefore: string;
  @ApiProperty({ description: 'What it would be' }) titleAfter: string;
  @ApiProperty({ type: Money, description: 'Every period as it is, with discounts and taxes' }) recurringBefore: Money;
  @ApiProperty({ type: Money, description: 'Every period behind the change' }) recurringAfter: Money;
  @ApiProperty({
    type: ChangeNowFacts,
    nullable: true,
    description: 'Null where it cannot be at once: its cycle is another',
  })
  now: ChangeNowFacts | null;
  @ApiProperty({ type: ChangeAtPeriodEndFacts, nullable: true, description: 'Null where no period is to come' })
  periodEnd: ChangeAtPeriodEndFacts | null;
  @ApiProperty({
    type: ReplacedChangeFacts,
    nullable: true,
    description: 'The invoice of an unpaid change, which changing at once would take back first; null for none',
  })
  replaces: ReplacedChangeFacts | null;
}

export class ChangeQuoteResponse extends Single('quote', ChangeQuoteFacts, 'What it would cost') {}

export class SkippedPeriodFacts {
  @ApiProperty({ type: String, format: 'date', description: 'When it would have begun' }) on: Day;
  @ApiProperty({ type: Money, description: 'What it would have cost' }) amount: Money;
}

export class ReplacedPauseFacts {
  @ApiProperty({ type: String, format: 'date', description: 'First day of it' }) startsOn: Day;
  @Nullable(String, 'First day behind it; null where somebody has to say so', { format: 'date' }) resumesOn: Day | null;
}

/** What a pause saves. */
export class PauseQuoteFacts {
  @ApiProperty({ description: TOKEN }) token: string;
  @ApiProperty({ type: String, format: 'date', description: 'First day of the pause' }) startsOn: Day;
  @Nullable(String, 'First day behind it; null where somebody has to say so', { format: 'date' }) resumesOn: Day | null;
  @ApiProperty({ type: [SkippedPeriodFacts], description: 'Periods that are not asked for; 60 at most' })
  skipped: SkippedPeriodFacts[];
  @ApiProperty({ type: Money, description: 'What is given back of days that are paid' }) credit: Money;
  @ApiProperty({ type: Money, description: 'All that is saved' }) saved: Money;
  @ApiProperty({ type: Money, description: 'What coming back asks for' }) resumeTotal: Money;
  @ApiProperty({
    type: ReplacedPauseFacts,
    nullable: true,
    description: 'The pause that is planned, whose place it would take; null for none',
  })
  replaces: ReplacedPauseFacts | null;
}

export class PauseQuoteResponse extends Single('quote', PauseQuoteFacts, 'What it would save') {}

export class ResumeQuoteFacts {
  @ApiProperty({ description: TOKEN }) token: string;
  @ApiProperty({ type: PeriodFacts, description: 'What is paid for' }) period: PeriodFacts;
  @ApiProperty({ type: Money, description: 'What is asked for' }) total: Money;
}

export class ResumeQuoteResponse extends Single('quote', ResumeQuoteFacts, 'What it would cost') {}

export class OfferedPlanFacts {
  @ApiProperty({ format: 'uuid', description: 'At which price' }) priceId: string;
  @ApiProperty({ example: 'Fibra Empresarial 300' }) name: string;
  @ApiProperty({ type: Money, description: 'Of one' }) unitAmount: Money;
}

/** What may keep who wants to leave. */
export class OfferFacts {
  @ApiProperty({ enum: OFFERS, description: 'A pause, something off, or a plan that costs less' }) kind: Offer['kind'];
  @Nullable(String, 'Of a discount, in percent; null of others', { example: '20' }) percent: string | null;
  @Nullable('integer', 'Of a discount, for how many periods; null of others', { example: 3 }) periods: number | null;
  @ApiProperty({ type: OfferedPlanFacts, nullable: true, description: 'Null of others than plans' })
  plan: OfferedPlanFacts | null;
}

/** What cancelling means. */
export class CancelQuoteFacts {
  @ApiProperty({ description: TOKEN }) token: string;
  @ApiProperty({ type: String, format: 'date', description: 'The first day without it' }) endsOn: Day;
  @ApiProperty({ type: Money, description: 'What is given back of days that are paid' }) credit: Money;
  @ApiProperty({ type: Money, description: 'What was used until now and is still asked for' }) usage: Money;
  @ApiProperty({ type: Money, description: 'What is not asked for any more, every period' }) recurring: Money;
  @ApiProperty({ type: OfferFacts, nullable: true, description: 'The one offer that fits the reason; null for none' })
  offer: OfferFacts | null;
}

export class CancelQuoteResponse extends Single('quote', CancelQuoteFacts, 'What it would mean') {}

/** What a new one would ask for first. */
export class StartQuoteFacts {
  @ApiProperty({ description: TOKEN }) token: string;
  @ApiProperty({ description: 'What it would be called' }) title: string;
  @ApiProperty({ type: String, format: 'date', description: 'Its first day' }) startsOn: Day;
  @Nullable(String, 'First day that is paid for; null without a trial', { format: 'date' }) trialEndsOn: Day | null;
  @ApiProperty({ type: PeriodFacts, description: 'The first period that is paid for' }) period: PeriodFacts;
  @ApiProperty({ type: [SubscriptionItemFacts], description: 'What it would have' }) items: SubscriptionItemFacts[];
  @ApiProperty({ type: Money, description: 'Every period, with taxes' }) recurring: Money;
  @ApiProperty({ type: Money, description: 'Once, with taxes' }) once: Money;
  @ApiProperty({ type: Money, description: 'What the first invoice comes to' }) firstTotal: Money;
  @Nullable(String, 'When that is due; null where the first days cost nothing', { format: 'date' })
  firstDueOn: Day | null;
}

export class StartQuoteResponse extends Single('quote', StartQuoteFacts, 'What it would cost') {}

export function changeQuote({ currency, ...quote }: ChangeQuote): { quote: ChangeQuoteFacts } {
  const of = (amount: bigint) => money(amount, currency);
  const { titleBefore, titleAfter, now, periodEnd, replaces } = quote;
  return {
    quote: {
      ...{ titleBefore, titleAfter, replaces },
      recurringBefore: of(quote.recurringBefore),
      recurringAfter: of(quote.recurringAfter),
      now: now && {
        token: now.token,
        on: now.on,
        daysLeft: now.daysLeft,
        daysWhole: now.daysWhole,
        parts: now.parts.map((part) => ({ ...part, amount: of(part.amount) })),
        due: of(now.due),
        credit: of(now.credit),
      },
      periodEnd: periodEnd && { token: periodEnd.token, on: periodEnd.on },
    },
  };
}

export function pauseQuote({ currency, ...quote }: PauseQuote): { quote: PauseQuoteFacts } {
  const of = (amount: bigint) => money(amount, currency);
  return {
    quote: {
      ...quote,
      skipped: quote.skipped.map(({ on, amount }) => ({ on, amount: of(amount) })),
      credit: of(quote.credit),
      saved: of(quote.saved),
      resumeTotal: of(quote.resumeTotal),
    },
  };
}

export const resumeQuote = ({ currency, token, period, total }: ResumeQuote): { quote: ResumeQuoteFacts } => ({
  quote: { token, period, total: money(total, currency) },
});

export function cancelQuote({ currency, token, endsOn, offer, ...quote }: CancelQuote): { quote: CancelQuoteFacts } {
  const of = (amount: bigint) => money(amount, currency);
  const cheaper = offer?.cheaper;
  return {
    quote: {
      token,
      endsOn,
      credit: of(quote.credit),
      usage: of(quote.usage),
      recurring: of(quote.recurring),
      offer: offer && {
        kind: offer.kind,
        percent: offer.kind === 'discount' ? offer.percent : null,
        periods: offer.kind === 'discount' ? offer.periods : null,
        plan: cheaper ? { ...cheaper, unitAmount: of(cheaper.unitAmount) } : null,
      },
    },
  };
}

export function startQuote({ currency, ...quote }: StartQuote): { quote: StartQuoteFacts } {
  const of = (amount: bigint) => money(amount, currency);
  const { token, title, startsOn, trialEndsOn, period, firstDueOn } = quote;
  return {
    quote: {
      ...{ token, title, startsOn, trialEndsOn, period, firstDueOn },
      items: quote.items.map(itemFacts),
      recurring: of(quote.recurring),
      once: of(quote.once),
      firstTotal: of(quote.firstTotal),
    },
  };
}
