import { Injectable } from '@nestjs/common';
import { FIRST_STEPS, type FirstStepName } from '@balcao/contracts';
import type { FirstStep, WaitingStep } from '@balcao/module-directory';
import { Audit } from '@balcao/platform-audit';
import { Database, sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';

export const STEP_STATES = ['open', 'done', 'postponed'] as const;
export type StepState = (typeof STEP_STATES)[number];

export interface StepRow {
  name: FirstStepName;
  state: StepState;
  count: number;
  /** What was begun of it and waits; null for nothing, and where it is done. */
  waiting: WaitingStep | null;
}

export interface GettingStarted {
  steps: StepRow[];
  /** Steps that are neither done nor put aside. */
  openCount: number;
  /** Whether the organization has no customer yet. */
  isNew: boolean;
}

const declared = new Map<FirstStepName, FirstStep>();

/** Takes the steps that modules declare. Before the application starts, by its root. @throws Error for a step that none declares */
export function declareFirstSteps(steps: readonly FirstStep[]): void {
  for (const step of steps) declared.set(step.name, step);
  const missing = FIRST_STEPS.filter((name) => !declared.has(name));
  if (missing.length > 0) throw new Error(`no module declares the first steps ${missing.join(', ')}`);
}

/** What a new organization has done and has still to do. Nothing is ticked: each step's module counts what is there. */
@Injectable()
export class GettingStartedService {
  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async get(context: OrganizationContext): Promise<GettingStarted> {
    return this.database.read(context, read);
  }

  /** Puts a step aside for everybody of the organization, or takes it up again. Repeating it changes nothing. */
  async postpone(context: OrganizationContext, step: FirstStepName, postponed: boolean): Promise<GettingStarted> {
    return this.database.transaction(context, async (db) => {
      const changed = postponed
        ? await db.first(sql`
            insert into postponed_steps (step) values (${step}) on conflict do nothing returning step`)
        : await db.first(sql`
            delete from postponed_steps p where ${db.tenant('p')} and p.step = ${step} returning p.step`);
      if (changed) {
        await this.audit.record(db, context, {
          action: 'staff.getting_started.update',
          target: { type: 'organization', id: context.organizationId },
          changes: { after: { step, postponed } },
        });
      }
      return read(db);
    });
  }
}

async function read(db: Db): Promise<GettingStarted> {
  const rows = await db.query<{ step: string }>(sql`select p.step from postponed_steps p where ${db.tenant('p')}`);
  const postponed = new Set(rows.map(({ step }) => step));
  const steps: StepRow[] = [];
  for (const name of FIRST_STEPS) {
    const { count: countIn, enough = 1, waiting: waitingIn } = declared.get(name)!;
    const count = await countIn(db);
    const state = count >= enough ? 'done' : postponed.has(name) ? 'postponed' : 'open';
    const waiting = state === 'done' ? null : ((await waitingIn?.(db)) ?? null);
    steps.push({ name, state, count, waiting });
  }
  return {
    steps,
    openCount: steps.filter(({ state }) => state === 'open').length,
    isNew: steps.some(({ name, count }) => name === 'customer' && count === 0),
  };
}
