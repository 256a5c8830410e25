import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Injectable } from '@nestjs/common';
import { LARGEST_UPLOAD, mailPicture, pictureExtension } from '@balcao/contracts';
import { brandingSettings } from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { DomainError } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbound, OutboundError, type OutboundProblem } from '@balcao/platform-outbound';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { Storage } from '@balcao/platform-storage';
import { Database, sql, type OrganizationContext } from '@balcao/platform-tenancy';
import { Threads } from '@balcao/platform-threads';
import type { PictureProblem } from '../branding/raster-picture.js';
import { PortalPictureEntity } from '../persistence/portal-picture.entity.js';
import { addSections } from '../settings/declared-sections.js';
import { PortalSettingsService } from '../settings/portal-settings.service.js';
import type { DrawnPicture, drawPicture } from './draw-picture.js';
import { uploadKey } from './picture.service.js';

const DRAWING = new URL('../../dist/pictures/draw-picture.js', import.meta.url);
/** A picture that a worker has begun to draw so often without coming to an end is refused. */
const MOST_TRIES = 3;
const MOST_CONFLICTS = 10;

const OUTBOUND_PROBLEMS: Record<OutboundProblem, PictureProblem> = {
  invalid_address: { code: 'pictureAddress' },
  private_address: { code: 'picturePrivate' },
  redirected: { code: 'pictureRedirected' },
  too_big: { code: 'pictureBytes', params: { max: LARGEST_UPLOAD / 1_024 / 1_024 } },
  timed_out: { code: 'pictureSlow' },
  unreachable: { code: 'pictureUnreachable' },
};

/** A picture as it is kept, or why it is not. */
type Outcome = Refused | (Omit<DrawnPicture, 'file' | 'mail'> & { address: string });
interface Refused {
  problem: PictureProblem;
}

/** Fetches what is to be fetched, looks at it, draws it anew and keeps it. */
@Injectable()
@JobHandler('portal.prepare-picture')
export class PreparePictureHandler implements JobHandler<'portal.prepare-picture'> {
  /** How long whoever has a picture may take with it. */
  static fetchMs = 15_000;

  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
    private readonly threads: Threads,
    private readonly outbound: Outbound,
    private readonly events: Events,
    private readonly settings: PortalSettingsService,
  ) {}

  async handle(job: HandledJob<'portal.prepare-picture'>, finish: Finish): Promise<void> {
    const context = job.context!;
    const id = job.payload.pictureId;
    // One that is not there came to an end in another delivery.
    const picture = await this.database.read(context, (db) =>
      db.repository(PortalPictureEntity).findOneBy({ id, status: 'waiting' }),
    );
    if (picture) {
      const outcome = picture.tries >= MOST_TRIES ? refused('pictureBroken') : await this.outcomeOf(context, picture);
      if (!outcome.problem) await this.adopt(context, id, outcome.address);
      await this.end(context, picture, outcome, finish);
      await this.storage.delete(uploadKey(context.organizationId, id));
    } else await this.database.transaction(context, finish);
  }

  /** Counted once there is a thread: who waits for one, and for others' pictures, has not failed. */
  private async countTry(context: OrganizationContext, id: string): Promise<void> {
    await this.database.transaction(context, (db) =>
      db.execute(sql`update portal_pictures p set tries = tries + 1 where ${db.tenant('p')} and p.id = ${id}::uuid`),
    );
  }

  private async outcomeOf(context: OrganizationContext, picture: PortalPictureEntity): Promise<Outcome> {
    const { organizationId } = context;
    const content = picture.sourceAddress
      ? await this.fetched(picture.sourceAddress)
      : await this.uploaded(uploadKey(organizationId, picture.id));
    if (!Buffer.isBuffer(content)) return content;
    const input = { file: content, purpose: picture.purpose, crop: picture.crop };
    const drawn = await this.threads.run<typeof drawPicture>(
      DRAWING,
      'drawPicture',
      input,
      { lane: organizationId },
      () => this.countTry(context, picture.id),
    );
    if (drawn.problem) return drawn;
    const { file, mail, ...facts } = drawn;
    const name = hash('sha256', file, 'hex').slice(0, 32);
    const address = `/pictures/${organizationId}/${name}.${pictureExtension(facts.mediaType)}`;
    await this.keep(mailPicture(address), mail);
    await this.keep(address, file);
    return { ...facts, address };
  }

  private async keep(address: string, file: Uint8Array): Promise<void> {
    // What was copied from a thread is no longer a buffer.
    await this.storage.put(address.slice(1), Readable.from([Buffer.from(file)]), file.length);
  }

  private async uploaded(key: string): Promise<Buffer | Refused> {
    const file = await this.storage.get(key);
    return file ? buffer(file.content) : refused('pictureBroken');
  }

  private async fetched(address: string): Promise<Buffer | Refused> {
    try {
      const answer = await this.outbound.request(address, {
        headers: { accept: 'image/*' },
        timeoutMs: PreparePictureHandler.fetchMs,
        maxBytes: LARGEST_UPLOAD,
      });
      if (answer.status === 200) return answer.body;
      return { problem: { code: 'pictureStatus', params: { status: answer.status } } };
    } catch (error) {
      if (error instanceof OutboundError) return { problem: OUTBOUND_PROBLEMS[error.problem] };
      throw error;
    }
  }

  /** In the name of the system: the audit says before that somebody asked for it. */
  private async adopt(context: OrganizationContext, id: string, address: string): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.adoptAtOnce(context, id, address);
      } catch (error) {
        // Somebody else was faster.
        if (!(error instanceof DomainError && error.code === 'conflict') || tries === MOST_CONFLICTS) throw error;
      }
    }
  }

  private async adoptAtOnce(context: OrganizationContext, id: string, address: string): Promise<void> {
    const wanted = await this.database.read(context, async (db) => {
      const picture = await db.repository(PortalPictureEntity).findOneBy({ id, adopted: true });
      const portal = picture && (await db.repository(PortalEntity).findOneBy({ id: picture.portalId }));
      return picture && portal && { portal, purpose: picture.purpose };
    });
    if (!wanted) return;
    const { portal, purpose } = wanted;
    // The history tells of changes of what is declared; a worker changes this section alone.
    addSections([brandingSettings]);
    const settings = { branding: { [purpose]: address } };
    await this.settings.update(context, portal.id, { version: portal.version, settings });
  }

  private async end(
    context: OrganizationContext,
    { id, portalId }: PortalPictureEntity,
    outcome: Outcome,
    finish: Finish,
  ): Promise<void> {
    await this.database.transaction(context, async (db) => {
      const values = outcome.problem
        ? { status: 'refused' as const, problem: outcome.problem }
        : { status: 'ready' as const, address: outcome.address, width: outcome.width, height: outcome.height };
      await db.repository(PortalPictureEntity).update({ id }, { ...values, finishedAt: new Date() } as never);
      await this.events.publish(db, context, {
        name: 'portal_picture.finished',
        ids: { portalId, portalPictureId: id },
      });
      await finish(db);
    });
  }
}

const refused = (code: PictureProblem['code']): Refused => ({ problem: { code } });
