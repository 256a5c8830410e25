import { ApiProperty } from '@nestjs/swagger';
import { FieldErrorResponse, ObjectField, TextField } from '@balcao/platform-http';
import { LONGEST_CUSTOM_CSS } from '../../branding/custom-css.js';
import { ThemeRequest } from './theme.dto.js';

export class StylePreviewRequest {
  @ObjectField({
    description: 'Colours that are tried; what is left out stays',
    type: () => ThemeRequest,
    optional: true,
  })
  theme?: ThemeRequest;
  @TextField({
    description: "Stylesheet of the tenant's own that is tried; null for none, left out for the one that is stored",
    min: 0,
    max: LONGEST_CUSTOM_CSS,
    verbatim: true,
    optional: true,
    nullable: true,
    example: '.card { border-radius: 4px }',
  })
  customCss?: string | null;
}

export class StylePreviewResponse {
  @ApiProperty({
    description: "What the portal would serve; without the tenant's own part where something stands against it",
    example: ':root,.light{--brand:#1f4e9f}\n.dark{--brand:#8db4f5}\n:where(#app) .card{border-radius:4px}',
  })
  css: string;
  @ApiProperty({
    description: 'What saving would refuse of `customCss`, in the order of its lines; at most 20',
    type: () => [FieldErrorResponse],
  })
  problems: FieldErrorResponse[];
}
