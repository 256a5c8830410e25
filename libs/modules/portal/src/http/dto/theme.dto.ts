import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Nullable, ObjectField, TextField } from '@balcao/platform-http';
import type { ChosenTheme, Hsl, Theme, ThemeColours } from '@balcao/theming';

/** A colour as somebody types it, or as it is answered, so that what was read can be sent back. */
const ColourField = (description: string): PropertyDecorator =>
  applyDecorators(
    TextField({ description, max: 100, optional: true, nullable: true, example: '#1f4e9f' }),
    Transform(({ value }: { value: unknown }) => (isHsl(value) ? `hsl(${value.h} ${value.s}% ${value.l}%)` : value)),
  );

function isHsl(value: unknown): value is Hsl {
  const { h, s, l, ...rest } = { ...(value as Partial<Hsl> | null) };
  const within = (part: unknown, most: number) => typeof part === 'number' && part >= 0 && part <= most;
  return within(h, 360) && within(s, 100) && within(l, 100) && Object.keys(rest).length === 0;
}

class ThemeColoursRequest {
  @ColourField(
    "Main colour: any opaque CSS colour, or `h`, `s` and `l` as answers have them; null follows the other theme's",
  )
  primary?: string | null;
  @ColourField('Second colour') secondary?: string | null;
  @ColourField('Colour of marks') accent?: string | null;
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

export class ChosenColoursResponse {
  @Nullable(HslResponse, "Main colour; null follows the other theme's, or is Balcão's own where neither is chosen")
  primary: HslResponse | null;
  @Nullable(HslResponse, 'Second colour; null follows the main one')
  secondary: HslResponse | null;
  @Nullable(HslResponse, 'Colour of marks; null follows the main one') accent: HslResponse | null;
}

/** Which colours were chosen; what a portal shows is made of them. */
export class ChosenThemeResponse {
  @ApiProperty() light: ChosenColoursResponse;
  @ApiProperty() dark: ChosenColoursResponse;
}

export function chosenThemeOf({ light, dark }: ChosenTheme = {}): ChosenThemeResponse {
  const chosen = { primary: null, secondary: null, accent: null };
  return { light: { ...chosen, ...light }, dark: { ...chosen, ...dark } };
}
