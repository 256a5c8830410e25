import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type as TypeOf } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  IsUrl,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { isPixKey, isTaxId, isTelephone, normalizeTaxId } from '@balcao/brazil';
import { isDay, isKeepableDay } from '@balcao/money';
import {
  composed,
  emailAddress,
  emailDomain,
  isCleanLine,
  isCleanText,
  isLinkAddress,
  isLocalTime,
  isOneLine,
  isPictureAddress,
  isVisibleText,
  LARGEST_PICTURE,
  LOCAL_TIME,
  LONGEST_LINK,
  searchText,
  textLength,
  type FieldErrorCode,
} from '@balcao/contracts';
import { holdsLink } from './names.js';

/**
 * One decorator for each kind of field: it validates, sets the limits and documents them, so that the three can
 * never differ. Request DTOs use nothing else.
 */
interface FieldOptions {
  /** Where it says more than the name, whose words the document has once for all. */
  description?: string;
  example?: unknown;
  /** May be left out. */
  optional?: boolean;
  /** May be null, which clears the value. */
  nullable?: boolean;
  /** Another name of that field: exactly one of the two is given. */
  otherNameOf?: string;
}

/** Left out, a value stays as it is; null takes it away. */
export const CLEARABLE = { optional: true, nullable: true };

interface TextOptions extends FieldOptions {
  min?: number;
  max: number;
  pattern?: RegExp;
  /** Keep spaces at both ends; they are removed otherwise. */
  verbatim?: boolean;
}

/** Names, subjects and the like, which end up in the headers of mails, are no longer than this. */
const LONGEST_LINE = 320;

/**
 * Text with something to see and nothing hidden, stored composed (NFC); only long ones may have tabs and line breaks.
 * `min` and `max` are Unicode characters.
 */
export function TextField({ min = 1, max, pattern, verbatim, ...options }: TextOptions): PropertyDecorator {
  return field(
    options,
    { type: String, minLength: min, maxLength: max, pattern: pattern?.source },
    typed(verbatim ? composed : (text) => composed(text.trim())),
    ...textRules({ min, max }),
    ...(pattern ? [Matches(pattern)] : []),
  );
}

/** Name of a person or a `company`, which stands in mails to people who have no account: it holds no link. */
export function NameField({
  max = 255,
  company = false,
  ...options
}: FieldOptions & { max?: number; company?: boolean } = {}): PropertyDecorator {
  return applyDecorators(
    TextField({ max, example: 'Ana Ribeiro', ...options }),
    rule('isName', (text) => !holdsLink(text, company)),
  );
}

/** What somebody looks for: pasted marks without width do not count. */
export function SearchField({
  max = 200,
  ...options
}: Omit<FieldOptions, 'nullable'> & { max?: number }): PropertyDecorator {
  return field(
    { ...options, optional: true },
    { type: String, minLength: 0, maxLength: max },
    typed(searchText),
    ...textRules({ min: 0, max }),
  );
}

/** An e-mail address, in the one form of its spellings. */
export function EmailField(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'email', maxLength: 320, example: 'ana@padaria.example' },
    typed((text) => emailAddress(text) ?? text),
    IsString(),
    MaxLength(320, { context: { max: 320 } }),
    rule('isEmail', (text) => emailAddress(text) === text),
  );
}

/** A CNPJ or CPF whose check digits fit, masked or not. */
export function TaxIdField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    TextField({
      description: 'CNPJ (numeric or alphanumeric) or CPF, masked or not',
      max: 18,
      example: '12.ABC.345/01DE-35',
      ...options,
    }),
    rule('isTaxId', (text) => isTaxId(normalizeTaxId(text))),
  );
}

/** A telephone as people write it: of Brazil with its area code, or of another country behind a `+`. */
export function TelephoneField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    TextField({ description: 'Telephone', max: 50, example: '+55 19 3555-0142', ...options }),
    rule('isTelephone', isTelephone),
  );
}

/** A PIX key of any kind, masked or not. */
export function PixKeyField(options: FieldOptions = {}): PropertyDecorator {
  return applyDecorators(
    TextField({ description: 'PIX key', max: 77, example: 'pix@aurora.example', ...options }),
    rule('isPixKey', isPixKey),
  );
}

