import { ApiProperty } from '@nestjs/swagger';
import type { FieldErrorCode, FieldErrorParams } from '@balcao/contracts';
import {
  Nullable,
  PageQuery,
  Single,
  TextField,
  TextListField,
  IntegerField,
  VersionField,
} from '@balcao/platform-http';
import type { SettingValue } from '../../settings/setting-changes.js';
import { PortalItem } from './portal.dto.js';

const SETTING = 'branding.theme.light.primary';
/** A section's name, or `name`. */
const PART = { pattern: /^[a-zA-Z]+$/, max: 50 };
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
  @ApiProperty({ description: 'Which setting, or `name`, `slug`, `signupSlug`, `roles`', example: SETTING })
  setting: string;
  @ValueProperty('What it said before', '#214ea1') before: SettingValue;
  @ValueProperty('What it says', '#facc15') after: SettingValue;
}

export class PortalVersionAuthor {
  @ApiProperty({ enum: AUTHORS, description: 'Whose hand it was' }) type: (typeof AUTHORS)[number];
  @Nullable(String, 'Who of them', { format: 'uuid' }) id: string | null;
  @Nullable(String, 'What they are called today, else what they were called', { example: 'Helena Prado' })
  name: string | null;
}

export class PortalVersionItem {
  @ApiProperty({ type: 'integer', description: 'Which version, counted from 1', example: 4 }) version: number;
  @ApiProperty({ description: 'Who made it' }) author: PortalVersionAuthor;
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

class PortalVersionDetail extends PortalVersionItem {
  @ApiProperty({ description: 'What putting it back would do today' }) restoring: RestoringResponse;
}

export class PortalVersionResponse extends Single('version', PortalVersionDetail, 'The version') {}

export class PortalVersionListQuery extends PageQuery {
  @TextField({
    ...PART,
    description: 'Only versions that changed this section, or `name`, `slug`, `signupSlug`, `roles`',
    optional: true,
    example: 'branding',
  })
  section?: string;
}

export class RestorePortalRequest {
  @VersionField(undefined, 'a later change of what is put back') version: number;
  @IntegerField({ description: 'Version to put back', min: 1, max: 2_147_483_646, example: 1 }) to: number;
  @TextListField({
    ...PART,
    description: 'Sections to put back, or `name`; everything otherwise',
    maxItems: 50,
    optional: true,
    example: ['branding'],
  })
  sections?: string[];
  @TextField({ description: 'A line about it for the history', max: 200, optional: true, example: 'De volta às cores' })
  note?: string;
}

export class RestoredPortalResponse extends Single('portal', PortalItem) {
  @ApiProperty({ type: [LeftOutSetting], description: 'Settings that could not be put back' })
  leftOut: LeftOutSetting[];
}
