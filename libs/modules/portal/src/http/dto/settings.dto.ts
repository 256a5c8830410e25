import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { LOCALES } from '@balcao/contracts';
import { brandingSettings, type SettingsSection, type StoredSettings } from '@balcao/module-directory';
import { DomainError } from '@balcao/platform-errors';
import {
  BooleanField,
  EmailDomainListField,
  EmailField,
  EnumField,
  EnumListField,
  IntegerField,
  LinkField,
  NameField,
  ObjectField,
  PictureField,
  TelephoneField,
  TextField,
  createValidationPipe,
} from '@balcao/platform-http';
import type { ChosenTheme } from '@balcao/theming';
import { addSections, declaredSections, type SettingRule } from '../../settings/declared-sections.js';
import { mergedTheme, type ThemeInput } from '../../settings/theme-input.js';
import { ChosenThemeResponse, ThemeRequest, chosenThemeOf } from './theme.dto.js';

/** What may be changed, section by section; what is left out stays. Its members are those of the declared sections. */
export class SettingsRequest {
  [section: string]: Record<string, unknown> | undefined;
}

/** All sections, with defaults where a portal says nothing. */
export class SettingsFacts {
  [section: string]: object;
}

type Setting = SettingsSection['settings'][string];

/** Makes sections part of the portal's settings in API and document. Before the application starts, by its root. */
export function declareSettings(sections: readonly SettingsSection[]): void {
  for (const { name, settings } of addSections(sections)) {
    const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const [request, facts] = [classNamed(`${title}SettingsRequest`), classNamed(`${title}Settings`)];
    for (const [member, setting] of Object.entries(settings)) {
      const options = { description: setting.description, example: setting.example ?? setting.default };
      takenAs(setting, { ...options, optional: true })(request.prototype as object, member);
      // Forms are made from it.
      ApiProperty({ 'x-kind': setting.kind, required: false } as ApiPropertyOptions)(
        request.prototype as object,
        member,
      );
      ApiProperty({ ...options, ...answeredAs(setting) })(facts.prototype as object, member);
    }
    ObjectField({ description: `Section ${name}`, type: () => request, optional: true })(
      SettingsRequest.prototype,
      name,
    );
    ApiProperty({ type: () => facts, description: `Section ${name}` })(SettingsFacts.prototype, name);
  }
}

export function presentSettings(stored: object): SettingsFacts {
  const branding = brandingSettings.of(stored);
  const chosen = (stored as StoredSettings)['branding']?.['theme'] as ChosenTheme | undefined;
  return {
    ...Object.fromEntries(declaredSections().map((section) => [section.name, section.of(stored)])),
    branding: { ...branding, theme: chosenThemeOf(chosen) },
  };
}

const pipe = createValidationPipe();

/** What a change with nothing but this value would be refused for. */
export const settingRule: SettingRule = async (section, setting, value) => {
  try {
    const metadata = { type: 'body', metatype: SettingsRequest } as const;
    const taken = (await pipe.transform({ [section]: { [setting]: value } }, metadata)) as SettingsRequest;
    const { kind } = declaredSections().find(({ name }) => name === section)!.settings[setting]!;
    if (kind === 'theme') mergedTheme(undefined, taken[section]![setting] as ThemeInput);
    return undefined;
  } catch (error) {
    if (error instanceof DomainError) return error.fields[0];
    throw error;
  }
};

/** How a setting is checked. */
function takenAs(
  setting: Setting,
  options: { description: string; example: unknown; optional: true },
): PropertyDecorator {
  const orNull = { ...options, nullable: true };
  switch (setting.kind) {
    case 'switch':
      return BooleanField(options);
    case 'integer':
      return IntegerField({ ...options, min: setting.min, max: setting.max });
    case 'text':
      return TextField({ ...orNull, min: setting.verbatim ? 0 : 1, max: setting.max, verbatim: setting.verbatim });
    case 'companyName':
      return NameField({ ...orNull, max: setting.max, company: true });
    case 'texts':
      return ObjectField({ ...options, type: () => textsClass(setting.max) });
    case 'email':
      return EmailField(orNull);
    case 'telephone':
      return TelephoneField(orNull);
    case 'webAddress':
      return LinkField(orNull);
    case 'picture':
      return PictureField(orNull);
    case 'domains':
      return EmailDomainListField({ ...options, maxItems: setting.max });
    case 'locale':
      return EnumField({ ...options, values: LOCALES });
    case 'locales':
      return EnumListField({ ...options, values: LOCALES, minItems: 1, maxItems: LOCALES.length });
    case 'theme':
      return ObjectField({ ...options, example: undefined, type: () => ThemeRequest });
  }
}

/** How its value is documented in answers. */
function answeredAs(setting: Setting): object {
  switch (setting.kind) {
    case 'switch':
      return { type: Boolean };
    case 'integer':
      return { type: 'integer' };
    case 'text':
    case 'companyName':
    case 'email':
    case 'telephone':
    case 'webAddress':
    case 'picture':
      return { type: String, nullable: true };
    case 'texts':
      return { type: () => LocalizedText };
    case 'domains':
      return { type: [String] };
    case 'locale':
      return { enum: LOCALES };
    case 'locales':
      return { enum: LOCALES, isArray: true };
    case 'theme':
      return { type: () => ChosenThemeResponse, example: undefined };
  }
}

const classNamed = (name: string) => ({ [name]: class {} })[name] as Type;

/** A text in each language; null where none is given. */
export const LocalizedText = classNamed('LocalizedText');
for (const locale of LOCALES)
  ApiProperty({ type: String, nullable: true, description: `For readers of ${locale}; null for none`, example: null })(
    LocalizedText.prototype as object,
    locale,
  );

const textsClasses = new Map<number, Type>();

/** A text for each language, of so many characters. */
function textsClass(max: number): Type {
  let made = textsClasses.get(max);
  if (!made) {
    textsClasses.set(max, (made = classNamed(`LocalizedText${max}Request`)));
    for (const locale of LOCALES)
      TextField({ description: `In ${locale}`, max, optional: true, nullable: true })(made.prototype as object, locale);
  }
  return made;
}
