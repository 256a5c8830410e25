import { ApiProperty } from '@nestjs/swagger';
import type { FieldErrorCode, FieldErrorParams, Locale } from '@balcao/contracts';
import type { FieldError } from '@balcao/platform-errors';
import { Nullable, Single, fieldErrorsInWords } from '@balcao/platform-http';
import type { Restoring, SettingValue, Version } from '../../version.js';

const SETTING = 'branding.theme.light.primary';
const AUTHORS = ['staff', 'operator', 'api_key', 'system', 'demo'] as const;

const ValueProperty = (description: string, example: string) =>
  ApiProperty({
    description: `${description}: text, number, yes or no, a list of texts, or null for nothing. Colours are \`#rrggbb\``,
    oneOf: [
      { type: 'string' },
      { type: 'number' },
      { type: 'boolean' },
      { type: 'array', items: { type: 'string' } },
      { type: 'null' },
    ],
    example,
  });

export class SettingChangeResponse {
  @ApiProperty({
    description: 'Which setting, or `name`, `slug`, `signupSlug`, `roles`, `organizationName`',
    example: SETTING,
  })
  setting: string;
  @ValueProperty('What it said before', '#214ea1') before: SettingValue;
  @ValueProperty('What it says', '#facc15') after: SettingValue;
}

export class VersionAuthor {
  @ApiProperty({ enum: AUTHORS, description: 'Whose hand it was' }) type: (typeof AUTHORS)[number];
  @Nullable(String, 'Who of them', { format: 'uuid' }) id: string | null;
  @Nullable(String, 'What they are called today, else what they were called', { example: 'Helena Prado' })
  name: string | null;
}

export class VersionItem {
  @ApiProperty({ type: 'integer', description: 'Which version, counted from 1', example: 4 }) version: number;
  @ApiProperty({ description: 'Who made it' }) author: VersionAuthor;
  @Nullable(String, 'A line that its author wrote about it', { example: 'Cores novas' }) note: string | null;
  @Nullable('integer', 'The earlier version that was put back; null for a change of its own', { example: null })
  restoredFrom: number | null;
  @ApiProperty({ description: 'When it was made' }) createdAt: Date;
  @ApiProperty({
    type: [SettingChangeResponse],
    description: 'What it changed; none for the first one. Lists cut texts after 200 characters',
  })
  changes: SettingChangeResponse[];
}

/** What stays as it is when an earlier version is put back, and why. */
export class LeftOutSetting {
  @ApiProperty({ description: 'Which setting', example: 'branding.logoUrl' }) setting: string;
  @ApiProperty({ type: String, description: 'The rule that it breaks; stable', example: 'exists' })
  code: FieldErrorCode;
  @ApiProperty({
    description: 'The rule in words, in the language of Accept-Language',
    example: 'Este item não existe mais.',
  })
  message: string;
  @ApiProperty({
    description: 'What the rule is set to',
    selfRequired: false,
    type: 'object',
    additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }] },
    example: { max: 255 },
  })
  params?: FieldErrorParams;
}

class RestoringResponse {
  @ApiProperty({
    type: 'integer',
    description: 'The version that today has, which a request to put it back names',
    example: 5,
  })
  version: number;
  @ApiProperty({ type: [SettingChangeResponse], description: 'What would be other than today' })
  changes: SettingChangeResponse[];
  @ApiProperty({ type: [LeftOutSetting], description: 'Settings that would stay as they are today' })
  leftOut: LeftOutSetting[];
}

class VersionDetail extends VersionItem {
  @ApiProperty({ description: 'What putting it back would do today' }) restoring: RestoringResponse;
}

export class VersionResponse extends Single('version', VersionDetail, 'The version') {}

/** A version as it is answered to whoever reads this language. */
export function versionAnswer({ restoring, ...version }: Version & { restoring: Restoring }, locale: Locale) {
  return { version: { ...version, restoring: { ...restoring, leftOut: leftOutInWords(restoring.leftOut, locale) } } };
}

export const leftOutInWords = (leftOut: FieldError[], locale: Locale): LeftOutSetting[] =>
  fieldErrorsInWords(leftOut, locale).map(({ path: setting, code, params, message }) => ({
    setting,
    code,
    params,
    message,
  }));
