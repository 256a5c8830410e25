import { ApiProperty, PartialType } from '@nestjs/swagger';
import {
  AmountField,
  BooleanField,
  CLEARABLE,
  DecimalField,
  EnumField,
  IntegerField,
  ListOf,
  Money,
  Nullable,
  ObjectField,
  PercentField,
  Single,
  TextField,
  VersionField,
  money,
} from '@balcao/platform-http';
import {
  CYCLE_UNITS,
  PLAN_KINDS,
  PRICE_MODELS,
  type CycleUnit,
  type PlanKind,
  type PriceModel,
} from '../../domain/plan.js';
import type { PlanFields, PriceFields } from '../../persistence/plan.repository.js';
import type { Plan } from '../../plan.service.js';
import { CycleFacts, ItemTaxFacts } from './subscription.dto.js';

export class CreatePlanRequest {
  @TextField({
    description: 'What it is called; no two that are sold have one name',
    max: 120,
    example: 'Fibra 1 Giga',
  })
  name: string;
  @TextField({ description: 'What it is', max: 500, example: '1 Gb/s, dois endereços de IP fixo', ...CLEARABLE })
  description?: string | null;
  @EnumField({
    description: 'A subscription is named after its plan; an addition comes with one',
    values: PLAN_KINDS,
    optional: true,
  })
  kind?: PlanKind;
  @TextField({
    description: 'Customers change among plans of one family',
    max: 60,
    example: 'Fibra Empresarial',
    ...CLEARABLE,
  })
  family?: string | null;
  @BooleanField({
    description: 'Whether customers may choose it themselves, where their portal lets them',
    optional: true,
  })
  isOffered?: boolean;
}

export class UpdatePlanRequest extends PartialType(CreatePlanRequest, { skipNullProperties: false }) {
  @VersionField() version: number;
  @BooleanField({ description: 'An archived one is sold to nobody; who has it keeps it', optional: true })
  isArchived?: boolean;
}

export class CycleRequest {
  @EnumField({ description: 'Months or years', values: CYCLE_UNITS }) unit: CycleUnit;
  @IntegerField({ description: 'Every so many of them', min: 1, max: 36 }) every: number;
}

export class PriceTaxRequest {
  @TextField({ description: 'What it is called', max: 40, example: 'ISS' }) name: string;
  @PercentField({ description: 'In percent', example: '5' }) percent: string;
  @BooleanField({ description: 'Whether the price has it already' }) included: boolean;
}

export class AddPriceRequest {
  @EnumField({
    description:
      '`flat`: so much; `per_unit`: for each; `usage`: for each that was used, behind the period; `once`: one time',
    values: PRICE_MODELS,
  })
  model: PriceModel;
  @TextField({ description: 'Currency', max: 3, pattern: /^[A-Z]{3}$/, example: 'BRL' }) currency: string;
  @AmountField({ description: 'Of one, in minor units', example: 64_990 }) unitAmount: number;
  @TextField({
    description: 'What is counted, of prices for each and of usage',
    max: 40,
    example: 'ramal',
    ...CLEARABLE,
  })
  unitName?: string | null;
  @DecimalField({ description: 'Of usage, what of each period costs nothing', example: '100', optional: true })
  included?: string;
  @ObjectField({
    description: 'How often it is billed',
    type: () => CycleRequest,
    example: { unit: 'month', every: 1 },
  })
  cycle: CycleRequest;
  @IntegerField({ description: 'Days at the beginning that cost nothing', min: 0, max: 365, optional: true })
  trialDays?: number;
  @AmountField({ description: 'Asked for once, with the first invoice; in minor units', optional: true })
  setupAmount?: number;
  @ObjectField({ description: 'Null for none', type: () => PriceTaxRequest, ...CLEARABLE })
  tax?: PriceTaxRequest | null;
}

