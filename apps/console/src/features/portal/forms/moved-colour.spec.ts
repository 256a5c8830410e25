import { describe, expect, it } from 'vitest';
import { contrast, neutrals } from '@balcao/theming';
import { movedColour } from './moved-colour.js';

describe('a colour that is moved', () => {
  it('is told, with what is used instead', () => {
    const moved = movedColour('gold', 'primary', 'light')!;
    expect(moved.ratio).toBeLessThan(1.5);
    expect(contrast(moved.colour, neutrals.light.surface)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(movedColour('gold', 'accent', 'light')!.colour, neutrals.light.surface)).toBeGreaterThanOrEqual(3);
  });

  it('is not one that can be read as it is, nor one that cannot be understood', () => {
    expect(movedColour('#13725c', 'primary', 'light')).toBeUndefined();
    expect(movedColour('gold', 'primary', 'dark')).toBeUndefined();
    expect(movedColour('almost blue', 'primary', 'light')).toBeUndefined();
    expect(movedColour('', 'secondary', 'light')).toBeUndefined();
  });
});