/** A date and a time of the organization's own, without a zone, as `isLocalTime` has it. */
export function LocalTimeField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, pattern: LOCAL_TIME.source, minLength: 16, maxLength: 16, example: '2026-12-15T09:30' },
    IsString(),
    rule('isLocalTime', isLocalTime),
  );
}

/** A new password: at least 8 characters, at most 72 bytes, which is where bcrypt stops reading. */
export function NewPasswordField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'password', minLength: 8, maxLength: 72, example: 'quatro palavras sem nexo' },
    typed(composed),
    IsString(),
    IsStorable(),
    rule('minLength', (text) => textLength(text) >= 8, { context: { min: 8 } }),
    rule('maxBytes', (text) => Buffer.byteLength(text) <= 72, { context: { max: 72 } }),
  );
}

/** A password as typed at sign-in: any text of bounded length. */
export function PasswordField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'password', minLength: 1, maxLength: 1_000, example: 'balcao-demo-2026' },
    IsString(),
    IsStorable(),
    MinLength(1, { context: { min: 1 } }),
    MaxLength(1_000, { context: { max: 1_000 } }),
  );
}

export function UuidField(options: FieldOptions = {}): PropertyDecorator {
  const example = '01922222-0000-7000-8000-000000000001';
  return field(options, { type: String, format: 'uuid', example }, IsUUID());
}

export function BooleanField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: Boolean, example: true }, IsBoolean());
}

export function IntegerField({ min, max, ...options }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return field(
    options,
    { type: 'integer', minimum: min, maximum: max, example: min },
    IsInt(),
    Min(min, { context: { min } }),
    Max(max, { context: { max } }),
  );
}

/** A day of the calendar, without a time; of the years 1900 to 2098. */
export function DayField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'date', example: '2026-12-10' },
    IsString(),
    rule('isDay', isDay),
    rule('dayFar', (text) => !isDay(text) || isKeepableDay(text)),
  );
}

/** Money in the minor units of its currency: `12345` is 123.45 of one that has two decimals. */
export function AmountField({ min = 0, ...options }: FieldOptions & { min?: number }): PropertyDecorator {
  return IntegerField({ example: 12_345, ...options, min, max: Number.MAX_SAFE_INTEGER });
}

/** A decimal without sign, as text, so that no digit is lost. Whether it fits is for whoever reckons with it. */
export function DecimalField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, maxLength: LONGEST_DECIMAL, pattern: DECIMAL.source, example: '1.5' },
    IsString(),
    MaxLength(LONGEST_DECIMAL, { context: { max: LONGEST_DECIMAL } }),
    rule('isDecimal', (text) => DECIMAL.test(text)),
  );
}

/** A percentage from 0 to 100, as text, with up to four decimals. */
export function PercentField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    DecimalField({ example: '2', ...options }),
    rule('moneyTooManyDecimals', (text) => !/\.\d{5}/.test(text)),
    rule('moneyNotAPercentage', (text) => !DECIMAL.test(text) || Number(text) <= 100),
  );
}

/** Twelve digits, the point, and six decimals. */
const LONGEST_DECIMAL = 19;
const DECIMAL = /^\d{1,12}(\.\d{1,6})?$/;

/** The version that the caller read; `otherwise` says what happens without it, where it may be left out. */
export function VersionField(otherwise?: string, conflict = 'another one'): PropertyDecorator {
  return IntegerField({
    description: `Version that was read; ${conflict} answers 409${otherwise ? `. Without it ${otherwise}` : ''}`,
    min: 1,
    max: 2_147_483_646,
    optional: otherwise !== undefined,
  });
}

export function EnumField({ values, ...options }: FieldOptions & { values: readonly string[] }): PropertyDecorator {
  return field(options, { type: String, enum: [...values], example: values[0] }, IsIn(values));
}

/** A query parameter that takes one or several choices, separated by commas; empty is absent. */
export function EnumFilterField({
  values,
  description,
  example = values[0],
}: FieldOptions & { values: readonly string[] }): PropertyDecorator {
  return field(
    { description: `${description}; several separated by commas`, example, optional: true },
    { type: String, pattern: `^(?:(?:${values.join('|')})(?:,(?:${values.join('|')}))*)?$` },
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.split(',', values.length + 1) : value,
    ),
    ...listRules({ maxItems: values.length, repeatable: true }),
    IsIn(values, { each: true }),
  );
}

