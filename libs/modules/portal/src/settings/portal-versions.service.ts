import { Injectable } from '@nestjs/common';
import { PICTURE_PURPOSES } from '@balcao/contracts';
import {
  brandingSettings,
  versionFacts,
  type Restoring,
  type SettingChange,
  type SettingsSection,
  type StoredSettings,
  type Version,
} from '@balcao/module-directory';
import type { PortalEntity } from '@balcao/module-directory/entities';
import { DomainError, found, refusedField, type FieldError } from '@balcao/platform-errors';
import {
  Database,
  countedPage,
  empty,
  sql,
  type Db,
  type OrganizationContext,
  type Sql,
} from '@balcao/platform-tenancy';
import { PictureService } from '../pictures/picture.service.js';
import { declaredSections, type SettingRule } from './declared-sections.js';
import { PortalSettingsService } from './portal-settings.service.js';
import { changesBetween, type PortalState } from './setting-changes.js';

export interface VersionFilter {
  /** Only versions that changed this section, or the `name`. */
  part?: string;
  limit: number;
  offset: number;
}

export interface RestoreRequest {
  /** The version that the editor read. */
  version: number;
  to: number;
  /** Sections to put back, or `name`; all of them otherwise. */
  parts?: readonly string[];
  note?: string;
}

type VersionRow = Omit<Version, 'changes'> & PortalState & { before: PortalState | null; others: SettingChange[] };

/** What a portal was set to earlier, and the way back there. */
@Injectable()
export class PortalVersionsService {
  constructor(
    private readonly database: Database,
    private readonly settings: PortalSettingsService,
    private readonly pictures: PictureService,
  ) {}

  /** Newest first. @throws DomainError not_found */
  async list(
    context: OrganizationContext,
    portalId: string,
    filter: VersionFilter,
  ): Promise<{ rows: Version[]; total: number }> {
    await this.settings.get(context, portalId);
    const { rows, total } = await this.database.read(context, (db) =>
      countedPage<VersionRow>(
        db,
        ({ limit, offset }) => sql`
          ${columns(db)} ${filter.part === undefined ? empty : sql`and v.parts @> array[${filter.part}]`}
          and v.portal_id = ${portalId}::uuid order by v.version desc limit ${limit} offset ${offset}`,
        filter,
      ),
    );
    return { rows: rows.map(versionOf), total };
  }

  /** @throws DomainError not_found */
  async get(
    context: OrganizationContext,
    portalId: string,
    version: number,
    rule: SettingRule,
  ): Promise<Version & { restoring: Restoring }> {
    const portal = await this.settings.get(context, portalId);
    const row = await this.find(context, portal, version);
    const plan = await this.planned(context, row, partsOf(undefined), rule);
    const { after, leftOut } = plan(portal);
    const changes = changesBetween(portal, after, declaredSections());
    return { ...versionOf(row), restoring: { version: portal.version, changes, leftOut } };
  }

  /**
   * Makes what an earlier version said a new one, as far as it can still be said; pictures that are on their way stay out.
   * @throws DomainError not_found, conflict, validation_failed for a part that nobody knows
   */
  async restore(
    context: OrganizationContext,
    portalId: string,
    { version, to, parts: asked, note }: RestoreRequest,
    rule: SettingRule,
  ): Promise<{ portal: PortalEntity; leftOut: FieldError[] }> {
    const parts = partsOf(asked);
    const portal = await this.settings.demandRead(context, portalId, version, parts);
    const row = await this.find(context, portal, to);
    const plan = await this.planned(context, row, parts, rule);
    let leftOut: FieldError[] = [];
    const restored = await this.settings.change(context, portalId, {
      read: version,
      parts,
      settle: async (db) => {
        if (parts.includes('branding')) await this.pictures.disown(db, portalId, PICTURE_PURPOSES);
      },
      // What others changed in other parts since it was read stays theirs.
      make: (before) => {
        const planned = plan(before);
        leftOut = planned.leftOut;
        return planned.after;
      },
      note,
      restoredFrom: row.version,
    });
    return { portal: restored, leftOut };
  }

  /** What a portal said as it had this version. */
  private async find(context: OrganizationContext, portal: PortalEntity, version: number): Promise<VersionRow> {
    if (version > portal.version) throw new DomainError('not_found');
    return this.database.read(context, async (db) =>
      found(
        await db.first<VersionRow>(sql`
          ${columns(db)} and v.portal_id = ${portal.id}::uuid and v.version = ${version}::integer`),
      ),
    );
  }

