import { BillingAccountEntity, PortalUserEntity, StaffUserEntity } from '@balcao/module-directory/entities';
import { addDays, dayAt, startOfDay } from '@balcao/money';
import type { Decider, QuietProposals } from '@balcao/module-proposals';
import type { Database, OrganizationContext } from '@balcao/platform-tenancy';
import type { DemoProposal } from './demo-organization.js';

const TIME_ZONE = 'America/Sao_Paulo';
const HOUR_MS = 3_600_000;
const CLIENT = { ip: '189.40.112.7', userAgent: 'Mozilla/5.0 (Linux; Android 15) Chrome/131.0 Mobile' };

/** Proposals, and what became of them, done in the order of their days. */
export async function addProposals(
  database: Database,
  proposals: QuietProposals,
  context: OrganizationContext,
  wished: readonly DemoProposal[],
): Promise<void> {
  const people = await database.read(context, async (db) => ({
    accounts: await db.repository(BillingAccountEntity).find(),
    staff: await db.repository(StaffUserEntity).find(),
    users: await db.repository(PortalUserEntity).find(),
  }));
  const today = dayAt(new Date(), TIME_ZONE);
  /** At ten in the morning of that day, or now where that is later. */
  const ago = (days: number): OrganizationContext => {
    const at = startOfDay(addDays(today, -days), TIME_ZONE).getTime() + 10 * HOUR_MS;
    return { ...context, clock: { now: () => new Date(Math.min(at, Date.now())) } };
  };
  const deeds: { daysAgo: number; run: () => Promise<void> }[] = [];
  for (const wish of wished) {
    const { account, contact, sentDaysAgo, validForDays, revised, end, lines, reference = null, ...words } = wish;
    const billingAccountId = people.accounts.find(({ externalId }) => externalId === account)!.id;
    const contactId = people.staff.find(({ email }) => email === contact)!.id;
    const begun = sentDaysAgo ?? 0;
    const fields = {
      ...words,
      ...{ billingAccountId, contactId, reference, discount: null },
      validUntil: addDays(today, validForDays - begun),
      lines: lines.map((line) => ({ ...line, unitPrice: BigInt(line.unitPrice) })),
      outcome: { kind: 'invoice', dueDays: 10, startWithinDays: null } as const,
    };
    const made: { id?: string } = {};
    const versionOf = async () => (await proposals.reader.getForStaff(context, made.id!)).proposal.version;
    deeds.push({
      daysAgo: begun,
      run: async () => {
        made.id = await proposals.drafts.create(ago(begun), fields);
        if (sentDaysAgo !== undefined) await proposals.proposals.send(ago(begun), made.id, await versionOf());
      },
    });
    if (revised)
      deeds.push({
        daysAgo: revised.daysAgo,
        run: async () => {
          const then = ago(revised.daysAgo);
          await proposals.drafts.revise(then, made.id!);
          const cheaper = { ...fields, discount: { amount: BigInt(revised.discount) } };
          await proposals.drafts.replace(then, made.id!, cheaper, await versionOf());
          await proposals.proposals.send(then, made.id!, await versionOf());
        },
      });
    if (end)
      deeds.push({
        daysAgo: end.daysAgo,
        run: async () => {
          const then = ago(end.daysAgo);
          const id = made.id!;
          if (end.kind === 'expired')
            return database.transaction(then, (db) => proposals.proposals.expire(db, then, { id, billingAccountId }));
          if (end.kind === 'withdrawn')
            return proposals.proposals.withdraw(then, id, { reason: end.reason, version: await versionOf() });
          const user = people.users.find(
            (one) => one.email === end.email && one.billingAccountId === billingAccountId,
          )!;
          const decider: Decider = {
            context: { ...then, actor: { type: 'user', id: user.id, name: user.name }, client: CLIENT },
            ...{ billingAccountId, proposalId: id, portalUserId: user.id, linkId: null },
          };
          const { digest } = (await proposals.reader.get(context, id)).version;
          if (end.kind === 'rejected')
            return proposals.decisions.reject(decider, {
              digest,
              signerName: end.name,
              reason: 'price',
              comment: end.comment,
            });
          return proposals.decisions.accept(decider, {
            ...{ digest, signerName: end.name, signerRole: end.role, signerTaxId: null },
            signature: end.strokes ? 'drawn' : 'typed',
            strokes: end.strokes ?? null,
            startsOn: null,
          });
        },
      });
  }
  deeds.sort((one, other) => other.daysAgo - one.daysAgo);
  for (const { run } of deeds) await run();
}
