import { ApiProperty } from '@nestjs/swagger';
import type { Day } from '@balcao/money';
import {
  CLEARABLE,
  DayField,
  EnumField,
  ListOf,
  Money,
  Nullable,
  Single,
  TextField,
  UuidField,
  money,
} from '@balcao/platform-http';
import { SUBSCRIPTION_ACTIONS, actionsOf, type SubscriptionAction } from '../../domain/actions.js';
import { CANCEL_REASONS, type CancelReason } from '../../domain/life.js';
import { PRICE_MODELS, type Item, type PriceModel } from '../../domain/plan.js';
import type { Choice } from '../../portal-subscription.service.js';
import { CHANGE_TIMES, type ChangeTime } from '../../subscription-change.service.js';
import type { SubscriptionDetail } from '../../subscription-reader.service.js';
import type { SubscriptionRules } from '../../subscription-settings.js';
import type { UsageDay } from '../../usage.service.js';
import {
  CycleFacts,
  SubscriptionFacts,
  SubscriptionItemFacts,
  itemFacts,
  subscriptionFacts,
} from './subscription.dto.js';

/** Why somebody leaves: what nobody but the system says is not among it. */
export const SAID_REASONS = CANCEL_REASONS.filter((reason) => reason !== 'unpaid');

export class PortalSubscriptionFacts extends SubscriptionFacts {
  @ApiProperty({
    enum: SUBSCRIPTION_ACTIONS,
    isArray: true,
    description: 'What can be done with it as it stands, as far as the portal lets its customers',
  })
  actions: SubscriptionAction[];
  @ApiProperty({ type: 'integer', description: 'Days that a pause takes at most', example: 92 })
  longestPauseDays: number;
}

export class PortalSubscriptionResponse extends Single('subscription', PortalSubscriptionFacts) {}

export class ChoicesQuery {
  @UuidField({ description: 'The item that is to be another; the first where absent', optional: true }) itemId?: string;
}

/** Something that an item may be changed to. */
export class ChoiceFacts {
  @ApiProperty({ format: 'uuid', description: 'At which price' }) priceId: string;
  @ApiProperty({ format: 'uuid', description: 'Of which plan' }) planId: string;
  @ApiProperty({ example: 'Fibra 1 Giga' }) name: string;
  @Nullable(String, 'What it is; null where nobody said', { example: '1 Gb/s, dois endereços de IP fixo' })
  description: string | null;
  @ApiProperty({ enum: PRICE_MODELS, description: 'How it counts' }) model: PriceModel;
  @ApiProperty({ type: Money, description: 'Of one; of a `flat` one, of all' }) unitAmount: Money;
  @Nullable(String, 'What is counted; null where nothing is', { example: 'ramal' }) unitName: string | null;
  @ApiProperty({ type: CycleFacts, description: 'How often it is billed' }) cycle: CycleFacts;
  @ApiProperty({ description: 'Whether it is what they have, at the same price' }) isCurrent: boolean;
}

export class ChoicesResponse {
  @ApiProperty({ type: SubscriptionItemFacts, description: 'What they have' }) current: SubscriptionItemFacts;
  @ApiProperty({ type: [ChoiceFacts], description: 'What is offered, the cheapest first; 50 at most' })
  choices: ChoiceFacts[];
}

export class PlanChangeQuery {
  @UuidField({ description: 'The item that is to be another; the first where absent', optional: true }) itemId?: string;
  @UuidField({ description: 'The price to take, as it is offered' }) priceId: string;
  @TextField({
    description: 'How many; as many as now where absent',
    max: 6,
    pattern: /^[1-9]\d*$/,
    example: '5',
    optional: true,
  })
  quantity?: string;
}

export class TokenRequest {
  @TextField({ description: 'Of the price that was shown', max: 64, example: 'q3J4v0Yb0m1Zt2hV9eXw8A7c6d5f4g3h' })
  token: string;
}

export class ChangePlanRequest extends PlanChangeQuery {
  @EnumField({ description: 'At once, or with the next period', values: CHANGE_TIMES }) when: ChangeTime;
  @TextField({ description: 'Of the price that was shown', max: 64, example: 'q3J4v0Yb0m1Zt2hV9eXw8A7c6d5f4g3h' })
  token: string;
}

export class PauseQuery {
  @DayField({ description: 'First day of the pause; today or later' }) startsOn: Day;
  @DayField({ description: 'First day behind it', example: '2027-01-10' }) resumesOn: Day;
}

export class PauseRequest extends PauseQuery {
  @TextField({ description: 'Of what was shown', max: 64, example: 'q3J4v0Yb0m1Zt2hV9eXw8A7c6d5f4g3h' }) token: string;
}

export class CancellationQuery {
  @EnumField({ description: 'At once, or at the end of what is billed', values: CHANGE_TIMES }) when: ChangeTime;
  @EnumField({ description: 'Why', values: SAID_REASONS, optional: true }) reason?: CancelReason;
}

export class CancelSubscriptionRequest {
  @EnumField({ description: 'At once, or at the end of what is billed', values: CHANGE_TIMES }) when: ChangeTime;
  @EnumField({ description: 'Why', values: SAID_REASONS, ...CLEARABLE }) reason?: CancelReason | null;
  @TextField({ description: 'The same in their own words', max: 1_000, example: 'Vamos fechar a loja 2', ...CLEARABLE })
  comment?: string | null;
  @TextField({ description: 'Of what was shown', max: 64, example: 'q3J4v0Yb0m1Zt2hV9eXw8A7c6d5f4g3h' }) token: string;
}

export class TakeDiscountRequest {
  @EnumField({ description: 'Why they wanted to leave', values: SAID_REASONS, ...CLEARABLE })
  reason?: CancelReason | null;
}

export function portalSubscription(
  row: SubscriptionDetail,
  rules: SubscriptionRules,
): { subscription: PortalSubscriptionFacts } {
  const hasUndoableChange = row.scheduled !== null || row.unpaidChange !== null;
  return {
    subscription: {
      ...subscriptionFacts(row),
      actions: actionsOf({ ...row, hasUndoableChange, isTakenUp: row.followedBy !== null }, rules),
      longestPauseDays: rules.longestPauseDays,
    },
  };
}

export const choicesOf = ({ current, choices }: { current: Item; choices: Choice[] }): ChoicesResponse => ({
  current: itemFacts(current),
  choices: choices.map(({ priceId, planId, name, description, model, unitAmount, unitName, cycle, currency }) => ({
    ...{ priceId, planId, name, description, model, unitName, cycle },
    unitAmount: money(unitAmount, currency),
    isCurrent: priceId === current.priceId,
  })),
});

export class UsageDayFacts implements UsageDay {
  @ApiProperty({ format: 'uuid', description: 'Of which item' }) itemId: string;
  @ApiProperty({ type: String, format: 'date', description: 'When' }) usedOn: Day;
  @ApiProperty({ description: 'How much', example: '12.5' }) quantity: string;
  @ApiProperty({ description: 'Whether an invoice asked for it already' }) isBilled: boolean;
}

export class UsageDaysResponse extends ListOf(UsageDayFacts) {}
