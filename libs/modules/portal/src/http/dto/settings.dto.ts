import { ApiProperty } from '@nestjs/swagger';
import type { SettingsSection, StoredSettings } from '@balcao/module-directory';
import { BooleanField, IntegerField, ObjectField } from '@balcao/platform-http';

/** What may be changed, section by section; what is left out stays. Its members are those of the declared sections. */
export class SettingsRequest {
  [section: string]: Record<string, boolean | number> | undefined;
}

/** All sections, with defaults where a portal says nothing. */
export class SettingsFacts {
  [section: string]: object;
}

const declared = new Map<string, SettingsSection>();

/** Makes sections part of the portal's settings in API and document. Before the application starts, by its root. */
export function declareSettings(sections: readonly SettingsSection[]): void {
  for (const section of sections) {
    if (declared.get(section.name) === section) continue;
    if (declared.has(section.name)) throw new Error(`two modules declare the settings "${section.name}"`);
    declared.set(section.name, section);
    const [request, facts] = classesOf(section);
    ObjectField({ description: `Section ${section.name}`, type: () => request, optional: true })(
      SettingsRequest.prototype,
      section.name,
    );
    ApiProperty({ type: () => facts })(SettingsFacts.prototype, section.name);
  }
}

export function presentSettings(stored: StoredSettings): SettingsFacts {
  return Object.fromEntries(Array.from(declared.values(), (section) => [section.name, section.of(stored)]));
}

function classesOf({ name, settings }: SettingsSection) {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const named = (suffix: string) => ({ [title + suffix]: class {} })[title + suffix]!;
  const [request, facts] = [named('SettingsRequest'), named('Settings')];
  for (const [member, setting] of Object.entries(settings)) {
    const { description, default: example } = setting;
    const field =
      setting.kind === 'switch'
        ? BooleanField({ description, example, optional: true })
        : IntegerField({ description, example, optional: true, min: setting.min, max: setting.max });
    field(request.prototype as object, member);
    ApiProperty({ description, example, type: setting.kind === 'switch' ? Boolean : 'integer' })(
      facts.prototype as object,
      member,
    );
  }
  return [request, facts] as const;
}
