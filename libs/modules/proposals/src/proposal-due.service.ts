import { Injectable } from '@nestjs/common';
import { BillingSettingsService } from '@balcao/module-billing';
import { addDays } from '@balcao/money';
import { Database, type DueWork, type OrganizationContext } from '@balcao/platform-tenancy';
import { ProposalMailer } from './emails/proposal-mailer.js';
import { ProposalRepository } from './persistence/proposal.repository.js';
import { ProposalService } from './proposal.service.js';

/** So many days before the last one those who may decide are reminded, once of each version. */
const REMINDED_BEFORE = 3;
/** Proposals that one transaction looks after. */
const BATCH = 50;

/** Reminds of proposals whose last day comes, and ends those whose last day has passed, by the organization's clock. */
@Injectable()
export class ProposalDueService implements DueWork {
  constructor(
    private readonly database: Database,
    private readonly proposals: ProposalRepository,
    private readonly service: ProposalService,
    private readonly mailer: ProposalMailer,
    private readonly settings: BillingSettingsService,
  ) {}

  async runDue(context: OrganizationContext): Promise<void> {
    await this.run(context, Infinity);
  }

  /** Does up to `most`; doing it twice does it once. One that somebody holds is left to the next time. @returns how many it did */
  async run(context: OrganizationContext, most: number): Promise<number> {
    let done = 0;
    let last: Awaited<ReturnType<ProposalRepository['lockDue']>>[number] | undefined;
    while (done < most) {
      const limit = Math.min(BATCH, most - done);
      const due: Awaited<ReturnType<ProposalRepository['lockDue']>> = await this.database.transaction(
        context,
        async (db) => {
          const { today } = await this.settings.terms(db, context);
          const reach = { today, remindUntil: addDays(today, REMINDED_BEFORE), limit };
          const batch = await this.proposals.lockDue(db, reach, last);
          for (const { isOver, currentVersionId: versionId, ...proposal } of batch) {
            if (isOver) {
              await this.service.expire(db, context, proposal);
              continue;
            }
            await this.proposals.markReminded(db, proposal.id, context.clock.now());
            const about = { proposal, versionId, occasion: versionId };
            await this.mailer.toCustomer(db, context, { ...about, template: 'proposal-reminder', said: 'reminded' });
          }
          return batch;
        },
      );
      done += due.length;
      last = due.at(-1);
      if (due.length < limit) break;
    }
    return done;
  }
}
