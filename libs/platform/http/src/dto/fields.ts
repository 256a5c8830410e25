import { applyDecorators, type Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
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
import {
  composed,
  emailAddress,
  emailDomain,
  isCleanLine,
  isCleanText,
  isOneLine,
  isPictureAddress,
  isVisibleText,
  LONGEST_DATA_PICTURE,
  searchText,
  textLength,
} from '@balcao/contracts';

/**
 * One decorator for each kind of field: it validates, sets the limits and documents them, so that the three can
 * never differ. Request DTOs use nothing else.
 */
interface FieldOptions {
  description: string;
  example?: unknown;
  /** May be left out. */
  optional?: boolean;
  /** May be null, which clears the value. */
  nullable?: boolean;
  /** Another name of that field: exactly one of the two is given. */
  otherNameOf?: string;
}

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
export function TextField({ min = 1, max, pattern, verbatim, ...field }: TextOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    typed(verbatim ? composed : (text) => composed(text.trim())),
    ...textRules({ min, max }),
    ...(pattern ? [Matches(pattern)] : []),
    ApiProperty({
      ...documented(field),
      type: String,
      minLength: min,
      maxLength: max,
      pattern: pattern?.source,
    }),
  );
}

/** What would make a link or another address of a name, in a mail to somebody who has not asked for it. */
const NO_NAME = /:\/\/|www\.|@|\.\p{L}{2,}\//iu;

/** Name of a person or company, which stands in mails to people who have no account. */
export function NameField({ max = 255, ...field }: FieldOptions & { max?: number }): PropertyDecorator {
  return applyDecorators(
    TextField({ max, example: 'Ana Ribeiro', ...field }),
    rule('isName', (text) => !NO_NAME.test(text)),
  );
}

/** What somebody looks for: pasted marks without width do not count. */
export function SearchField({
  max = 200,
  ...field
}: Omit<FieldOptions, 'nullable'> & { max?: number }): PropertyDecorator {
  return applyDecorators(
    presence({ ...field, optional: true }),
    typed(searchText),
    ...textRules({ min: 0, max }),
    ApiProperty({ ...documented({ ...field, optional: true }), type: String, minLength: 0, maxLength: max }),
  );
}

/** An e-mail address, in the one form of its spellings. */
export function EmailField(field: FieldOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    typed((text) => emailAddress(text) ?? text),
    IsString(),
    MaxLength(320, { context: { max: 320 } }),
    rule('isEmail', (text) => emailAddress(text) === text),
    ApiProperty({
      example: 'ana@padaria.example',
      ...documented(field),
      type: String,
      format: 'email',
      maxLength: 320,
    }),
  );
}

/** A new password: at least 8 characters, at most 72 bytes, which is where bcrypt stops reading. */
export function NewPasswordField(field: FieldOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    typed(composed),
    IsString(),
    IsStorable(),
    rule('minLength', (text) => textLength(text) >= 8, { context: { min: 8 } }),
    rule('maxBytes', (text) => Buffer.byteLength(text) <= 72, { context: { max: 72 } }),
    ApiProperty({
      example: 'quatro palavras sem nexo',
      ...documented(field),
      type: String,
      format: 'password',
      minLength: 8,
      maxLength: 72,
    }),
  );
}

/** A password as typed at sign-in: any text of bounded length. */
export function PasswordField(field: FieldOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsString(),
    IsStorable(),
    MinLength(1, { context: { min: 1 } }),
    MaxLength(1_000, { context: { max: 1_000 } }),
    ApiProperty({
      example: 'balcao-demo-2026',
      ...documented(field),
      type: String,
      format: 'password',
      minLength: 1,
      maxLength: 1_000,
    }),
  );
}

export function UuidField(field: FieldOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsUUID(),
    ApiProperty({
      example: '01922222-0000-7000-8000-000000000001',
      ...documented(field),
      type: String,
      format: 'uuid',
    }),
  );
}

export function BooleanField(field: FieldOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsBoolean(),
    ApiProperty({ example: true, ...documented(field), type: Boolean }),
  );
}

export function IntegerField({ min, max, ...field }: FieldOptions & { min: number; max: number }): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsInt(),
    Min(min, { context: { min } }),
    Max(max, { context: { max } }),
    ApiProperty({
      example: min,
      ...documented(field),
      type: 'integer',
      minimum: min,
      maximum: max,
    }),
  );
}

export function EnumField({ values, ...field }: FieldOptions & { values: readonly string[] }): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsIn(values),
    ApiProperty({
      example: values[0],
      ...documented(field),
      type: String,
      enum: [...values],
    }),
  );
}

/** A query parameter that takes one or several choices, separated by commas; empty is absent. */
export function EnumFilterField({
  values,
  description,
  example,
}: {
  values: readonly string[];
  description: string;
  example?: string;
}): PropertyDecorator {
  return applyDecorators(
    presence({ description, optional: true }),
    Transform(({ value }: { value: unknown }) =>
      typeof value === 'string' ? value.split(',', values.length + 1) : value,
    ),
    IsArray(),
    ArrayMaxSize(values.length, { context: { max: values.length } }),
    IsIn(values, { each: true }),
    ApiProperty({
      description: `${description}; several separated by commas`,
      example: example ?? values[0],
      required: false,
      type: String,
      pattern: `^(?:(?:${values.join('|')})(?:,(?:${values.join('|')}))*)?$`,
    }),
  );
}

