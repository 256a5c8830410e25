import { LOCALES, type Locale } from '@balcao/contracts';
import { EnumField, NameField } from '@balcao/platform-http';

export class UpdateStaffProfileRequest {
  @NameField({
    description: 'Name',
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