/** An absolute web address; https, or http where the host is local. */
export function WebAddressField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'uri', maxLength: 2_000, example: 'https://example.com/1' },
    IsString(),
    IsStorable(),
    MaxLength(2_000, { context: { max: 2_000 } }),
    IsUrl({ protocols: ['https', 'http'], require_protocol: true, require_tld: false, disallow_auth: true }),
  );
}

/** Where a link that customers see leads. */
export function LinkField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, format: 'uri', maxLength: LONGEST_LINK, example: 'https://aurora.example/termos' },
    typed((text) => text.trim()),
    IsString(),
    IsStorable(),
    MaxLength(LONGEST_LINK, { context: { max: LONGEST_LINK } }),
    rule('isLinkAddress', isLinkAddress),
  );
}

/** A picture: an https address, one that is kept here already, or a whole file inside a `data:` address. */
export function PictureField(options: FieldOptions): PropertyDecorator {
  return field(
    options,
    { type: String, maxLength: LONGEST_PICTURE, example: 'https://example.com/logo.svg' },
    IsString(),
    IsStorable(),
    rule('pictureSize', (text) => text.length <= LONGEST_PICTURE, { context: { max: LARGEST_PICTURE / 1_024 } }),
    rule('isPicture', isPictureAddress),
  );
}

/** Of its address, in base64 behind what it is. */
const LONGEST_PICTURE = (LARGEST_PICTURE / 3) * 4 + 50;

interface ListOptions extends FieldOptions {
  maxItems: number;
}

/** A list of short texts without repetition. */
export function TextListField({
  maxItems,
  max,
  pattern,
  ...options
}: ListOptions & { max: number; pattern?: RegExp }): PropertyDecorator {
  return field(
    options,
    listOf({ type: 'string', minLength: 1, maxLength: max, pattern: pattern?.source }, { maxItems }),
    typedList(maxItems, (text) => composed(text.trim())),
    ...listRules({ maxItems }),
    ...textRules({ min: 1, max, each: true }),
    ...(pattern ? [Matches(pattern, { each: true })] : []),
  );
}

/** A list of domains of e-mail addresses, each in the one form of its spellings. */
export function EmailDomainListField({ maxItems, ...options }: ListOptions): PropertyDecorator {
  return field(
    options,
    listOf({ type: 'string', minLength: 4, maxLength: 253 }, { maxItems }),
    typedList(maxItems, (text) => emailDomain(text) ?? text),
    ...listRules({ maxItems }),
    rule('isEmailDomain', (text) => emailDomain(text) === text, { each: true }),
  );
}

/** A list of choices without repetition. */
export function EnumListField({
  values,
  minItems,
  maxItems,
  ...options
}: ListOptions & { values: readonly string[]; minItems?: number }): PropertyDecorator {
  const items = { type: 'string', enum: [...values] };
  return field(
    { example: values.slice(0, 1), ...options },
    listOf(items, { minItems, maxItems }),
    ...listRules({ minItems, maxItems }),
    IsIn(values, { each: true }),
  );
}

/** A list of whole numbers; without repetition, unless it is `repeatable`. */
export function IntegerListField({
  min,
  max,
  maxItems,
  repeatable,
  ...options
}: ListOptions & { min: number; max: number; repeatable?: boolean }): PropertyDecorator {
  return field(
    { example: [min], ...options },
    listOf({ type: 'integer', minimum: min, maximum: max }, { maxItems, repeatable }),
    ...listRules({ maxItems, repeatable }),
    IsInt({ each: true }),
    Min(min, { each: true, context: { min } }),
    Max(max, { each: true, context: { max } }),
  );
}

export function UuidListField({
  minItems,
  maxItems,
  ...options
}: ListOptions & { minItems?: number }): PropertyDecorator {
  return field(
    { example: [], ...options },
    listOf({ type: 'string', format: 'uuid' }, { minItems, maxItems }),
    ...listRules({ minItems, maxItems }),
    IsUUID(undefined, { each: true }),
  );
}

/** A query parameter that names several things, separated by commas. */
export function UuidsParameter({
  description,
  maxItems,
}: {
  description: string;
  maxItems: number;
}): PropertyDecorator {
  const example = '01922222-0000-7000-8000-000000000001';
  return field(
    { description: `${description}; several separated by commas, at most ${maxItems}`, example },
    { type: String, minLength: 36, maxLength: maxItems * 37 - 1, pattern: '^[0-9a-fA-F-]{36}(?:,[0-9a-fA-F-]{36})*$' },
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.toLowerCase().split(',', maxItems + 1) : value,
    ),
    ...listRules({ minItems: 1, maxItems }),
    IsUUID(undefined, { each: true }),
  );
}

