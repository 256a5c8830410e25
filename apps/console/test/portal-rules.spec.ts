import { SettingsSchema } from '@balcao/api-client';
import { SETTING_VALUES } from '@balcao/contracts/testing';
import { startLocale } from '@balcao/ui';
import { beforeEach, describe, expect, it } from 'vitest';
import { sectionProblems, sectionValues, type SettingsSection } from '../src/features/portal/forms/section-fields.js';
import { portal } from './portals.js';

beforeEach(() => startLocale(() => import('../src/features/portal/i18n/pt-BR.json')));

/** Whether a form would send this value of a setting. */
function isTaken(setting: string, value: unknown): boolean {
  const [section, name] = setting.split('.') as [SettingsSection, string];
  const { settings } = portal();
  const typed = { ...portal(), settings: { ...settings, [section]: { ...settings[section], [name]: value } } };
  return Object.keys(sectionProblems(section, sectionValues(section, typed))).length === 0;
}

describe('forms of settings agree with the API', () => {
  it.each(Object.entries(SETTING_VALUES))('about %s', (setting, { good, bad }) => {
    expect(good.filter((value) => !isTaken(setting, value))).toEqual([]);
    expect(bad.filter((value) => isTaken(setting, value))).toEqual([]);
  });

  it('about each setting that is typed', () => {
    const chosen = ['switch', 'locale', 'locales', 'picture', 'theme'];
    const typed = Object.entries(SettingsSchema.properties).flatMap(([section, { properties }]) =>
      Object.entries(properties as Record<string, { format: string }>)
        .filter(([, { format }]) => !chosen.includes(format))
        .map(([name]) => `${section}.${name}`),
    );
    // What a stylesheet may say, the API alone knows.
    expect(typed.filter((setting) => !(setting in SETTING_VALUES))).toEqual(['style.customCss']);
  });
});
