import { ApiProperty, PartialType } from '@nestjs/swagger';
import { isUf, normalizePostalCode } from '@balcao/brazil';
import { refusedField } from '@balcao/platform-errors';
import {
  BooleanField,
  CLEARABLE,
  DecimalField,
  EmailField,
  EnumField,
  IntegerField,
  Nullable,
  ObjectField,
  Single,
  TaxIdField,
  TelephoneField,
  TextField,
  VersionField,
} from '@balcao/platform-http';
import { LATE_CHARGE_RULES, type BillingSettings } from '../../billing-settings.service.js';

/** A postal address in Brazil. */
export class AddressRequest {
  @TextField({ description: 'With its kind before it', max: 255, example: 'Rua Barão de Jaguara', ...CLEARABLE }) street?: string | null;
  @TextField({ description: 'Number of the house', max: 20, example: '1481', ...CLEARABLE }) number?: string | null;
  @TextField({ description: 'What else finds it', max: 100, example: 'Loja 3', ...CLEARABLE }) complement?: string | null;
  @TextField({ description: 'Part of the city', max: 100, example: 'Centro', ...CLEARABLE }) district?: string | null;
  @TextField({ description: 'CEP, with its hyphen or without', max: 9, pattern: /^\d{5}-?\d{3}$/, example: '13015-002', ...CLEARABLE })
  postalCode?: string | null;
  @TextField({ description: 'Municipality', max: 100, example: 'Campinas', ...CLEARABLE }) city?: string | null;
  @TextField({ description: 'State (UF)', max: 2, pattern: /^[A-Z]{2}$/, example: 'SP', ...CLEARABLE }) state?: string | null;
}
