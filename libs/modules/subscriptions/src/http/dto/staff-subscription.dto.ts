import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import {
  AmountField,
  BooleanField,
  CLEARABLE,
  DayField,
  DecimalField,
  EnumField,
  EnumFilterField,
  IntegerField,
  ListOf,
  Money,
  Nullable,
  ObjectListField,
  Single,
  TextField,
  UuidField,
  VersionField,
  money,
} from '@balcao/platform-http';
import {
  COLLECTIONS,
  HELD_FOR,
  PERIOD_KINDS,
  type CancelReason,
  type Collection,
  type HeldFor,
} from '../../domain/life.js';
import type { SubscriptionListRow } from '../../persistence/subscription-lists.js';
import { CHANGE_TIMES, type ChangeTime } from '../../subscription-change.service.js';
import type { SubscriptionDetail, PeriodRow } from '../../subscription-reader.service.js';
import type { UsageRow } from '../../usage.service.js';
import { SAID_REASONS } from './portal-subscription.dto.js';
import {
  SubscriptionFacts,
  SubscriptionItem,
  SubscriptionListQuery,
  subscriptionFacts,
  subscriptionItem,
} from './subscription.dto.js';

const MOST_ITEMS = 50;
const TOKEN = 'Of what was shown; nothing is compared where absent';
const A_TOKEN = 'q3J4v0Yb0m1Zt2hV9eXw8A7c6d5f4g3h';
const COLLECTION = {
  description: 'By the card on file, or by whoever pays the invoice',
  values: COLLECTIONS,
  optional: true,
};
const REFERENCE = {
  description: "The customer's own; each of its invoices has it as `purchaseOrder` from then on",
  max: 100,
  example: 'PC-1182',
  ...CLEARABLE,
};

export class StaffSubscriptionListQuery extends SubscriptionListQuery {
  @UuidField({ description: 'Only of this customer', optional: true }) billingAccountId?: string;
  @UuidField({ description: 'Only those that have this plan', optional: true }) planId?: string;
  @EnumFilterField({ description: 'Only those about which staff have to decide', values: HELD_FOR })
  heldFor?: HeldFor[];
}

export class SubscriptionCustomer {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'What the customer is called', example: 'Padaria Estrela' }) name: string;
}

export class StaffSubscriptionItem extends SubscriptionItem {
  @ApiProperty({ type: SubscriptionCustomer, description: 'Whose it is' }) billingAccount: SubscriptionCustomer;
  @Nullable(String, 'Why nothing more is billed until staff decide; null where that is not so', { enum: HELD_FOR })
  heldFor: HeldFor | null;
  @ApiProperty() createdAt: Date;
}

export class StaffSubscriptionFacts extends SubscriptionFacts {
  @ApiProperty({ type: SubscriptionCustomer, description: 'Whose it is' }) billingAccount: SubscriptionCustomer;
  @Nullable(String, 'Why nothing more is billed until staff decide; null where that is not so', { enum: HELD_FOR })
  heldFor: HeldFor | null;
  @Nullable(Date, 'Since when; null where that is not so') heldAt: Date | null;
  @ApiProperty({
    type: Money,
    description: 'What it brings in a month, less discounts, without taxes on top and usage',
  })
  monthly: Money;
  @ApiProperty() createdAt: Date;
  @ApiProperty({ type: 'integer', description: 'Counts its changes' }) version: number;
}

export class StaffSubscriptionResponse extends Single('subscription', StaffSubscriptionFacts) {}

export class NewItemRequest {
  @UuidField({ description: 'Price' }) priceId: string;
  @DecimalField({ description: 'How many; one where absent. Of a flat price and of usage always one', optional: true })
  quantity?: string;
  @TextField({ description: 'What of it: an address, a line', max: 200, example: 'Lojas 1 e 2', ...CLEARABLE })
  detail?: string | null;
}

