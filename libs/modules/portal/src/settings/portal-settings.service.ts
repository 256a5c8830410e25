import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { isReservedSlug } from '@balcao/contracts';
import { PortalEntity } from '@balcao/module-directory/entities';
import {
  PortalFinder,
  brandingSettings,
  portalRegister,
  type PortalBranding,
  type StoredSettings,
} from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { uniqueViolation } from '@balcao/platform-database';
import { Events } from '@balcao/platform-events';
import { DomainError, found, refusedField } from '@balcao/platform-errors';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import type { ChosenTheme } from '@balcao/theming';
import { MOST_PORTALS } from '../portals/portal.service.js';
import { cssRefusal } from '../branding/css-problem.js';
import { CustomStyles } from '../branding/custom-styles.js';
import { IconSets } from '../pictures/icon-sets.js';
import type { PortalPictureEntity } from '../persistence/portal-picture.entity.js';
import { SettingPictures } from '../pictures/setting-pictures.js';
import { keepVersion } from './keep-version.js';
import { mergedTheme, type ThemeInput } from './theme-input.js';

export interface PortalPatch {
  /** The version that the editor read. */
  version: number;
  name?: string;
  signupSlug?: string | null;
  /** By section and name; what is left out stays, languages of a text included. */
  settings?: StoredSettings;
  /** What the history says of it. */
  note?: string;
}

/** A change that makes a new version. */
interface PortalChange {
  /** The version that the editor read. */
  read: number;
  /** `name`, and sections, that are changed. */
  parts: readonly string[];
  /** Whatever belongs in the same transaction. */
  settle?(db: Db): Promise<void>;
  make(before: PortalEntity): Pick<PortalEntity, 'name' | 'settings'> & { signupSlug?: string | null };
  note?: string;
  restoredFrom?: number;
}

/** The settings' editor behind the console. */
@Injectable()
export class PortalSettingsService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly styles: CustomStyles,
    private readonly pictures: SettingPictures,
    private readonly icons: IconSets,
    private readonly finder: PortalFinder,
    private readonly events: Events,
  ) {}

  async list(context: OrganizationContext): Promise<PortalEntity[]> {
    return this.database.read(context, (db) =>
      db.repository(PortalEntity).find({ order: { name: 'ASC', id: 'ASC' }, take: MOST_PORTALS }),
    );
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<PortalEntity> {
    return this.database.read(context, async (db) => found(await db.repository(PortalEntity).findOneBy({ id })));
  }

  /**
   * Merges what is given into the settings, beside what others changed in other sections meanwhile. Pictures that are not here
   * yet become settings when they are ready; the answer tells which ones are on their way.
   * @throws DomainError not_found, conflict, rate_limited for too many new pictures, validation_failed for a signup slug that is taken
   *   or one of too many, a colour, a language, a picture or a line of the stylesheet
   */
  async update(
    context: OrganizationContext,
    id: string,
    { version: read, name, signupSlug, settings, note }: PortalPatch,
  ): Promise<{ portal: PortalEntity; arriving: PortalPictureEntity[] }> {
    const parts = defined({ ...settings, name, signupSlug }).map(([part]) => part);
    // What takes its time is done for nobody who has read something else.
    await this.demandRead(context, id, read, parts);
    const { pictures, prepared } = await this.prepare(context, id, settings ?? {});
    const portal = await this.change(context, id, {
      read,
      parts,
      settle: async (db) => pictures && this.pictures.settle(db, context, id, pictures),
      make: (before) => ({
        name: name ?? before.name,
        signupSlug: signupSlug === undefined ? before.signupSlug : signupSlug,
        settings: mergedSettings(before.settings as StoredSettings, prepared),
      }),
      note,
    });
    return { portal, arriving: await this.pictures.arriving(context, id, pictures) };
  }

  /** The portal, for whoever read the last change of these parts. @throws DomainError not_found, conflict */
  async demandRead(
    context: OrganizationContext,
    id: string,
    read: number,
    parts: readonly string[],
  ): Promise<PortalEntity> {
    const portal = await this.get(context, id);
    requireRead(portal, read, parts);
    return portal;
  }

  /**
   * Makes the next version of a portal, with its row in the history and in the audit; nothing where nothing is other
   * than before.
   * @throws DomainError not_found, conflict, validation_failed for a first language that is not offered
   */
  async change(
    context: OrganizationContext,
    id: string,
    { read, parts, make, settle, note, restoredFrom }: PortalChange,
  ): Promise<PortalEntity> {
    await refusingSlug(() =>
      this.database.transaction(context, async (db) => {
        const repository = db.repository(PortalEntity);
        const before = found(await repository.findOne({ where: { id }, lock: { mode: 'for_no_key_update' } }));
        requireRead(before, read, parts);
        await settle?.(db);
        const { name, settings, signupSlug = before.signupSlug } = make(before);
        const same = name === before.name && isDeepStrictEqual(settings, before.settings);
        if (same && signupSlug === before.signupSlug) return;
        // It leads on from wherever a portal's own would stand.
        if (signupSlug !== null && signupSlug !== before.signupSlug && isReservedSlug(signupSlug))
          throw refusedField('signupSlug', 'slug_taken');
        if (before.signupSlug !== null && signupSlug !== before.signupSlug)
          await portalRegister.requireFormerSlugs(db, id, 'signupSlug', signupSlug ?? before.slug);
        const version = before.version + 1;
        const values = {
          version,
          partVersions: { ...before.partVersions, ...Object.fromEntries(parts.map((part) => [part, version])) },
          name,
          signupSlug,
          settings,
        };
        requireOfferedDefault(brandingSettings.of(settings));
        await repository.update({ id }, values);
        await this.icons.draw(db, context, id);
        await this.events.publish(db, context, { name: 'portal.changed', ids: { portalId: id } });
        const renamed = {
          setting: 'signupSlug',
          before: signupPage(before),
          after: signupPage({ ...before, signupSlug }),
        };
        const others = renamed.before === renamed.after ? [] : [renamed];
        await keepVersion(db, context, before, { ...values, others, note, restoredFrom });
        await this.audit.record(db, context, {
          action: restoredFrom === undefined ? 'staff.portal.update' : 'staff.portal.restore',
          target: { type: 'portal', id },
          changes: { before: factsOf(before), after: { ...factsOf({ ...before, ...values }), restoredFrom } },
        });
      }),
    );
    this.finder.forgetRecent();
    return this.get(context, id);
  }

  /**
   * Whether settings of an earlier version could be said today, as far as that takes a look elsewhere. Begins nothing: a
   * picture that is not kept here is none.
   * @throws DomainError validation_failed
   */
  async check(context: OrganizationContext, { branding, style }: StoredSettings): Promise<void> {
    const customCss = style?.['customCss'];
    if (customCss !== undefined) await this.checkedCss(context, customCss as string | null);
    if (branding) await this.pictures.check(context, branding);
  }

  /** What takes its time, before anything is locked: the stylesheet is compiled, pictures are on their way. */
  private async prepare(context: OrganizationContext, id: string, { branding, style, ...others }: StoredSettings) {
    const customCss = style?.['customCss'];
    const compiled = customCss !== undefined && {
      style: { customCss: await this.checkedCss(context, customCss as string | null) },
    };
    const pictures = branding && (await this.pictures.prepare(context, id, branding));
    // What is only on its way is no change yet.
    const said = pictures && Object.keys(pictures.branding).length > 0 && { branding: pictures.branding };
    return { pictures, prepared: { ...others, ...said, ...compiled } };
  }

  /** Empty is none. */
  private async checkedCss(
    { organizationId: lane }: OrganizationContext,
    source: string | null,
  ): Promise<string | null> {
    if (source === null || source.trim() === '') return null;
    const { problems } = await this.styles.compile({ lane }, source);
    if (!problems) return source;
    throw new DomainError('validation_failed', {
      fields: problems.map((problem) => cssRefusal('settings.style.customCss', problem)),
    });
  }
}

