import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { DomainError, refusedField } from '@balcao/platform-errors';
import { Events } from '@balcao/platform-events';
import { Outbox } from '@balcao/platform-outbox';
import { Database, sql, type Db, type OrganizationContext, type Sql } from '@balcao/platform-tenancy';

/** What time it is in a sandbox organization. */
export interface OrganizationClock {
  now: Date;
  /** The same as a clock on the wall there shows it, such as `2026-12-15T09:30`. */
  localTime: string;
  timeZone: string;
  /** Where the clock is on its way to, day by day; null while it stands still. */
  advancingTo: Date | null;
}

/** How far a clock is moved at once: each day on the way is worked through. */
const MOST_YEARS = 2;

/** The clock of a sandbox organization: it stands still, and goes forward when somebody moves it. */
@Injectable()
export class OrganizationClockService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly events: Events,
    private readonly audit: Audit,
  ) {}

  /** Undefined where the real time passes. */
  async find(context: OrganizationContext): Promise<OrganizationClock | undefined> {
    return this.database.read(context, (db) => db.first<OrganizationClock>(clock(db)));
  }

  /**
   * Sends the clock on its way; the worker goes there.
   * @param until a wall time of the organization's, as `isLocalTime` has it
   * @throws DomainError no_test_clock where the real time passes, clock_advancing, validation_failed for what is not ahead or too far
   */
  async advance(context: OrganizationContext, until: string): Promise<OrganizationClock> {
    return this.database.transaction(context, async (db) => {
      const before = await db.first<OrganizationClock>(sql`${clock(db)} for no key update of c`);
      if (!before) throw new DomainError('no_test_clock');
      if (before.advancingTo) throw new DomainError('clock_advancing');
      const { target, isAhead, isNear } = (await db.first<{ target: Date; isAhead: boolean; isNear: boolean }>(sql`
        select w.target, w.target > c.now as "isAhead", w.target <= c.now + make_interval(years => ${MOST_YEARS}) as "isNear"
        from organization_clocks c join organizations o on o.id = c.organization_id
        cross join lateral (select ${until}::timestamp at time zone o.time_zone as target) w where ${db.tenant('c')}`))!;
      if (!isAhead) throw refusedField('until', 'clockForward');
      if (!isNear) throw refusedField('until', 'clockFar', { max: MOST_YEARS });
      await db.execute(sql`update organization_clocks c set advancing_to = ${target} where ${db.tenant('c')}`);
      await this.audit.record(db, context, {
        action: 'staff.clock.advance',
        target: { type: 'organization', id: context.organizationId },
        changes: { before: { now: before.now }, after: { now: target } },
      });
      await this.goOn(db, context);
      await this.tell(db, context);
      return { ...before, advancingTo: target };
    });
  }

  /**
   * Lets the clock stand where it is, such as where something on its way is never done. What is done of that day stays so; one that
   * stands still is left as it is.
   * @throws DomainError no_test_clock where the real time passes
   */
  async stop(context: OrganizationContext): Promise<OrganizationClock> {
    return this.database.transaction(context, async (db) => {
      const before = await db.first<OrganizationClock>(sql`${clock(db)} for no key update of c`);
      if (!before) throw new DomainError('no_test_clock');
      if (!before.advancingTo) return before;
      await db.execute(sql`update organization_clocks c set advancing_to = null where ${db.tenant('c')}`);
      await this.audit.record(db, context, {
        action: 'staff.clock.stop',
        target: { type: 'organization', id: context.organizationId },
        changes: { before: { advancingTo: before.advancingTo }, after: { now: before.now } },
      });
      await this.tell(db, context);
      return { ...before, advancingTo: null };
    });
  }

  /**
   * Moves the clock to the next midnight of its time zone, or to where it is going if that comes first; where it has arrived, it
   * stands still from now on. Somebody who was faster leaves nothing to do.
   * @param tells whether open pages hear of it
   */
  async step(
    db: Db,
    context: OrganizationContext,
    { now, advancingTo }: OrganizationClock,
    tells: boolean,
  ): Promise<void> {
    const hasArrived = advancingTo !== null && now >= advancingTo;
    const moved = await db.execute(sql`
      update organization_clocks c set
        now = least(c.advancing_to, (date_trunc('day', c.now at time zone o.time_zone) + interval '1 day') at time zone o.time_zone),
        advancing_to = case when ${hasArrived} then null else c.advancing_to end
      from organizations o
      where ${db.tenant('c')} and o.id = c.organization_id and c.now = ${now} and c.advancing_to is not null`);
    if (moved > 0 && (tells || hasArrived)) await this.tell(db, context);
  }

  /** Has the worker go on with it. */
  async goOn(db: Db, context: OrganizationContext): Promise<void> {
    await this.outbox.add(db, context, 'clock.advance', {});
  }

  private async tell(db: Db, context: OrganizationContext): Promise<void> {
    const { organizationId } = context;
    await this.events.publish(db, context, { name: 'clock.advanced', ids: { organizationId } });
  }
}

const clock = (db: Db): Sql => sql`
  select c.now, to_char(c.now at time zone o.time_zone, 'YYYY-MM-DD"T"HH24:MI') as "localTime",
    o.time_zone as "timeZone", c.advancing_to as "advancingTo"
  from organization_clocks c join organizations o on o.is_sandbox and o.id = c.organization_id where ${db.tenant('c')}`;
