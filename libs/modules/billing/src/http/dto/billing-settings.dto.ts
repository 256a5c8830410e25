import { ApiProperty, PartialType } from '@nestjs/swagger';
import { PostalAddressFacts, PostalAddressRequest } from '@balcao/module-directory/http';
import {
  BooleanField,
  EmailField,
  EnumField,
  IntegerField,
  IntegerListField,
  NameField,
  Nullable,
  ObjectField,
  PercentField,
  PixKeyField,
  Single,
  TaxIdField,
  TelephoneField,
  TextField,
  VersionField,
} from '@balcao/platform-http';
import { COLLECTION_ENDS, LATE_CHARGE_RULES, type BillingSettings } from '../../billing-settings.service.js';

const nullable = true;

class BillingSettingsFields {
  @NameField({
    company: true,
    description: 'Name in the register of companies',
    example: 'Aurora Telecom Ltda',
    nullable,
  })
  legalName: string | null;
  @TaxIdField({ nullable }) taxId: string | null;
  @TextField({
    description: "Registration with the municipality, as the fiscal note's issuer",
    max: 30,
    example: '123.456-7',
    nullable,
  })
  municipalRegistration: string | null;
  @EmailField({ description: 'Where customers write about invoices', nullable }) email: string | null;
  @TelephoneField({ description: 'Where customers call about invoices', nullable }) phone: string | null;
  @ObjectField({ description: 'Where the company is', type: () => PostalAddressRequest, nullable })
  address: PostalAddressRequest | null;
  @PixKeyField({ description: 'PIX key to which payments without a gateway are sent', nullable })
  pixKey: string | null;
  @TextField({
    description: 'Before the year in a number: `F-` makes F-2026-000123',
    min: 0,
    max: 10,
    pattern: /^[A-Z0-9./-]*$/,
    example: 'F-',
  })
  numberPrefix: string;
  @IntegerField({
    description: "Where a year's numbers begin, for who comes from another system",
    min: 1,
    max: 999_999_999,
  })
  firstNumber: number;
  @IntegerField({ description: 'Days from opening to due date', min: 0, max: 365, example: 10 }) dueDays: number;
  @PercentField({ description: 'For lateness, once, in percent; contracts have to say so', example: '2' })
  finePercent: string;
  @PercentField({ description: 'For lateness, a month, in percent; contracts have to say so', example: '1' })
  interestPercent: string;
  @EnumField({
    description: 'What becomes of charges for lateness that a payment of the principal left open',
    values: LATE_CHARGE_RULES,
  })
  lateCharges: BillingSettings['lateCharges'];
  @BooleanField({ description: 'Whether a late payment covers the charges before the principal' })
  chargesFirst: boolean;
  @BooleanField({ description: 'Whether credit that is left pays an invoice when it opens' }) appliesCredit: boolean;
  @BooleanField({ description: 'Whether new invoices may be paid in parts' }) allowsPartial: boolean;
  @IntegerListField({
    description: 'Days before the due date on which customers are reminded',
    min: 0,
    max: 60,
    maxItems: 5,
    example: [3],
  })
  reminderDays: number[];
  @IntegerListField({
    description: 'Days behind the last day in time on which customers are reminded',
    min: 1,
    max: 365,
    maxItems: 10,
    example: [1, 7, 15],
  })
  overdueDays: number[];
  @IntegerField({
    description: 'Banking days for which a proof of payment keeps reminders back; 0 for none',
    min: 0,
    max: 30,
    example: 3,
  })
  proofPauseDays: number;
  @BooleanField({ description: 'Whether reminders wait while a customer disputes the invoice' })
  disputesPauseReminders: boolean;
  @IntegerField({
    description:
      'Days behind the due date, or behind the day on which it was asked for where that is later, until which a payment link opens its invoice',
    min: 1,
    max: 1000,
    example: 90,
  })
  linkDays: number;
  @IntegerListField({
    description:
      'Days between one try of a saved card and the next, in their order; behind the last nobody tries any more',
    min: 1,
    max: 30,
    maxItems: 7,
    repeatable: true,
    example: [3, 5, 7],
  })
  collectionRetryDays: number[];
  @EnumField({
    description: 'What becomes then of what was to be paid: nothing, or its subscription is paused or cancelled',
    values: COLLECTION_ENDS,
  })
  collectionEnd: BillingSettings['collectionEnd'];
  @IntegerField({
    description: 'Days before a saved card is charged for the first time on which its payer is told; 0 for none',
    min: 0,
    max: 30,
    example: 3,
  })
  collectionNoticeDays: number;
}