/** An object with fields of its own. */
export function ObjectField({ type, ...options }: FieldOptions & { type: () => Type }): PropertyDecorator {
  return field(options, { type }, IsObject(), ValidateNested(), TypeOf(type));
}

/** A list of objects with fields of their own; a broken field is named by its place, as in `people.3.email`. */
export function ObjectListField({
  type,
  minItems,
  maxItems,
  ...options
}: ListOptions & { type: () => Type; minItems: number }): PropertyDecorator {
  return field(
    options,
    { type, isArray: true, minItems, maxItems },
    ...listRules({ minItems, maxItems, repeatable: true }),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    // Asked once for each list before its items are made: of one that is too long, as many are looked at as break the rule.
    TypeOf((list) => {
      const items = list?.object[list.property] as unknown;
      if (Array.isArray(items)) items.splice(maxItems + 1);
      return type();
    }),
  );
}

/** Validates by the rules and documents the schema; what the options say comes before what it says by itself. */
function field(options: FieldOptions, schema: object, ...rules: PropertyDecorator[]): PropertyDecorator {
  const { description, example, optional, nullable, otherNameOf } = options;
  return applyDecorators(
    presence(options),
    ...rules,
    ApiProperty({
      ...schema,
      ...(description === undefined ? {} : { description }),
      ...(example === undefined ? {} : { example }),
      required: !optional,
      ...(otherNameOf ? { 'x-other-name-of': otherNameOf } : {}),
      ...(nullable ? { nullable: true } : {}),
    } as ApiPropertyOptions),
  );
}

function presence({ optional, nullable }: FieldOptions): PropertyDecorator {
  if (nullable && optional) return IsOptional();
  if (nullable) return ValidateIf((_object, value) => value !== null);
  // `IsOptional` would let null through as well.
  if (optional) return ValidateIf((_object, value) => value !== undefined);
  return () => {};
}

interface ListLimits {
  minItems?: number;
  maxItems: number;
  repeatable?: boolean;
}

const listOf = (items: object, { repeatable, ...limits }: ListLimits) => ({
  type: 'array',
  ...limits,
  ...(repeatable ? {} : { uniqueItems: true }),
  items,
});

function listRules({ minItems: min, maxItems: max, repeatable }: ListLimits): PropertyDecorator[] {
  return [
    IsArray(),
    ...(min ? [ArrayMinSize(min, { context: { min } })] : []),
    ArrayMaxSize(max, { context: { max } }),
    ...(repeatable ? [] : [ArrayUnique()]),
  ];
}

/** A rule of texts; class-validator forgets the context of one without a message. */
function rule(
  name: FieldErrorCode,
  holds: (text: string) => boolean,
  { each, context }: { each?: boolean; context?: Record<string, number> } = {},
): PropertyDecorator {
  const validator = { validate: (value: unknown) => typeof value === 'string' && holds(value) };
  return ValidateBy({ name, validator }, { each, context, message: name });
}

/** Nothing hidden, and a length that is counted as the database does: in Unicode characters, once composed. */
function textRules({ min, max, each }: { min: number; max: number; each?: boolean }): PropertyDecorator[] {
  const line = max <= LONGEST_LINE;
  return [
    IsString({ each }),
    rule('isCleanText', line ? isCleanLine : isCleanText, { each }),
    ...(line ? [rule('isOneLine', isOneLine, { each })] : []),
    rule('minLength', (text) => min === 0 || (isVisibleText(text) && textLength(text) >= min), {
      each,
      context: { min },
    }),
    rule('maxLength', (text) => textLength(text) <= max, { each, context: { max } }),
  ];
}

/** Any text that can be stored, seen or not: for secrets and addresses of machines. */
const IsStorable = () =>
  rule('isCleanText', (text) => text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text));

/** Changes what was typed before it is judged, where it is text. */
const typed = (change: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? change(value) : value));

/** The same for each text of a list; what is too long is refused by one item more than may be. */
const typedList = (maxItems: number, change: (text: string) => string): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value)
      ? value.slice(0, maxItems + 1).map((item: unknown) => (typeof item === 'string' ? change(item) : item))
      : value,
  );
