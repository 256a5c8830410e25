import { SettingsSchema } from '@balcao/api-client';
import { SETTING_VALUES } from '@balcao/contracts/testing';
import { i18n, LOCALE_NAMES, startLocale, translate } from '@balcao/ui';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  sectionProblems,
  sectionValues,
  SETTINGS_SECTIONS,
  type SettingsSection,
} from '../src/features/portal/forms/section-fields.js';
import { eventually, openConsole } from './harness.js';
import { portal, working } from './portals.js';

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

/** The switch that is called so. */
const switchOf = (label: string) => document.querySelector(`main [role="switch"][aria-label="${label}"]`);
/** Controls that do not have the name of their setting. */
const UNDER_OTHER_NAMES: Record<string, () => Element | null> = {
  // One for each kind of colour and scheme.
  'branding.theme': () => document.querySelector('main input[name^="primary"]'),
  // One for each language.
  'branding.languages': () => switchOf(LOCALE_NAMES['en-US']),
  'branding.showBalcaoMark': () => switchOf(translate('portal.fields.showMark')),
};

function controlOf(section: SettingsSection, field: string): Element | null {
  const named = document.querySelector(`main :is([name="${field}"], [data-field="${field}"])`);
  const label = `portal.${section}.${field}.label`;
  return (
    named ?? UNDER_OTHER_NAMES[`${section}.${field}`]?.() ?? (i18n.global.te(label) ? switchOf(translate(label)) : null)
  );
}

describe('the tab of a section', () => {
  it.each(SETTINGS_SECTIONS)('has a control for every setting: %s', async (section) => {
    await openConsole(`/console/portal${section === 'branding' ? '' : `/${section}`}`, { api: working() });
    const fields = Object.keys(sectionValues(section, portal()));
    await eventually(() => expect(document.querySelector('main form fieldset')).not.toBeNull());
    expect(fields.filter((field) => !controlOf(section, field))).toEqual([]);
  });
});
