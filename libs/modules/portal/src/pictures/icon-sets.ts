import { hash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { IconName } from '@balcao/contracts';
import {
  brandingSettings,
  onceForEach,
  type FoundPortal,
  type PortalBranding,
  type StoredSettings,
} from '@balcao/module-directory';
import type { PortalEntity } from '@balcao/module-directory/entities';
import { Outbox } from '@balcao/platform-outbox';
import { Storage } from '@balcao/platform-storage';
import { Database, clockOf, sql, systemContext, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { brandTokens } from '@balcao/theming';
import QuickLRU from 'quick-lru';
import { iconInitials } from './icon-initials.js';

/** Counts the ways in which icons were drawn, so that a new one is drawn where an old one is kept. */
const DRAWN = 1;
/** How long a set that is not there is not looked for again. */
const AGAIN_MS = 3_000;
/** How often it is asked for at most. */
const ASKED_MS = 60_000;
const MOST_KNOWN = 10_000;
/** How far back icons are looked for that stand in: changes of other settings leave the look as it was. */
const MOST_LOOKS = 20;

/** What the icons of a portal are drawn from. */
export interface IconSources {
  pictures: (string | null)[];
  ground: string;
  ink: string;
  initials: string;
}

type IconAddress = (icon: IconName) => string;

/** A portal's icons are PNG files below one name, which is made of what they are drawn from. */
@Injectable()
export class IconSets {
  /** Sets that are there, and when others were looked for. */
  private readonly known = new QuickLRU<string, true | number>({ maxSize: MOST_KNOWN });
  /** What stands in for sets that are not there. */
  private readonly standIns = new QuickLRU<string, { address?: IconAddress }>({
    maxSize: MOST_KNOWN,
    maxAge: AGAIN_MS,
  });
  private readonly asked = new QuickLRU<string, true>({ maxSize: MOST_KNOWN, maxAge: ASKED_MS });

  constructor(
    private readonly storage: Storage,
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Addresses of the icons of a portal as it is now, once they are drawn. Until then they are asked for, and those of the
   * last look that has any stand in; undefined where none has.
   */
  async of(found: FoundPortal): Promise<IconAddress | undefined> {
    const address = addressesOf(found);
    if (await this.isThere(address)) return address;
    await this.ask(found, address('32'));
    return this.former(found, address('32'));
  }

  /** Looked for once in a while: pages ask again and again until the new ones are drawn. */
  private async former({ organization, portal }: FoundPortal, wanted: string): Promise<IconAddress | undefined> {
    const known = this.standIns.get(wanted);
    if (known) return known.address;
    const looks = await this.database.read(systemContext(organization.id, { clock: clockOf(organization) }), (db) =>
      db.query<Pick<PortalEntity, 'name' | 'settings'>>(sql`
        select v.name, v.settings from portal_versions v where ${db.tenant('v')} and v.portal_id = ${portal.id}::uuid
        order by v.version desc limit ${MOST_LOOKS}`),
    );
    const names = new Set(looks.map((look) => nameOf(iconSourcesOf(look))));
    const address = await this.firstThere([...names].map((name) => addressOf(organization.id, name)));
    this.standIns.set(wanted, { address });
    return address;
  }

  private async firstThere(addresses: readonly IconAddress[]): Promise<IconAddress | undefined> {
    for (const address of addresses) if (await this.isThere(address)) return address;
    return undefined;
  }

  /** Whether a set is complete; what was there stays there. */
  async isThere(address: (icon: IconName) => string): Promise<boolean> {
    const key = address('maskable').slice(1);
    const known = this.known.get(key);
    if (known === true) return true;
    if (known !== undefined && Date.now() - known < AGAIN_MS) return false;
    const isThere = (await this.storage.size(key)) !== undefined;
    this.known.set(key, isThere || Date.now());
    return isThere;
  }

  /** Has the icons drawn, if what they are drawn from was changed. */
  async draw(db: Db, context: OrganizationContext, portalId: string): Promise<void> {
    await this.outbox.add(db, context, 'portal.draw-icons', { portalId });
  }

  /** Whoever looks at a page asks, but for all of them once in a while. */
  private async ask({ organization, portal }: FoundPortal, set: string): Promise<void> {
    if (this.asked.has(set)) return;
    this.asked.set(set, true);
    const context = systemContext(organization.id, { clock: clockOf(organization) });
    await this.database.transaction(context, (db) => this.draw(db, context, portal.id));
  }
}

/** What the icons of a stored portal are drawn from. */
export const iconSourcesOf = ({ name, settings }: Pick<PortalEntity, 'name' | 'settings'>): IconSources =>
  iconSources(name, brandingSettings.of(settings as StoredSettings));

function iconSources(name: string, { theme, faviconUrl, logoUrl, logoDarkUrl }: PortalBranding): IconSources {
  const { brand, fg } = brandTokens(theme.light.primary, 'light');
  return { pictures: [faviconUrl, logoUrl, logoDarkUrl], ground: brand, ink: fg, initials: iconInitials(name) };
}

export const nameOf = (sources: IconSources): string =>
  hash('sha256', JSON.stringify([DRAWN, sources]), 'hex').slice(0, 32);

export const addressOf = (organizationId: string, name: string) => (icon: IconName) =>
  `/pictures/${organizationId}/${name}-${icon}.png`;

/** Worked out once of a portal that many ask for within a moment: every page names its icons. */
const addressesOf = onceForEach(({ organization, portal, branding }: FoundPortal) =>
  addressOf(organization.id, nameOf(iconSources(portal.name, branding))),
);
