import { LOCALES, type Locale } from '@balcao/contracts';
import { EnumField, TextField } from '@balcao/platform-http';

export class UpdateStaffProfileRequest {
  @TextField({
    description: 'Name',
    max: 255,
    optional: true,
    example: 'Rafael Nogueira',
  })
  name?: string;
  @EnumField({
    description: 'Language; null follows the browser',
    values: LOCALES,
    optional: true,
    nullable: true,
  })
  locale?: Locale | null;
}
