import type { INestApplicationContext } from '@nestjs/common';
import { LOCALES, SLUG, emailAddress, isCleanLine, isLocale, isVisibleText, type Locale } from '@balcao/contracts';
import { OrganizationService, type OrganizationRow } from '@balcao/module-directory';
import { OrganizationFoundingService, type FoundingInput } from '@balcao/module-portal';
import { DomainError } from '@balcao/platform-errors';
import type { Context } from '@balcao/platform-tenancy';

export interface OrganizationOptions {
  name?: string;
  slug?: string;
  'owner-email'?: string;
  'owner-name'?: string;
  locale?: string;
  'time-zone'?: string;
  sandbox?: boolean;
}

/** Whoever runs commands on the machine belongs to no organization and is no operator by name. */
const SHELL: Context = { requestId: 'command', locale: 'pt-BR', actor: { type: 'system' } };
const PAGE = 100;

/** What operators do with organizations, from a shell: repeating any of it changes nothing. */
export class OrganizationCommands {
  private readonly organizations: OrganizationService;
  private readonly founding: OrganizationFoundingService;

  constructor(app: INestApplicationContext) {
    this.organizations = app.get(OrganizationService, { strict: false });
    this.founding = app.get(OrganizationFoundingService, { strict: false });
  }

  /** All of them, by name. */
  async list(): Promise<OrganizationRow[]> {
    const found: OrganizationRow[] = [];
    for (;;) {
      const { rows, total } = await this.organizations.list({ limit: PAGE, offset: found.length });
      found.push(...rows);
      if (rows.length === 0 || found.length >= total) return found;
    }
  }

  /**
   * Founds it and invites its owner; one of that address and name is left as it is.
   * @throws Error naming everything that is missing or wrong, or whose the address is
   */
  async create(options: OrganizationOptions): Promise<{ organization: OrganizationRow; isNew: boolean }> {
    const input = foundingInput(options);
    const known = await this.bySlug(input.slug);
    if (known) return { organization: theSame(known, input), isNew: false };
    try {
      return { organization: await this.founding.found(SHELL, input), isNew: true };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code !== 'slug_taken')
        throw new Error(error.fields.map(({ path }) => `${path} cannot be used`).join('\n') || error.code);
      // Somebody was faster, or a portal has the address.
      const other = await this.bySlug(input.slug);
      if (!other)
        throw new Error(
          `The address ${input.slug} is a portal's of another organization, or kept for the installation`,
        );
      return { organization: theSame(other, input), isNew: false };
    }
  }

  /** @throws Error where there is none of that address */
  async setStatus({ slug = '' }: OrganizationOptions, status: OrganizationRow['status']): Promise<OrganizationRow> {
    if (!slug) throw new Error('--slug: missing (which organization)');
    const known = await this.bySlug(slug);
    if (!known) throw new Error(`No organization has the address ${slug}`);
    return known.status === status ? known : this.organizations.setStatus(SHELL, known.id, status);
  }

  private async bySlug(slug: string): Promise<OrganizationRow | undefined> {
    return (await this.list()).find((one) => one.slug === slug);
  }
}

function theSame(known: OrganizationRow, { name, isSandbox = false }: FoundingInput): OrganizationRow {
  if (known.name !== name) throw new Error(`The address ${known.slug} is that of ${known.name} already`);
  if (known.isSandbox !== isSandbox)
    throw new Error(`${known.slug} is ${isSandbox ? 'no sandbox' : 'a sandbox'}, which it stays`);
  return known;
}

/** @throws Error naming everything that is missing or wrong, each a line */
function foundingInput(options: OrganizationOptions): FoundingInput {
  const name = options.name?.trim() ?? '';
  const slug = options.slug?.trim() ?? '';
  const email = emailAddress(options['owner-email'] ?? '');
  const ownerName = options['owner-name']?.trim() ?? '';
  const locale = options.locale ?? 'pt-BR';
  const isText = (text: string) => isVisibleText(text) && isCleanLine(text) && text.length <= 255;
  const problems = [
    isText(name) ? '' : '--name: how customers know it, in up to 255 characters',
    SLUG.test(slug) ? '' : '--slug: lower-case letters, digits and hyphens, at most 63',
    email ? '' : '--owner-email: an e-mail address such as ana@example.com',
    isText(ownerName) ? '' : "--owner-name: the owner's name",
    isLocale(locale) ? '' : `--locale: one of ${LOCALES.join(', ')}`,
  ].filter(Boolean);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const owner = { email: email!, name: ownerName };
  return { name, slug, locale: locale as Locale, timeZone: options['time-zone'], isSandbox: options.sandbox, owner };
}
