import type { Type } from '@nestjs/common';
import { IconSets } from '@balcao/module-portal';
import { DrawIconsHandler, PreparePictureHandler } from '@balcao/module-portal/worker';
import { Outbound, type OutboundWorld } from '@balcao/platform-outbound';
import { Database, sql, systemClock, systemContext } from '@balcao/platform-tenancy';
import type { TestApp } from './test-app.js';

const HANDLERS = { 'portal.prepare-picture': PreparePictureHandler, 'portal.draw-icons': DrawIconsHandler } as const;

export interface PictureJob {
  id: string;
  job: keyof typeof HANDLERS;
  payload: never;
  organizationId: string;
}

/** Does what the worker does with pictures: all that waits, in its order. @param world where pictures are fetched from */
export function pictureWorker({ app, rows }: TestApp, world?: OutboundWorld) {
  const outbound = new Outbound(world);
  const handlers = Object.fromEntries(
    Object.entries(HANDLERS).map(([job, handler]) => {
      const needs = Reflect.getMetadata('design:paramtypes', handler) as Type[];
      const given = needs.map((need) => (need === Outbound ? outbound : app.get<unknown>(need, { strict: false })));
      return [
        job,
        new (handler as new (...needs: unknown[]) => { handle: (...job: never[]) => Promise<void> })(...given),
      ];
    }),
  );
  const jobs = () =>
    rows<PictureJob>(
      `select id, job, payload, organization_id as "organizationId" from outbox
       where job like 'portal.%picture%' and status = 'pending' or job = 'portal.draw-icons' and status = 'pending' order by id`,
    );
  const handle = async ({ id, job, payload, organizationId }: PictureJob) => {
    const delivery = {
      name: job,
      payload,
      organizationId,
      context: systemContext(organizationId, { clock: systemClock }),
    };
    await handlers[job]!.handle(
      delivery as never,
      ((db: { execute: (statement: unknown) => Promise<number> }) =>
        db.execute(sql`update outbox set status = 'done', done_at = now() where id = ${id}::uuid`)) as never,
    );
  };
  const work = async () => {
    for (let waiting = await jobs(); waiting.length > 0; waiting = await jobs())
      for (const job of waiting) await handle(job);
    // What was not there a moment ago is looked for again.
    (app.get(IconSets, { strict: false }) as unknown as { known: Map<string, unknown> }).known.clear();
  };
  /** Draws the icons of a portal, whether or not somebody has asked for them. */
  const drawIcons = async (organizationId: string, portalId: string) => {
    const context = systemContext(organizationId, { clock: systemClock });
    await app
      .get(Database)
      .transaction(context, (db) => app.get(IconSets, { strict: false }).draw(db, context, portalId));
    await work();
  };
  return { jobs, handle, work, drawIcons };
}
