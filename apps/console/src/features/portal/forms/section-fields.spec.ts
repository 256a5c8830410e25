import { SettingsSchema } from '@balcao/api-client';
import { describe, expect, it } from 'vitest';
import english from '../i18n/en-US.json';
import palette from '../palette.js';
import { TABS } from '../sections.js';
import { PICTURE_GROUNDS } from './picture-grounds.js';

// Messages are compiled: what there is is no text any more.
const hasWord = (path: string) =>
  path.split('.').reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], english) !==
  undefined;

describe.each(Object.entries(SettingsSchema.properties))('the section %s', (section, { properties }) => {
  it('has a tab', () => {
    expect(TABS).toHaveProperty(section);
    expect(hasWord(`portal.sections.${section}`)).toBe(true);
  });

  it('has a label and a help for each setting, or a form of its own with words for the history', () => {
    // Their parts have words of their own.
    const names = Object.keys(properties).filter((name) => !/^(?:theme|customCss)$/.test(name));
    const wanted = names.flatMap((name) => {
      if (name in PICTURE_GROUNDS) return [[`portal.fields.${name}`]];
      const label = `portal.${section}.${name}.label`;
      return TABS[section]!.component
        ? [[`portal.history.${section}.${name}`, label]]
        : [[label], [`portal.${section}.${name}.help`]];
    });
    expect(wanted.filter((either) => !either.some(hasWord))).toEqual([]);
  });
});

it('the palette reaches every tab, but the first one, which is the page itself', () => {
  const reached = palette.flatMap(({ to }) => ('params' in to && to.params ? [String(to.params['section'])] : []));
  expect(reached.sort()).toEqual(Object.keys(TABS).slice(1).sort());
});
