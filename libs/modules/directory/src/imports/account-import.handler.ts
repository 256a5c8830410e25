import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { JobHandler, type Finish, type HandledJob } from '@balcao/platform-outbox/worker';
import type { Db, OrganizationContext } from '@balcao/platform-tenancy';
import { BillingAccountService } from '../billing-account.service.js';
import { knownAccounts } from './account-import.service.js';
import { knownBy, type AccountRecord, type ExistingAccounts } from './account-rows.js';
import { attempt } from './attempt.js';
import { ImportSlices, type ItemOutcome, type WaitingItem } from './import-slices.js';

const ACCOUNTS_OF_A_TURN = 50;

/** Writes the customers of a file. Who came meanwhile is told apart once more. */
@Injectable()
@JobHandler('accounts.import')
export class AccountImportHandler implements JobHandler<'accounts.import'> {
  constructor(
    private readonly slices: ImportSlices,
    private readonly accounts: BillingAccountService,
  ) {}

  async handle({ payload, context }: HandledJob<'accounts.import'>, finish: Finish): Promise<void> {
    const write = (
      db: Db,
      as: OrganizationContext,
      { existing }: { existing: ExistingAccounts },
      items: WaitingItem<AccountRecord>[],
    ) => this.write(db, as, existing, items);
    await this.slices.run<AccountRecord, { existing: ExistingAccounts }>(
      context!,
      payload.importId,
      { kind: 'accounts', itemsOfATurn: ACCOUNTS_OF_A_TURN, write },
      finish,
    );
  }

  private async write(
    db: Db,
    context: OrganizationContext,
    existing: ExistingAccounts,
    items: WaitingItem<AccountRecord>[],
  ): Promise<ItemOutcome[]> {
    const outcomes: ItemOutcome[] = [];
    for (const { item, record } of items) {
      try {
        outcomes.push({ item, status: await this.writeOne(db, context, existing, record) });
      } catch (error) {
        // What is no answer about this customer is tried again, with the whole turn.
        if (!(error instanceof DomainError)) throw error;
        const problem =
          error.code === 'tax_id_taken' || error.code === 'external_id_taken' ? 'accountsDiffer' : undefined;
        outcomes.push({ item, status: 'refused', problem: problem ?? error.fields[0]?.code ?? 'importFailed' });
      }
    }
    return outcomes;
  }

  private async writeOne(
    db: Db,
    context: OrganizationContext,
    existing: ExistingAccounts,
    record: AccountRecord,
  ): Promise<'created' | 'updated' | 'known'> {
    const match = async () => knownBy(record, await knownAccounts(db, [record]));
    let known = await match();
    if (!known) {
      try {
        await attempt(db, () => this.accounts.insert(db, context, record));
        return 'created';
      } catch (error) {
        // Somebody has just added it.
        known = await match();
        if (!known) throw error;
      }
    }
    if (known === 'two') throw new DomainError('tax_id_taken');
    if (existing === 'skip') return 'known';
    const { id } = known;
    await attempt(db, () => this.accounts.merge(db, context, id, record));
    return 'updated';
  }
}