/** What a plan costs. It never changes: another price comes, and who has this one keeps it. */
export class PriceFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ type: 'integer', description: 'Counted for each plan, from 1', example: 2 }) number: number;
  @ApiProperty({ enum: PRICE_MODELS, description: 'How it counts' }) model: PriceModel;
  @ApiProperty({ type: Money, description: 'Of one' }) unitAmount: Money;
  @Nullable(String, 'What is counted; null where nothing is', { example: 'ramal' }) unitName: string | null;
  @ApiProperty({ description: 'Of usage, what of each period costs nothing', example: '0' }) included: string;
  @ApiProperty({ type: CycleFacts, description: 'How often it is billed' }) cycle: CycleFacts;
  @ApiProperty({ type: 'integer', description: 'Days at the beginning that cost nothing', example: 0 })
  trialDays: number;
  @ApiProperty({ type: Money, description: 'Asked for once, with the first invoice' }) setupAmount: Money;
  @ApiProperty({ type: ItemTaxFacts, nullable: true, description: 'Null for none' }) tax: ItemTaxFacts | null;
  @ApiProperty({ type: 'integer', description: 'Subscriptions that have it and have not ended', example: 12 })
  subscriptions: number;
  @Nullable(Date, 'Since when nobody takes it any more; null while it is sold') archivedAt: Date | null;
  @ApiProperty() createdAt: Date;
}

export class PlanFacts {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Fibra 1 Giga' }) name: string;
  @Nullable(String, 'What it is; null where nobody said') description: string | null;
  @ApiProperty({ enum: PLAN_KINDS, description: 'A subscription is named after its plan; an addition comes with one' })
  kind: PlanKind;
  @Nullable(String, 'Customers change among plans of one family; null for none') family: string | null;
  @ApiProperty({ description: 'Whether customers may choose it themselves' }) isOffered: boolean;
  @ApiProperty({ type: 'integer', description: 'Subscriptions that have it and have not ended', example: 12 })
  subscriptions: number;
  @ApiProperty({ type: [PriceFacts], description: 'The latest first' }) prices: PriceFacts[];
  @Nullable(Date, 'Since when it is sold to nobody; null while it is') archivedAt: Date | null;
  @ApiProperty({ type: 'integer', description: 'Counts its changes' }) version: number;
  @ApiProperty() createdAt: Date;
}

export class PlanResponse extends Single('plan', PlanFacts) {}
export class PlansResponse extends ListOf(PlanFacts) {}

export const planFields = ({
  name,
  description = null,
  kind = 'plan',
  family = null,
  isOffered = false,
}: CreatePlanRequest): PlanFields => ({ name, description, kind, family, isOffered });

export const priceFields = ({
  unitAmount,
  unitName = null,
  included = '0',
  cycle,
  trialDays = 0,
  setupAmount = 0,
  tax,
  ...price
}: AddPriceRequest): PriceFields => ({
  ...price,
  unitAmount: BigInt(unitAmount),
  unitName,
  included,
  periodUnit: cycle.unit,
  periodEvery: cycle.every,
  trialDays,
  setupAmount: BigInt(setupAmount),
  taxName: tax?.name ?? null,
  taxPercent: tax?.percent ?? null,
  taxIsIncluded: tax?.included ?? false,
});

export function planFacts({ prices, ...plan }: Plan): PlanFacts {
  const { id, name, description, kind, family, isOffered, subscriptions, archivedAt, version, createdAt } = plan;
  return {
    ...{ id, name, description, kind, family, isOffered, subscriptions, archivedAt, version, createdAt },
    prices: prices.map((price) => ({
      id: price.priceId,
      number: price.number,
      model: price.model,
      unitAmount: money(price.unitAmount, price.currency),
      unitName: price.unitName,
      included: price.included,
      cycle: price.cycle,
      trialDays: price.trialDays,
      setupAmount: money(price.setupAmount, price.currency),
      tax: price.tax,
      subscriptions: price.subscriptions,
      archivedAt: price.archivedAt,
      createdAt: price.createdAt,
    })),
  };
}