export class UpdateBillingSettingsRequest extends PartialType(BillingSettingsFields, { skipNullProperties: false }) {
  @VersionField() version: number;
}

export class BillingSettingsFacts implements BillingSettings {
  @Nullable(String, 'Name in the register of companies; null where nobody has said') legalName: string | null;
  @Nullable(String, 'CNPJ or CPF without its marks; null where nobody has said') taxId: string | null;
  @Nullable(String, 'Registration with the municipality; null where nobody has said') municipalRegistration:
    string | null;
  @Nullable(String, 'Where customers write about invoices; null where nobody has said') email: string | null;
  @Nullable(String, 'Where customers call about invoices; null where nobody has said') phone: string | null;
  @ApiProperty({ type: PostalAddressFacts, nullable: true, description: 'Null where nobody has said' })
  address: PostalAddressFacts | null;
  @Nullable(String, 'PIX key; null for none') pixKey: string | null;
  @ApiProperty({ description: 'Before the year in a number', example: 'F-' }) numberPrefix: string;
  @ApiProperty({ type: 'integer', description: "Where a year's numbers begin", example: 1 }) firstNumber: number;
  @ApiProperty({ type: 'integer', description: 'Days from opening to due date', example: 10 }) dueDays: number;
  @ApiProperty({ description: 'For lateness, once, in percent', example: '2' }) finePercent: string;
  @ApiProperty({ description: 'For lateness, a month, in percent', example: '1' }) interestPercent: string;
  @ApiProperty({ enum: LATE_CHARGE_RULES, description: 'What becomes of charges that a payment left open' })
  lateCharges: BillingSettings['lateCharges'];
  @ApiProperty({ description: 'Whether a late payment covers the charges first' }) chargesFirst: boolean;
  @ApiProperty({ description: 'Whether credit that is left pays an invoice when it opens' }) appliesCredit: boolean;
  @ApiProperty({ description: 'Whether new invoices may be paid in parts' }) allowsPartial: boolean;
  @ApiProperty({ type: [Number], description: 'Days before the due date', example: [3] }) reminderDays: number[];
  @ApiProperty({ type: [Number], description: 'Days behind the last day in time', example: [1, 7, 15] })
  overdueDays: number[];
  @ApiProperty({ type: 'integer', description: 'Banking days for which a proof of payment keeps reminders back' })
  proofPauseDays: number;
  @ApiProperty({ description: 'Whether reminders wait while a customer disputes the invoice' })
  disputesPauseReminders: boolean;
  @ApiProperty({ type: 'integer', description: 'Days that a payment link opens its invoice for', example: 90 })
  linkDays: number;
  @ApiProperty({ type: [Number], description: 'Days between the tries of a saved card', example: [3, 5, 7] })
  collectionRetryDays: number[];
  @ApiProperty({ enum: COLLECTION_ENDS, description: 'What becomes of what was to be paid, where all of them failed' })
  collectionEnd: BillingSettings['collectionEnd'];
  @ApiProperty({ type: 'integer', description: 'Days before a first try on which its payer is told; 0 for none' })
  collectionNoticeDays: number;
  @ApiProperty({ type: 'integer', description: 'Counts its changes' }) version: number;
}

export class BillingSettingsResponse extends Single('billingSettings', BillingSettingsFacts) {}