export class ItemRequest extends NewItemRequest {
  @UuidField({ description: 'Of the item that stays, or whose place it takes; a new one where absent', optional: true })
  id?: string;
}

export class QuoteSubscriptionRequest {
  @ObjectListField({
    description: 'What it has, in its order; all of one currency and one cycle',
    type: () => NewItemRequest,
    minItems: 1,
    maxItems: MOST_ITEMS,
    example: [{ priceId: '01922222-0000-7000-8000-000000000001' }],
  })
  items: NewItemRequest[];
  @DayField({ description: 'Its first day, today or later; today where absent', optional: true }) startsOn?: Day;
  @IntegerField({
    description: "Days that cost nothing; as the first plan's price says where absent",
    min: 0,
    max: 365,
    optional: true,
  })
  trialDays?: number;
  @IntegerField({
    description: "Days from opening to due date; as the organization's terms say where absent",
    min: 0,
    max: 365,
    ...CLEARABLE,
  })
  dueDays?: number | null;
}

export class CreateSubscriptionRequest extends QuoteSubscriptionRequest {
  @UuidField({ description: 'Customer' }) billingAccountId: string;
  @EnumField(COLLECTION) collection?: Collection;
  @TextField(REFERENCE) reference?: string | null;
}

export class UpdateSubscriptionRequest {
  @VersionField() version: number;
  @EnumField(COLLECTION) collection?: Collection;
  @TextField(REFERENCE) reference?: string | null;
  @IntegerField({
    description: "Days from opening to due date; null for the organization's terms",
    min: 0,
    max: 365,
    ...CLEARABLE,
  })
  dueDays?: number | null;
}

export class QuoteChangeRequest {
  @ObjectListField({
    description: 'All that it shall have, in its order; all of one currency and one cycle',
    type: () => ItemRequest,
    minItems: 1,
    maxItems: MOST_ITEMS,
    example: [{ priceId: '01922222-0000-7000-8000-000000000001' }],
  })
  items: ItemRequest[];
}

export class ChangeSubscriptionRequest extends QuoteChangeRequest {
  @EnumField({ description: 'At once, or with the next period', values: CHANGE_TIMES }) when: ChangeTime;
  @TextField({ description: TOKEN, max: 64, optional: true, example: A_TOKEN }) token?: string;
}

export class StaffPauseQuery {
  @DayField({ description: 'First day of the pause; today or later' }) startsOn: Day;
  @DayField({
    description: 'First day behind it; somebody has to say so where absent',
    example: '2027-01-10',
    optional: true,
  })
  resumesOn?: Day;
}

export class OptionalTokenRequest {
  @TextField({ description: TOKEN, max: 64, optional: true, example: A_TOKEN }) token?: string;
}

export class StaffPauseRequest extends OptionalTokenRequest {
  @DayField({ description: 'First day of the pause; today or later' }) startsOn: Day;
  @DayField({
    description: 'First day behind it; somebody has to say so where null',
    example: '2027-01-10',
    ...CLEARABLE,
  })
  resumesOn?: Day | null;
}

export class StaffCancellationQuery {
  @EnumField({ description: 'At once, or at the end of what is billed', values: CHANGE_TIMES }) when: ChangeTime;
  @EnumField({ description: 'Why', values: SAID_REASONS, optional: true }) reason?: CancelReason;
}

export class StaffCancelRequest extends OptionalTokenRequest {
  @EnumField({ description: 'At once, or at the end of what is billed', values: CHANGE_TIMES }) when: ChangeTime;
  @EnumField({ description: 'Why', values: SAID_REASONS, ...CLEARABLE }) reason?: CancelReason | null;
  @TextField({ description: 'The same in words', max: 1_000, example: 'Fechou a loja 2', ...CLEARABLE }) comment?:
    string | null;
  @BooleanField({
    description:
      "Whether days that are paid and not used are credited; as the organization's settings say where absent",
    optional: true,
  })
  credits?: boolean;
}

