import { Injectable } from '@nestjs/common';
import { JobHandler } from '@balcao/platform-outbox/worker';
import { Database, clockOf, sql, systemContext } from '@balcao/platform-tenancy';
import { SubscriptionRunner } from '../subscription-runner.service.js';

/** Organizations that are asked for at a time. */
const PAGE = 200;
/** Subscriptions of one organization before another has its turn, so that nobody's thousands hold up others. */
const TURN = 500;
/** Turns of one organization in one run; what is left waits for the next. */
const MOST_TURNS = 100;
const NIL_ID = '00000000-0000-0000-0000-000000000000';

interface Standing {
  id: string;
  /** The time of its own that a sandbox has. */
  now: Date | null;
}

/** Started by the clock: does what is due of every organization's subscriptions, by its own day. */
@Injectable()
@JobHandler('subscriptions.run')
export class RunSubscriptionsHandler implements JobHandler<'subscriptions.run'> {
  constructor(
    private readonly database: Database,
    private readonly runner: SubscriptionRunner,
  ) {}

  /** @throws AggregateError after all others were done, where an organization's subscriptions could not all be looked after */
  async handle(): Promise<void> {
    const failures: unknown[] = [];
    let waiting = await this.turn(this.allOrganizations(), failures);
    for (let turns = 1; waiting.length > 0 && turns < MOST_TURNS; turns += 1)
      waiting = await this.turn(waiting, failures);
    if (failures.length > 0) throw new AggregateError(failures, 'Not every organization could be looked after');
  }

  /** One turn of each. @returns those that have more to do; of who failed nothing more is tried in this run */
  private async turn(
    organizations: AsyncIterable<Standing> | Iterable<Standing>,
    failures: unknown[],
  ): Promise<Standing[]> {
    const waiting: Standing[] = [];
    for await (const organization of organizations) {
      try {
        const context = systemContext(organization.id, { clock: clockOf(organization) });
        if ((await this.runner.run(context, TURN)) === TURN) waiting.push(organization);
      } catch (error) {
        failures.push(error);
      }
    }
    return waiting;
  }

  private async *allOrganizations(): AsyncGenerator<Standing> {
    for (
      let page = await this.organizationsAfter(NIL_ID);
      page.length > 0;
      page = page.length < PAGE ? [] : await this.organizationsAfter(page.at(-1)!.id)
    )
      yield* page;
  }

  /** Active organizations that have subscriptions, by id. What of them is due is asked within each, by its own clock. */
  private async organizationsAfter(id: string): Promise<Standing[]> {
    return this.database.asPlatform('organizations whose subscriptions are looked after', (db) =>
      db.query<Standing>(sql`
        select s.id, s.now from organization_standings s
        where s.id > ${id}::uuid and s.status = 'active'
          and exists (select from subscriptions t where t.organization_id = s.id and t.ended_at is null)
        order by s.id limit ${PAGE}`),
    );
  }
}
