import { SettingsSchema } from '@balcao/api-client';
import { expect, it } from 'vitest';
import english from '../i18n/en-US.json';
import { SECTIONS } from '../sections.js';

it('every setting that the API knows has a form, a label and a help', () => {
  const texts = english.portal as unknown as Record<string, Record<string, Record<string, string>>>;
  const missing = Object.entries(SettingsSchema.properties).flatMap(([section, { properties }]) => [
    ...((SECTIONS as readonly string[]).includes(section) ? [] : [`the form of ${section}`]),
    ...Object.keys(properties).flatMap((name) =>
      ['label', 'help']
        .filter((word) => !texts[section]?.[name]?.[word])
        .map((word) => `portal.${section}.${name}.${word}`),
    ),
  ]);
  expect(missing).toEqual([]);
});