export class ReleaseSubscriptionRequest {
  @EnumField({ description: 'Ask for what was missed, or pass over it', values: ['bill', 'skip'] }) how:
    'bill' | 'skip';
}

export class CreditSubscriptionRequest {
  @AmountField({ description: 'In minor units', min: 1 }) amount: number;
  @TextField({ description: 'Why; the customer reads it', max: 500, example: 'Dois dias sem sinal' }) reason: string;
}

export class SubscriptionPeriodFacts {
  @ApiProperty({ type: String, format: 'date', description: 'First day' }) startsOn: Day;
  @ApiProperty({ type: String, format: 'date', description: 'Day behind the last one, as it was planned' }) endsOn: Day;
  @Nullable(String, 'Day on which it was over before that; null where it was not', { format: 'date' })
  cutOn: Day | null;
  @ApiProperty({ enum: PERIOD_KINDS, description: 'A trial, billed, or passed over' })
  kind: (typeof PERIOD_KINDS)[number];
  @Nullable(String, 'Invoice that asked for it; null for none', { format: 'uuid' }) invoiceId: string | null;
}

export class SubscriptionPeriodsResponse extends ListOf(SubscriptionPeriodFacts) {}

export class UsageRequest {
  @TextField({
    description: 'Names it for good: the same again is counted once',
    max: 100,
    example: '2026-11-25/ramal-204',
  })
  key: string;
  @UuidField({ description: 'Item whose price counts usage' }) itemId: string;
  @DayField({ description: 'When; a day of the current period, today at the latest', example: '2026-11-25' })
  usedOn: Day;
  @DecimalField({ description: 'How much, more than zero, with up to six decimals', example: '12.5' }) quantity: string;
}

export class RecordUsageRequest {
  @ObjectListField({
    description: 'What was used',
    type: () => UsageRequest,
    minItems: 1,
    maxItems: 500,
    example: [
      {
        key: '2026-11-25/ramal-204',
        itemId: '01922222-0000-7000-8000-000000000001',
        usedOn: '2026-11-25',
        quantity: '12.5',
      },
    ],
  })
  records: UsageRequest[];
}

export class RecordUsageResponse {
  @ApiProperty({ type: 'integer', description: 'How many were new', example: 1 }) recorded: number;
}

export class UsageFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Names it for good', example: '2026-11-25/ramal-204' }) key: string;
  @ApiProperty({ format: 'uuid', description: 'Of which item' }) itemId: string;
  @ApiProperty({ type: String, format: 'date', description: 'When' }) usedOn: Day;
  @ApiProperty({ description: 'How much', example: '12.5' }) quantity: string;
  @ApiProperty({ description: 'Whether it was asked for already' }) isBilled: boolean;
  @Nullable(String, 'Invoice that asked for it; null for none', { format: 'uuid' }) invoiceId: string | null;
  @ApiProperty({ description: 'When it was written down' }) recordedAt: Date;
}

export class UsageResponse extends ListOf(UsageFacts) {}

export function staffSubscriptionItem(row: SubscriptionListRow): StaffSubscriptionItem {
  const { billingAccountId: id, billingAccountName: name, heldFor, createdAt } = row;
  return { ...subscriptionItem(row), billingAccount: { id, name }, heldFor, createdAt };
}

export function staffSubscription(row: SubscriptionDetail): { subscription: StaffSubscriptionFacts } {
  const { billingAccountId: id, billingAccountName: name, heldFor, heldAt, createdAt, version } = row;
  return {
    subscription: {
      ...subscriptionFacts(row),
      billingAccount: { id, name },
      ...{ heldFor, heldAt, createdAt, version },
      monthly: money(row.monthly, row.currency),
    },
  };
}

export const periodFacts = (rows: readonly PeriodRow[]): SubscriptionPeriodsResponse => ({ data: [...rows] });

export const usageFacts = (rows: readonly UsageRow[]): UsageResponse => ({ data: [...rows] });