/** Who changes a part must have read its last change. */
function requireRead({ version, partVersions }: PortalEntity, read: number, parts: readonly string[]): void {
  if (read > version || parts.some((part) => (partVersions[part] ?? 1) > read)) throw new DomainError('conflict');
}

/** @throws DomainError validation_failed beside its field, also where the other portal comes at the same moment */
async function refusingSlug(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (uniqueViolation(error) !== 'portals_signup_slug_key') throw error;
    throw refusedField('signupSlug', 'slug_taken');
  }
}

/** What its signup page is called. */
const signupPage = ({ signupSlug, slug }: Pick<PortalEntity, 'signupSlug' | 'slug'>): string => signupSlug ?? slug;

type PortalFacts = Pick<PortalEntity, 'name' | 'signupSlug' | 'version' | 'settings'>;

/** A portal as the audit compares it: setting by setting, so that only what was changed stands there. */
function factsOf({ name, signupSlug, version, settings }: PortalFacts): object {
  const members = Object.entries(settings as StoredSettings).flatMap(([section, values = {}]) =>
    Object.entries(values).map(([setting, value]) => [`${section}.${setting}`, value] as const),
  );
  return { name, signupSlug, version, ...Object.fromEntries(members) };
}

/** What was left out of a request must not overwrite what is stored. */
const defined = (values: object) => Object.entries(values).filter(([, value]) => value !== undefined);

const isTexts = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mergedSettings(stored: StoredSettings, patch: StoredSettings): StoredSettings {
  const merged = { ...stored };
  for (const [section, given] of defined(patch)) {
    const values: Record<string, unknown> = { ...stored[section] };
    for (const [name, value] of defined(given as object)) {
      const before = values[name];
      if (section === 'branding' && name === 'theme')
        values[name] = mergedTheme(before as ChosenTheme | undefined, value as ThemeInput);
      else values[name] = isTexts(value) ? { ...(before as object), ...Object.fromEntries(defined(value)) } : value;
    }
    merged[section] = values;
  }
  return merged;
}

function requireOfferedDefault({ languages, defaultLocale }: PortalBranding): void {
  if (languages.includes(defaultLocale)) return;
  throw refusedField('settings.branding.defaultLocale', 'isOffered');
}
