import { Injectable } from '@nestjs/common';
import { portalOrigin } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { AppConfig } from '@balcao/platform-config';
import { Database, type OrganizationContext } from '@balcao/platform-tenancy';

/** Start of the links of a mail: the portal's own base, or the console's. */
@Injectable()
export class MailLinks {
  constructor(
    private readonly config: AppConfig,
    private readonly database: Database,
  ) {}

  /** Address of a page of a portal; tokens stand behind the `#`, so that no server on the way logs them. */
  async portal(context: OrganizationContext, portalId: string, page: string, token?: string): Promise<string> {
    const portal = await this.database.read(context, (db) =>
      db.repository(PortalEntity).findOneByOrFail({ id: portalId }),
    );
    return `${portalOrigin(portal, this.config.publicUrl)}/portal/${page}${token ? `#token=${token}` : ''}`;
  }

  console(page: string, token?: string): string {
    return `${this.config.publicUrl}/console/${page}${token ? `#token=${token}` : ''}`;
  }
}
