import { SettingsSchema } from '@balcao/api-client';
import { expect, it } from 'vitest';
import english from '../i18n/en-US.json';
import { SECTIONS } from '../sections.js';

it('every setting that the API knows has a form, a label and a help', () => {
  const { portal } = english as unknown as { portal: Record<string, Record<string, object>> };
  for (const [section, { properties }] of Object.entries(SettingsSchema.properties)) {
    expect(SECTIONS).toContain(section);
    const texts = portal[section]!;
    for (const name of Object.keys(properties))
      expect(Object.keys(texts[name] ?? {}).sort()).toEqual(['help', 'label']);
  }
});