/** An absolute web address; https, or http where the host is local. */
export function WebAddressField(field: FieldOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsString(),
    IsStorable(),
    MaxLength(2_000, { context: { max: 2_000 } }),
    IsUrl({
      protocols: ['https', 'http'],
      require_protocol: true,
      require_tld: false,
      disallow_auth: true,
    }),
    ApiProperty({
      example: 'https://example.com/1',
      ...documented(field),
      type: String,
      format: 'uri',
      maxLength: 2_000,
    }),
  );
}

/** A picture: an https address, or a small raster file inside a `data:` address. */
export function PictureField(field: FieldOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsString(),
    IsStorable(),
    MaxLength(LONGEST_DATA_PICTURE, { context: { max: LONGEST_DATA_PICTURE } }),
    ValidateBy({
      name: 'isPicture',
      validator: {
        validate: (value) => typeof value === 'string' && isPictureAddress(value),
      },
    }),
    ApiProperty({
      example: 'https://example.com/logo.svg',
      ...documented(field),
      type: String,
      format: 'uri',
      maxLength: LONGEST_DATA_PICTURE,
    }),
  );
}

interface ListOptions extends FieldOptions {
  maxItems: number;
}

/** A list of short texts without repetition. */
export function TextListField({
  maxItems,
  max,
  pattern,
  ...field
}: ListOptions & { max: number; pattern?: RegExp }): PropertyDecorator {
  return applyDecorators(
    presence(field),
    typedList(maxItems, (text) => composed(text.trim())),
    IsArray(),
    ArrayMaxSize(maxItems, { context: { max: maxItems } }),
    ArrayUnique(),
    ...textRules({ min: 1, max, each: true }),
    ...(pattern ? [Matches(pattern, { each: true })] : []),
    ApiProperty({
      ...documented(field),
      type: 'array',
      maxItems,
      uniqueItems: true,
      items: {
        type: 'string',
        minLength: 1,
        maxLength: max,
        pattern: pattern?.source,
      },
    }),
  );
}

/** A list of domains of e-mail addresses, each in the one form of its spellings. */
export function EmailDomainListField({ maxItems, ...field }: ListOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    typedList(maxItems, (text) => emailDomain(text) ?? text),
    IsArray(),
    ArrayMaxSize(maxItems, { context: { max: maxItems } }),
    ArrayUnique(),
    rule('isEmailDomain', (text) => emailDomain(text) === text, { each: true }),
    ApiProperty({
      ...documented(field),
      type: 'array',
      maxItems,
      uniqueItems: true,
      items: { type: 'string', minLength: 4, maxLength: 253 },
    }),
  );
}

/** A list of choices without repetition. */
export function EnumListField({
  values,
  minItems = 0,
  maxItems,
  ...field
}: ListOptions & { values: readonly string[]; minItems?: number }): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsArray(),
    ArrayMinSize(minItems, { context: { min: minItems } }),
    ArrayMaxSize(maxItems, { context: { max: maxItems } }),
    ArrayUnique(),
    IsIn(values, { each: true }),
    ApiProperty({
      example: values.slice(0, 1),
      ...documented(field),
      type: 'array',
      ...(minItems > 0 ? { minItems } : {}),
      maxItems,
      uniqueItems: true,
      items: { type: 'string', enum: [...values] },
    }),
  );
}

export function UuidListField({ maxItems, ...field }: ListOptions): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsArray(),
    ArrayMaxSize(maxItems, { context: { max: maxItems } }),
    ArrayUnique(),
    IsUUID(undefined, { each: true }),
    ApiProperty({
      example: [],
      ...documented(field),
      type: 'array',
      maxItems,
      uniqueItems: true,
      items: { type: 'string', format: 'uuid' },
    }),
  );
}

/** A rule of texts; class-validator forgets the context of one without a message. */
function rule(
  name: string,
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

/** An object with fields of its own. */
export function ObjectField({ type, ...field }: FieldOptions & { type: () => Type }): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsObject(),
    ValidateNested(),
    TypeOf(type),
    ApiProperty({ ...documented(field), type }),
  );
}

/** A list of objects with fields of their own; a broken field is named by its place, as in `people.3.email`. */
export function ObjectListField({
  type,
  minItems,
  maxItems,
  ...field
}: ListOptions & { type: () => Type; minItems: number }): PropertyDecorator {
  return applyDecorators(
    presence(field),
    IsArray(),
    ArrayMinSize(minItems, { context: { min: minItems } }),
    ArrayMaxSize(maxItems, { context: { max: maxItems } }),
    IsObject({ each: true }),
    ValidateNested({ each: true }),
    // Asked once for each list before its items are made: of one that is too long, as many are looked at as break the rule.
    TypeOf((list) => {
      const items = list?.object[list.property] as unknown;
      if (Array.isArray(items)) items.splice(maxItems + 1);
      return type();
    }),
    ApiProperty({ ...documented(field), type, isArray: true, minItems, maxItems }),
  );
}

function presence({ optional, nullable }: FieldOptions): PropertyDecorator {
  if (nullable && optional) return IsOptional();
  if (nullable) return ValidateIf((_object, value) => value !== null);
  // `IsOptional` would let null through as well.
  if (optional) return ValidateIf((_object, value) => value !== undefined);
  return () => {};
}

function documented({ description, example, optional, nullable, otherNameOf }: FieldOptions) {
  return {
    description,
    ...(example === undefined ? {} : { example }),
    required: !optional,
    ...(otherNameOf ? { 'x-other-name-of': otherNameOf } : {}),
    ...(nullable ? { nullable: true } : {}),
  };
}
