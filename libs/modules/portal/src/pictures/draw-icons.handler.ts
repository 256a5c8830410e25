import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { ICON_NAMES, keptPicture } from '@balcao/contracts';
import { PortalEntity } from '@balcao/module-directory/entities';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Storage } from '@balcao/platform-storage';
import { Database } from '@balcao/platform-tenancy';
import { Threads } from '@balcao/platform-threads';
import type { drawIcons } from './draw-icons.js';
import { IconSets, addressOf, iconSourcesOf, nameOf, type IconSources } from './icon-sets.js';

const DRAWING = new URL('../../dist/pictures/draw-icons.js', import.meta.url);

/** Draws the icons of a portal as it is now, where they are not there yet. */
@Injectable()
@JobHandler('portal.draw-icons')
export class DrawIconsHandler implements JobHandler<'portal.draw-icons'> {
  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
    private readonly threads: Threads,
    private readonly icons: IconSets,
  ) {}

  async handle({ payload, context, organizationId }: HandledJob<'portal.draw-icons'>, finish: Finish): Promise<void> {
    const portal = await this.database.read(context!, (db) =>
      db.repository(PortalEntity).findOneBy({ id: payload.portalId }),
    );
    if (portal) await this.draw(organizationId!, iconSourcesOf(portal));
    await this.database.transaction(context!, finish);
  }

  private async draw(organizationId: string, sources: IconSources): Promise<void> {
    const address = addressOf(organizationId, nameOf(sources));
    if (await this.icons.isThere(address)) return;
    const { pictures, ...look } = sources;
    const [icon, ...logos] = await Promise.all(pictures.map((picture) => this.kept(picture)));
    const input = { ...look, icon, logos: logos.filter((logo) => logo !== undefined) };
    const drawn = await this.threads.run<typeof drawIcons>(DRAWING, 'drawIcons', input, { lane: organizationId });
    // In their order: the last one says that all are there.
    for (const name of ICON_NAMES)
      await this.storage.put(address(name).slice(1), Readable.from([Buffer.from(drawn[name])]), drawn[name].length);
  }

  private async kept(picture: string | null): Promise<Buffer | undefined> {
    const file = picture && (await this.storage.get(keptPicture(picture)?.key ?? 'none'));
    return file ? buffer(file.content) : undefined;
  }
}
