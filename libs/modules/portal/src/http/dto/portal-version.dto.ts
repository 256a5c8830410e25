import { ApiProperty } from '@nestjs/swagger';
import { LeftOutSetting } from '@balcao/module-directory/http';
import { IntegerField, PageQuery, Single, TextField, TextListField, VersionField } from '@balcao/platform-http';
import { PortalItem } from './portal.dto.js';

/** A section's name, or `name`. */
const PART = { pattern: /^[a-zA-Z]+$/, max: 50 };

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
