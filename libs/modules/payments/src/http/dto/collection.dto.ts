import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import { FAILURE_CODES, type FailureCode } from '@balcao/platform-gateways';
import { ListOf, Money, Nullable, money } from '@balcao/platform-http';
import type { CollectionView } from '../../collection/collection-reader.service.js';
import { END_ACTIONS, type CollectionAttempt, type EndAction } from '../../collection/collection.repository.js';
import { COLLECTION_ORIGINS, type CollectionOrigin } from '../../collection/dunning.js';
import { isOpen } from '../../domain/payment.js';
import { CardFacts } from './payment-method.dto.js';

const COLLECTION_STANDINGS = [
  'scheduled',
  'retrying',
  'on_hold',
  'needs_card',
  'charging',
  'paid',
  'given_up',
  'stopped',
] as const;
type CollectionStanding = (typeof COLLECTION_STANDINGS)[number];
const ATTEMPT_OUTCOMES = ['underway', 'paid', 'failed', 'not_made'] as const;
type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export class CollectionAttemptFacts {
  @ApiProperty({ type: 'integer', description: 'Which one it is', example: 1 }) number: number;
  @ApiProperty({ format: 'uuid', description: 'The payment that it was' }) paymentId: string;
  @ApiProperty({ description: 'When it was begun' }) madeAt: Date;
  @ApiProperty({ type: CardFacts, description: 'The card' }) card: CardFacts;
  @ApiProperty({ type: Money, description: 'What was to be charged' }) amount: Money;
  @ApiProperty({ enum: ATTEMPT_OUTCOMES, description: '`not_made` of what was withdrawn before it was charged' })
  outcome: AttemptOutcome;
  @Nullable(String, 'Why it failed; null where it did not', { enum: FAILURE_CODES }) failure: FailureCode | null;
}

/** An invoice that is collected by a saved card. */
export class CollectionFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ format: 'uuid' }) invoiceId: string;
  @ApiProperty({ description: 'What people quote', example: 'F-2026-000123' }) invoiceNumber: string;
  @ApiProperty({ description: 'What it is for, in one line', example: 'Mensalidade de outubro' }) invoiceTitle: string;
  @ApiProperty({ type: Money, description: 'What of the invoice is still to pay' }) owed: Money;
  @ApiProperty({ type: String, format: 'date', description: 'When it is due, or was' }) dueOn: Day;
  @ApiProperty({
    enum: COLLECTION_ORIGINS,
    description: 'Whose doing it is: the account pays by itself, something renews, or staff asked for it',
  })
  origin: CollectionOrigin;
  @ApiProperty({
    enum: COLLECTION_STANDINGS,
    description:
      '`scheduled` for its first try, `retrying` behind one that failed, `on_hold` while somebody says that it is paid or wrong, `needs_card` where none can be charged',
  })
  status: CollectionStanding;
  @ApiProperty({ type: CardFacts, nullable: true, description: 'What is charged next; null where there is no card' })
  card: CardFacts | null;
  @Nullable(String, 'The day of the next try; null where none is planned', { format: 'date' }) nextOn: Day | null;
  @Nullable(String, 'The day of the last try, where all fail until then; null where none is planned', {
    format: 'date',
  })
  lastOn: Day | null;
  @Nullable(String, 'Until when it waits for a card; null where it does not', { format: 'date' })
  waitsUntil: Day | null;
  @ApiProperty({ enum: END_ACTIONS, description: 'What becomes of what is paid for, where no try works' })
  then: EndAction;
  @ApiProperty({ type: [CollectionAttemptFacts], description: 'The first one first; 8 at most' })
  attempts: CollectionAttemptFacts[];
}

export class CollectionListResponse extends ListOf(CollectionFacts) {}

export function collectionFacts(view: CollectionView): CollectionFacts {
  const { invoice, method } = view;
  const { currency } = invoice;
  return {
    id: view.id,
    invoiceId: invoice.id,
    invoiceNumber: invoice.number,
    invoiceTitle: invoice.title,
    owed: money(invoice.owed, currency),
    dueOn: invoice.dueOn,
    origin: view.origin,
    status: standingOf(view),
    card: method && { brand: method.brand, lastFour: method.lastFour },
    nextOn: view.nextOn,
    lastOn: view.lastOn,
    waitsUntil: view.waitsUntil,
    then: view.then,
    attempts: view.attemptsMade.map(attemptFacts),
  };
}

function standingOf({ state, isInReview, nextAt, attempts }: CollectionView): CollectionStanding {
  if (state === 'trying') return 'charging';
  if (state !== 'waiting') return state;
  if (isInReview) return 'on_hold';
  if (nextAt === null) return 'needs_card';
  return attempts === 0 ? 'scheduled' : 'retrying';
}

function attemptFacts(attempt: CollectionAttempt): CollectionAttemptFacts {
  const { number, paymentId, madeAt, brand, lastFour, amount, currency } = attempt;
  const outcome = outcomeOf(attempt);
  return {
    number,
    paymentId,
    madeAt,
    card: { brand, lastFour },
    amount: money(amount, currency),
    outcome,
    failure: outcome === 'failed' ? (attempt.failure ?? 'other') : null,
  };
}

function outcomeOf({ state }: CollectionAttempt): AttemptOutcome {
  if (isOpen({ state })) return 'underway';
  if (state === 'succeeded') return 'paid';
  return state === 'canceled' ? 'not_made' : 'failed';
}
