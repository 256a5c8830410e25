import { ApiProperty } from '@nestjs/swagger';
import { Nullable, ObjectField, TextField } from '@balcao/platform-http';
import type { Theme, ThemeColours } from '@balcao/theming';

const COLOUR = { max: 100, optional: true, nullable: true, example: '#1f4e9f' };

class ThemeColoursRequest {
  @TextField({ description: 'Main colour: any opaque CSS colour', ...COLOUR }) primary?: string | null;
  @TextField({ description: 'Second colour', ...COLOUR }) secondary?: string | null;
  @TextField({ description: 'Colour of marks', ...COLOUR }) accent?: string | null;
}

export class ThemeRequest {
  @ObjectField({ description: 'Colours on light ground', type: () => ThemeColoursRequest, optional: true })
  light?: ThemeColoursRequest;
  @ObjectField({ description: 'Colours on dark ground', type: () => ThemeColoursRequest, optional: true })
  dark?: ThemeColoursRequest;
}

export class HslResponse {
  @ApiProperty({ description: 'Hue in degrees', example: 219 }) h: number;
  @ApiProperty({ description: 'Saturation in percent', example: 66 }) s: number;
  @ApiProperty({ description: 'Lightness in percent', example: 38 }) l: number;
}

export class ThemeColoursResponse {
  @ApiProperty({ description: 'Main colour' }) primary: HslResponse;
  @Nullable(HslResponse, 'Second colour; null follows the main one')
  secondary: HslResponse | null;
  @Nullable(HslResponse, 'Colour of marks; null follows the main one') accent: HslResponse | null;
}

export class ThemeResponse {
  @ApiProperty() light: ThemeColoursResponse;
  @ApiProperty() dark: ThemeColoursResponse;
}

export function themeOf({ light, dark }: Theme): ThemeResponse {
  return { light: coloursOf(light), dark: coloursOf(dark) };
}

function coloursOf({ primary, secondary = null, accent = null }: ThemeColours): ThemeColoursResponse {
  return { primary, secondary, accent };
}
