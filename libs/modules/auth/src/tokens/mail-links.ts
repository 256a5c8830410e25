import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { portalFor, portalOrigin } from '@balcao/module-directory';
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

  /** Address of a page, in the language of its mail, at the portal that is meant, if one is, or else at one that lets the person in. */
  async portal(
    context: OrganizationContext,
    { portalId: preferred, userId }: { portalId?: string; userId?: string },
    page: string,
    facts: LinkFacts,
  ): Promise<{ url: string; portalId: string }> {
    const portal = await this.database.read(context, (db) => portalFor(db, context, { userId, preferred }));
    const url = `${portalOrigin(portal, this.config.publicUrl)}/portal/${page}${hashOf(facts)}`;
    return { url, portalId: portal.id };
  }

  console(page: string, facts: LinkFacts): string {
    return `${this.config.publicUrl}/console/${page}${hashOf(facts)}`;
  }
}

/** Tokens stand behind the `#`, so that no server on the way logs them. */
const hashOf = ({ token, locale }: LinkFacts) => `#${token ? `token=${token}&` : ''}locale=${locale}`;
