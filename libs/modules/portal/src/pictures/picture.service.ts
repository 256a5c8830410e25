import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { PicturePurpose } from '@balcao/contracts';
import { PortalEntity } from '@balcao/module-directory/entities';
import { newId } from '@balcao/platform-database';
import { DomainError, found } from '@balcao/platform-errors';
import { Outbox } from '@balcao/platform-outbox';
import { RateLimiter } from '@balcao/platform-state';
import { Storage } from '@balcao/platform-storage';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { PortalPictureEntity, type Crop } from '../persistence/portal-picture.entity.js';
import { spooled } from './spooled.js';

const DAY_SECONDS = 24 * 60 * 60;
/** Pictures that an organization brings in a day: what becomes of them is kept for good. */
const NEW_IN_A_DAY = 100;
/** Of an organization that are not finished at a time: a page has three. */
const MOST_UNFINISHED = 10;

export interface PictureWish {
  purpose: PicturePurpose;
  crop?: Crop | null;
}

/** Where an uploaded file waits until it was looked at. */
export const uploadKey = (organizationId: string, pictureId: string) => `uploads/${organizationId}/${pictureId}`;

/** Pictures on their way into a portal. What looks at them and draws them anew is the worker's job. */
@Injectable()
export class PictureService {
  constructor(
    private readonly database: Database,
    private readonly storage: Storage,
    private readonly outbox: Outbox,
    private readonly limiter: RateLimiter,
  ) {}

  /** @throws DomainError not_found */
  async get(context: OrganizationContext, portalId: string, id: string): Promise<PortalPictureEntity> {
    return this.database.read(context, async (db) =>
      found(await db.repository(PortalPictureEntity).findOneBy({ id, portalId })),
    );
  }

  /**
   * Takes a file as it arrives.
   * @throws DomainError not_found, rate_limited, validation_failed for what is no picture, or more than one may have
   */
  async receive(
    context: OrganizationContext,
    portalId: string,
    wish: PictureWish,
    content: Readable | (() => Promise<Readable>),
  ): Promise<PortalPictureEntity> {
    const id = await this.begin(context, portalId, wish);
    try {
      await spooled(typeof content === 'function' ? await content() : content, (path, size) =>
        this.storage.put(uploadKey(context.organizationId, id), createReadStream(path), size),
      );
      await this.database.transaction(context, (db) => this.submit(db, context, id));
    } catch (error) {
      await this.forget(context, id);
      throw error;
    }
    return this.get(context, portalId, id);
  }

  /** Has a picture fetched once, from where it is in the web. @throws DomainError not_found, rate_limited */
  async fetch(
    context: OrganizationContext,
    portalId: string,
    wish: PictureWish,
    address: string,
  ): Promise<PortalPictureEntity> {
    const id = await this.begin(context, portalId, wish, address);
    await this.database.transaction(context, (db) => this.submit(db, context, id));
    return this.get(context, portalId, id);
  }

  /** Begins with a file that is there already, or an address; the work on it begins when it is submitted. */
  async prepare(
    context: OrganizationContext,
    portalId: string,
    purpose: PicturePurpose,
    source: string | Buffer,
  ): Promise<string> {
    if (typeof source === 'string') return this.begin(context, portalId, { purpose }, source);
    const id = await this.begin(context, portalId, { purpose });
    await this.storage.put(uploadKey(context.organizationId, id), Readable.from([source]), source.length);
    return id;
  }

  /** Has it looked at. With `adopted` the setting takes it by itself, unless it is changed before. */
  async submit(db: Db, context: OrganizationContext, id: string, { adopted = false } = {}): Promise<void> {
    await db.repository(PortalPictureEntity).update({ id }, { status: 'waiting', adopted });
    await this.outbox.add(db, context, 'portal.prepare-picture', { pictureId: id });
  }

  /** What was asked for earlier no longer becomes these settings by itself. */
  async disown(db: Db, portalId: string, purposes: readonly string[]): Promise<void> {
    await db.execute(sql`
      update portal_pictures p set adopted = false
      where ${db.tenant('p')} and p.portal_id = ${portalId}::uuid and p.adopted and p.purpose = any(${purposes}::text[])`);
  }

  private async begin(
    context: OrganizationContext,
    portalId: string,
    { purpose, crop = null }: PictureWish,
    sourceAddress: string | null = null,
  ): Promise<string> {
    const id = newId();
    const { organizationId } = context;
    await this.database.read(context, async (db) =>
      found(await db.repository(PortalEntity).findOneBy({ id: portalId })),
    );
    const limits = { [`pictures|${organizationId}`]: NEW_IN_A_DAY };
    const { allowed, retryAfterSeconds } = await this.limiter.consumeEach(limits, DAY_SECONDS, 1);
    if (!allowed) throw new DomainError('rate_limited', { retryAfterSeconds });
    await this.database.transaction(context, async (db) => {
      // Of many at once each counts those before it.
      await db.execute(sql`select from portals p where ${db.tenant('p')} and p.is_default for no key update`);
      const unfinished = await db.query(sql`
        select 1 from portal_pictures p where ${db.tenant('p')} and p.finished_at is null limit ${MOST_UNFINISHED}`);
      if (unfinished.length >= MOST_UNFINISHED) throw new DomainError('rate_limited', { retryAfterSeconds: 10 });
      await db
        .repository(PortalPictureEntity)
        .insert({ id, portalId, purpose, crop, sourceAddress, status: 'receiving', adopted: false });
    });
    return id;
  }

  /** What could not be received leaves nothing behind. */
  private async forget(context: OrganizationContext, id: string): Promise<void> {
    await this.storage.delete(uploadKey(context.organizationId, id));
    await this.database.transaction(context, (db) =>
      db.repository(PortalPictureEntity).delete({ id, status: 'receiving' }),
    );
  }
}
