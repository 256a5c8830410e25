import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { portalOrigin } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { AppConfig } from '@balcao/platform-config';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';

interface LinkFacts {
  token?: string;
  locale: Locale;
}

/** Start of the links of a mail: the portal's own base, or the console's. */
@Injectable()
export class MailLinks {
  constructor(
    private readonly config: AppConfig,
    private readonly database: Database,
  ) {}

  /** Address of a page of a portal, in the language of its mail. */
  async portal(context: OrganizationContext, portalId: string, page: string, facts: LinkFacts): Promise<string> {
    const portal = await this.database.read(context, (db) =>
      db.repository(PortalEntity).findOneByOrFail({ id: portalId }),
    );
    return `${portalOrigin(portal, this.config.publicUrl)}/portal/${page}${hashOf(facts)}`;
  }

  console(page: string, facts: LinkFacts): string {
    return `${this.config.publicUrl}/console/${page}${hashOf(facts)}`;
  }
}

/** Tokens stand behind the `#`, so that no server on the way logs them. */
const hashOf = ({ token, locale }: LinkFacts) => `#${token ? `token=${token}&` : ''}locale=${locale}`;
