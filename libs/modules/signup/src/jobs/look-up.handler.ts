import { Injectable } from '@nestjs/common';
import { Audit } from '@balcao/platform-audit';
import { Outbox } from '@balcao/platform-outbox';
import { JobHandler, type Finish, type HandledJob, type JobHandler as Handler } from '@balcao/platform-outbox/worker';
import { Database, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { pauseAfter, standingOf } from '../domain/signup.js';
import { SignupEntity } from '../persistence/signup.entity.js';
import { RegistryClient, type RegistryAnswer } from '../registry/registry-client.js';
import { SignupBook } from '../signup-book.js';
import { SignupSteps } from '../signup-steps.js';

/** Seconds until a signup asks again of a company that is being looked up for another. */
const NEXT_LOOK_SECONDS = 3;

/** Whether this attempt is the one that a signup waits for. */
const awaits = (signup: SignupEntity | null, attempt: number): signup is SignupEntity =>
  signup !== null &&
  signup.lookup === 'waiting' &&
  signup.lookupAttempt === attempt &&
  (signup.status === 'started' || signup.status === 'submitted');

/**
 * One attempt at the register. What comes of it, and the next attempt if there is one, commit with the job: an answer that
 * comes when the signup has gone on, or was withdrawn, changes nothing.
 */
@Injectable()
@JobHandler('signup.look-up')
export class LookUpHandler implements Handler<'signup.look-up'> {
  constructor(
    private readonly database: Database,
    private readonly registry: RegistryClient,
    private readonly book: SignupBook,
    private readonly steps: SignupSteps,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  async handle({ payload: { signupId: id }, context }: HandledJob<'signup.look-up'>, finish: Finish): Promise<void> {
    const signup = await this.database.read(context!, (db) => db.repository(SignupEntity).findOneBy({ id }));
    const attempt = signup?.lookupAttempt ?? 0;
    const answer = awaits(signup, attempt)
      ? await this.registry.lookUp(signup.taxId, signup.lookedUpAt !== null)
      : undefined;
    await this.database.transaction(context!, async (db) => {
      if (answer) {
        const held = await this.book.holdIfThere(db, id);
        if (!awaits(held, attempt)) return finish(db);
        // No attempt: nothing was asked for it.
        if (answer === 'later')
          await this.outbox.add(db, context!, 'signup.look-up', { signupId: id }, NEXT_LOOK_SECONDS);
        else await this.apply(db, context!, held, answer);
      }
      await finish(db);
    });
  }

  private async apply(
    db: Db,
    context: OrganizationContext,
    signup: SignupEntity,
    answer: RegistryAnswer,
  ): Promise<void> {
    if (answer.kind === 'unavailable') return this.later(db, context, signup, answer.retryAfterSeconds);
    const { company, answeredAt: lookedUpAt } = answer;
    const known = { lookupDueAt: null, lookedUpAt };
    await this.audit.record(db, context, {
      action: 'system.signup.look_up',
      target: { type: 'signup', id: signup.id },
      changes: { after: { situation: company?.situation ?? null } },
    });
    if (!company) return this.goOn(db, context, signup, { ...known, lookup: 'not_found' });
    const { lookup, refusal } = standingOf(company.situation);
    if (!refusal) return this.goOn(db, context, signup, { ...known, lookup, company });
    await this.steps.refuse(db, context, signup, refusal, company.situationReason, { ...known, lookup, company });
  }

  private async later(db: Db, context: OrganizationContext, signup: SignupEntity, retryAfter?: number): Promise<void> {
    const pause = pauseAfter(signup.lookupAttempt, retryAfter);
    if (pause === undefined) return this.goOn(db, context, signup, { lookup: 'unavailable', lookupDueAt: null });
    await this.book.change(db, context, signup, {
      lookupAttempt: signup.lookupAttempt + 1,
      lookupDueAt: new Date(Date.now() + pause * 1_000),
    });
    await this.outbox.add(db, context, 'signup.look-up', { signupId: signup.id }, pause);
  }

  /** Where the data are there already, the next step follows at once. */
  private async goOn(
    db: Db,
    context: OrganizationContext,
    signup: SignupEntity,
    values: Parameters<SignupBook['change']>[3],
  ): Promise<void> {
    const changed = await this.book.change(db, context, signup, values);
    if (changed.status === 'submitted') await this.steps.proceed(db, context, changed);
  }
}
