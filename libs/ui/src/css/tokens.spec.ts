import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brandVariables, defaultTheme, neutrals, type Mode } from '@balcao/theming';
import { describe, expect, it } from 'vitest';

const css = readFileSync(resolve(import.meta.dirname, 'tokens.css'), 'utf8');

/** The custom properties of the rule that begins with this text. */
function variablesAfter(start: string): Record<string, string> {
  const from = css.indexOf('{', css.indexOf(start));
  const body = css.slice(from + 1, css.indexOf('}', from));
  return Object.fromEntries([...body.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name, value]) => [name!, value!]));
}

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const rules: Record<Mode, { own: string; brand: string }> = {
  light: { own: ':root,\n.light {', brand: '  :root,\n  .light {' },
  dark: { own: '\n.dark {', brand: '\n  .dark {' },
};

describe.each(['light', 'dark'] as const)('tokens.css, %s', (mode) => {
  it('writes the neutrals that brand colours are measured against', () => {
    const variables = variablesAfter(rules[mode].own);
    for (const [name, value] of Object.entries(neutrals[mode])) expect(variables[`--${kebab(name)}`]).toBe(value);
  });

  it("falls back to Balcão's own brand", () => {
    expect(variablesAfter(rules[mode].brand)).toEqual(brandVariables(defaultTheme, mode));
  });
});
