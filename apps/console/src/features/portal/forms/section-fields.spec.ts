import { SettingsSchema } from '@balcao/api-client';
import { expect, it } from 'vitest';
import english from '../i18n/en-US.json';
import { TABS } from '../sections.js';

it('every setting that the API knows has a form, a label and a help', () => {
  const texts = english.portal as unknown as Record<string, Record<string, Record<string, string>>>;
  const tabs = Object.entries(TABS);
  const missing = Object.entries(SettingsSchema.properties).flatMap(([section, { properties }]) => {
    const [name, tab] = tabs.find(([, { section: about }]) => about === section) ?? [];
    if (!tab) return [`the form of ${section}`];
    const words = tab.component ? [] : Object.keys(properties).flatMap((each) => [`${each}.label`, `${each}.help`]);
    return [
      ...(name! in texts['sections']! ? [] : [`portal.sections.${name}`]),
      ...words
        .filter(
          (word) => !word.split('.').reduce<object | undefined>((part, key) => part?.[key as never], texts[section]),
        )
        .map((word) => `portal.${section}.${word}`),
    ];
  });
  expect(missing).toEqual([]);
});