  /** What takes its time of putting parts of an earlier version back. @returns what a portal says with them, and what stays out */
  private async planned(
    context: OrganizationContext,
    earlier: PortalState,
    parts: readonly string[],
    rule: SettingRule,
  ): Promise<(today: PortalState) => { after: { name: string; settings: StoredSettings }; leftOut: FieldError[] }> {
    const old = earlier.settings as StoredSettings;
    const sections = declaredSections().filter(({ name }) => parts.includes(name));
    const problems: FieldError[] = [];
    for (const section of sections) {
      const values = old[section.name] ?? {};
      for (const [setting, value] of Object.entries(values)) {
        if (value === undefined || !(setting in section.settings)) continue;
        const problem = await this.problemOf(context, section.name, setting, value, rule);
        if (problem) problems.push({ ...problem, path: `${section.name}.${setting}` });
      }
      problems.push(...unknownOf(section, values));
    }
    for (const [name, values] of Object.entries(old))
      if (parts.length === partsOf(undefined).length && !declaredSections().some((section) => section.name === name))
        problems.push(...Object.keys(values ?? {}).map((setting) => gone(`${name}.${setting}`)));
    return (today) => {
      const settings: StoredSettings = { ...today.settings };
      const leftOut = [...problems];
      const stays = (path: string) => problems.some((problem) => problem.path === path);
      for (const section of sections) {
        const values = { ...settings[section.name] };
        for (const setting of Object.keys(section.settings)) {
          const value = old[section.name]?.[setting];
          if (stays(`${section.name}.${setting}`)) continue;
          if (value === undefined) delete values[setting];
          else values[setting] = value;
        }
        if (Object.keys(values).length > 0) settings[section.name] = values;
        else delete settings[section.name];
      }
      const { languages, defaultLocale } = brandingSettings.of(settings);
      if (!languages.includes(defaultLocale)) {
        const { branding } = today.settings as StoredSettings;
        for (const setting of ['languages', 'defaultLocale']) {
          settings['branding'] = { ...settings['branding'], [setting]: branding?.[setting] };
          leftOut.push({ path: `branding.${setting}`, code: 'isOffered' });
        }
      }
      return { after: { name: parts.includes('name') ? earlier.name : today.name, settings }, leftOut };
    };
  }

  /** Against today's rules: of the setting by itself, and of what takes a look elsewhere. */
  private async problemOf(
    context: OrganizationContext,
    section: string,
    setting: string,
    value: unknown,
    rule: SettingRule,
  ): Promise<FieldError | undefined> {
    const problem = await rule(section, setting, value);
    if (problem) return problem;
    try {
      await this.settings.check(context, { [section]: { [setting]: value } });
      return undefined;
    } catch (error) {
      if (error instanceof DomainError && error.code === 'validation_failed') return error.fields[0];
      throw error;
    }
  }
}

const columns = (db: Db): Sql => sql`
  select ${versionFacts()}, v.name, v.settings, v.other_changes as others,
    case when b.version is not null then json_build_object('name', b.name, 'settings', b.settings) end as before,
    count(*) over ()::integer as total
  from portal_versions v
  left join lateral (
    select b.version, b.name, b.settings from portal_versions b
    where ${db.tenant('b')} and b.portal_id = v.portal_id and b.version < v.version order by b.version desc limit 1
  ) b on true
  where ${db.tenant('v')}`;

function versionOf({ version, author, note, restoredFrom, createdAt, before, others, ...state }: VersionRow): Version {
  const changes = before ? changesBetween(before, state, declaredSections()) : [];
  return { version, author, note, restoredFrom, createdAt, changes: [...others, ...changes] };
}

/** The parts that are asked for; all where none are. */
function partsOf(asked: readonly string[] | undefined): readonly string[] {
  const all = ['name', ...declaredSections().map(({ name }) => name)];
  asked?.forEach((part, index) => {
    if (!all.includes(part)) throw refusedField(`sections.${index}`, 'isIn');
  });
  return asked ?? all;
}

const gone = (path: string): FieldError => ({ path, code: 'whitelistValidation' });

const unknownOf = ({ name, settings }: SettingsSection, old: Record<string, unknown>): FieldError[] =>
  Object.keys(old)
    .filter((setting) => !(setting in settings))
    .map((setting) => gone(`${name}.${setting}`));
