import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { OrganizationClockService } from '@balcao/module-directory';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { Outbox } from '@balcao/platform-outbox';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import { clockOf, Database, type DueWork, type OrganizationContext } from '@balcao/platform-tenancy';

/** What one turn takes, in milliseconds: other organizations' clocks have theirs in between. */
const TURN_MS = 5_000;
/** How often open pages hear of it on the way, in milliseconds. */
const TELL_MS = 300;
/** How long a day waits for what follows from it, in milliseconds: a job that fails for long holds up no clock. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 50;

/** What modules do of each day, in the order of the modules. */
export const DUE_WORK = Symbol('DUE_WORK');

/**
 * Takes the clock of a sandbox organization where it is going, day by day. Each day's due work, and what follows from it, is
 * done before the next day begins; killed half-way, it begins with the day that it was at, whose work bears being done again.
 */
@Injectable()
@JobHandler('clock.advance')
export class AdvanceClockHandler implements JobHandler<'clock.advance'> {
  constructor(
    private readonly database: Database,
    private readonly clock: OrganizationClockService,
    private readonly outbox: Outbox,
    private readonly modules: ModuleRef,
    @Inject(DUE_WORK) private readonly dueWork: readonly Type<DueWork>[],
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async handle({ context: atStart }: HandledJob<'clock.advance'>, finish: Finish): Promise<void> {
    if (!atStart) throw new Error('A clock belongs to an organization');
    const turnEnds = performance.now() + TURN_MS;
    let toldAt = -Infinity;
    for (;;) {
      const clock = await this.clock.find(atStart);
      if (!clock?.advancingTo) return this.database.transaction(atStart, finish);
      const context = { ...atStart, clock: clockOf(clock) };
      for (const work of this.dueWork) await this.modules.get(work, { strict: false }).runDue(context);
      await this.settle(context);
      if (performance.now() > turnEnds)
        return this.database.transaction(context, async (db) => {
          await this.clock.goOn(db, context);
          await finish(db);
        });
      const tells = performance.now() - toldAt > TELL_MS;
      await this.database.transaction(context, (db) => this.clock.step(db, context, clock, tells));
      if (tells) toldAt = performance.now();
    }
  }

  private async settle(context: OrganizationContext): Promise<void> {
    const patienceEnds = performance.now() + PATIENCE_MS;
    while (!(await this.outbox.isSettled(context))) {
      if (performance.now() > patienceEnds) {
        const { organizationId } = context;
        this.logger.warn({ organizationId }, 'a clock goes on although something that goes by it is not done');
        return;
      }
      await sleep(LOOK_MS);
    }
  }
}
