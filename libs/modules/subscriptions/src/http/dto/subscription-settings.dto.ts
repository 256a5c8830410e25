import { ApiProperty, PartialType } from '@nestjs/swagger';
import { BooleanField, EnumField, IntegerField, PercentField, Single, VersionField } from '@balcao/platform-http';
import { PAST_DUE_ACTIONS, type SubscriptionSettings } from '../../subscription-settings.service.js';

class SubscriptionSettingsFields {
  @EnumField({ description: 'What becomes of one whose invoices stay unpaid', values: PAST_DUE_ACTIONS })
  pastDueAction: SubscriptionSettings['pastDueAction'];
  @IntegerField({ description: 'Days behind the day on which it fell behind', min: 1, max: 365, example: 30 })
  pastDueDays: number;
  @BooleanField({ description: 'Whether days that are paid and not used are credited where somebody cancels at once' })
  creditsUnused: boolean;
  @BooleanField({ description: 'Whether a pause is offered to who closes for a while' }) offersPause: boolean;
  @BooleanField({ description: 'Whether a plan that costs less is offered to who wants to leave' }) offersPlan: boolean;
  @PercentField({ description: 'Off what recurs, offered to who wants to leave; 0 for no such offer', example: '20' })
  offerPercent: string;
  @IntegerField({ description: 'For so many periods', min: 1, max: 24, example: 3 }) offerPeriods: number;
}

export class UpdateSubscriptionSettingsRequest extends PartialType(SubscriptionSettingsFields, {
  skipNullProperties: false,
}) {
  @VersionField() version: number;
}

export class SubscriptionSettingsFacts implements SubscriptionSettings {
  @ApiProperty({ enum: PAST_DUE_ACTIONS, description: 'What becomes of one whose invoices stay unpaid' })
  pastDueAction: SubscriptionSettings['pastDueAction'];
  @ApiProperty({ type: 'integer', description: 'Days behind the day on which it fell behind', example: 30 })
  pastDueDays: number;
  @ApiProperty({ description: 'Whether unused paid days are credited where somebody cancels at once' })
  creditsUnused: boolean;
  @ApiProperty({ description: 'Whether a pause is offered' }) offersPause: boolean;
  @ApiProperty({ description: 'Whether a plan that costs less is offered' }) offersPlan: boolean;
  @ApiProperty({ description: 'Off what recurs, in percent; 0 for no such offer', example: '20' }) offerPercent: string;
  @ApiProperty({ type: 'integer', description: 'For so many periods', example: 3 }) offerPeriods: number;
  @ApiProperty({ type: 'integer', description: 'Counts their changes' }) version: number;
}

export class SubscriptionSettingsResponse extends Single('subscriptionSettings', SubscriptionSettingsFacts) {}
