import { Injectable } from '@nestjs/common';
import { PortalEntity } from '@balcao/module-directory/entities';
import { brandingOf, type PortalBranding, type StoredSettings } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { parseColor, type Hsl, type Mode, type ThemeColours } from '@balcao/theming';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';
import { CustomStyles } from '../branding/custom-styles.js';

/** No organization has more; the list is answered whole. */
const MOST_PORTALS = 100;

/** Colours as typed: any CSS colour; null takes the default, or for secondary and accent the primary. */
export type ThemeInput = Partial<Record<Mode, Partial<Record<'primary' | 'secondary' | 'accent', string | null>>>>;

export interface PortalPatch {
  /** The version that the editor read. */
  version: number;
  name?: string;
  branding?: Partial<Omit<PortalBranding, 'theme'>> & { theme?: ThemeInput; customCss?: string | null };
  /** By section; what is left out stays. */
  settings?: StoredSettings;
  allowedInvitationDomains?: string[];
}

/** The settings' editor behind the console. */
@Injectable()
export class PortalSettingsService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
    private readonly styles: CustomStyles,
  ) {}

  async list(context: OrganizationContext): Promise<PortalEntity[]> {
    return this.database.read(context, (db) =>
      db.repository(PortalEntity).find({ order: { name: 'ASC' }, take: MOST_PORTALS }),
    );
  }

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, id: string): Promise<PortalEntity> {
    return this.database.read(context, async (db) => {
      const portal = await db.repository(PortalEntity).findOneBy({ id });
      if (!portal) throw new DomainError('not_found');
      return portal;
    });
  }

  /**
   * Merges what is given into the settings.
   * @throws DomainError not_found, conflict, validation_failed for a colour, a language or a line of the stylesheet
   */
  async update(context: OrganizationContext, id: string, patch: PortalPatch): Promise<PortalEntity> {
    const { theme, customCss: typedCss, ...branding } = patch.branding ?? {};
    const customCss = typedCss === undefined ? undefined : await this.checkedCss(typedCss);
    await this.database.transaction(context, async (db) => {
      const repository = db.repository(PortalEntity);
      const before = await repository.findOne({
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!before) throw new DomainError('not_found');
      if (before.version !== patch.version) throw new DomainError('conflict');
      requireOfferedDefault(brandingOf({ ...before.branding, ...defined(branding) }));
      const values = {
        version: before.version + 1,
        ...(patch.name === undefined ? {} : { name: patch.name }),
        branding: {
          ...before.branding,
          ...defined(branding),
          ...(theme ? { theme: mergedTheme(before.branding.theme, theme) } : {}),
        },
        ...(customCss === undefined ? {} : { customCss }),
        settings: mergedSettings(before.settings, patch.settings),
        ...(patch.allowedInvitationDomains === undefined
          ? {}
          : { allowedInvitationDomains: patch.allowedInvitationDomains }),
      };
      await repository.update({ id }, values);
      await this.audit.record(db, context, {
        action: 'staff.portal.update',
        target: { type: 'portal', id },
        changes: withoutSameCss({ ...before }, { ...before, ...values }),
      });
    });
    return this.get(context, id);
  }

  /** Empty is none. */
  private async checkedCss(source: string | null): Promise<string | null> {
    if (source === null || source.trim() === '') return null;
    const { problems } = await this.styles.compile(source);
    if (!problems) return source;
    throw new DomainError('validation_failed', {
      fields: problems.map(({ line, reason, found }) => ({
        path: 'branding.customCss',
        code: `css_${reason}`,
        params: { found },
        line,
      })),
    });
  }
}

/** What was left out of a request must not overwrite what is stored. */
const defined = <Values extends object>(values: Values) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Values>;

function mergedSettings(stored: StoredSettings, patch: StoredSettings = {}): StoredSettings {
  const changed = Object.entries(defined(patch)).map(([section, values]) => [
    section,
    { ...stored[section], ...defined(values!) },
  ]);
  return { ...stored, ...Object.fromEntries(changed) };
}

/** A text of twenty thousand characters is worth a place in the audit only where it was changed. */
function withoutSameCss<Row extends Pick<PortalEntity, 'customCss'>>(
  before: Row,
  after: Row,
): { before: object; after: object } {
  if (before.customCss !== after.customCss) return { before, after };
  const { customCss: _before, ...earlier } = before;
  const { customCss: _after, ...later } = after;
  return { before: earlier, after: later };
}

function requireOfferedDefault({ languages, defaultLocale }: PortalBranding): void {
  if (languages.includes(defaultLocale)) return;
  throw refusedField('branding.defaultLocale', 'isOffered');
}

function mergedTheme(
  stored: PortalBranding['theme'] | undefined,
  input: ThemeInput,
): PortalBranding['theme'] | undefined {
  const light = mergedColours(stored?.light, input.light, 'branding.theme.light');
  const dark = mergedColours(stored?.dark, input.dark, 'branding.theme.dark');
  // A portal with one colour shows it in both schemes; with none it wears the default.
  return light && dark ? { light, dark } : (light ?? dark) && { light: light ?? dark!, dark: dark ?? light! };
}

function mergedColours(
  stored: ThemeColours | undefined,
  input: ThemeInput[Mode] = {},
  path: string,
): ThemeColours | undefined {
  const colours: Partial<Record<keyof ThemeColours, Hsl | null>> = {
    ...stored,
  };
  for (const [name, value] of Object.entries(defined(input)) as [keyof ThemeColours, string | null][]) {
    colours[name] = value === null ? null : colourOf(value, `${path}.${name}`);
  }
  return colours.primary ? { ...colours, primary: colours.primary } : undefined;
}

function colourOf(text: string, path: string): Hsl {
  const colour = parseColor(text);
  if (!colour) {
    throw refusedField(path, 'isColour');
  }
  return colour;
}
