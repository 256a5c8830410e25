import { Injectable } from '@nestjs/common';
import { RoleGrants, portalUserCredentials, type AccountToJoin } from '@balcao/module-directory';
import type { PortalEntity } from '@balcao/module-directory/entities';
import { DomainError } from '@balcao/platform-errors';
import { sql, type Db, type OrganizationContext } from '@balcao/platform-tenancy';
import { invitationSettings } from '../settings/portal-sections.js';
import { addressProblems, type Invitee, type InviteeProblem } from './invitee-rules.js';

/** A user of the account who waits for an invitation, though none is pending. */
export interface WaitingUser {
  id: string;
  email: string;
  roleId: string;
  credentialVersion: number;
}

interface Known extends WaitingUser {
  status: string;
}

/** Whether people can be invited; asked before anything is written, and for all of them at once. */
@Injectable()
export class InvitationChecks {
  constructor(private readonly grants: RoleGrants) {}

  /** @returns every problem there is, and who of the people is waiting already, by e-mail */
  async examine(
    db: Db,
    context: OrganizationContext,
    portal: Pick<PortalEntity, 'settings' | 'roleIds'>,
    { id: billingAccountId, defaultRoleId }: AccountToJoin,
    people: Invitee[],
  ): Promise<{ problems: InviteeProblem[]; waiting: ReadonlyMap<string, WaitingUser> }> {
    const known = await knownUsers(db, context, billingAccountId, people);
    const pending = await invitedNow(db, known);
    const waiting = known.filter(({ id, status }) => status === 'pending_invitation' && !pending.has(id));
    const free = new Map(waiting.map((user) => [user.email, user]));
    const taken = new Map(
      known.filter(({ email }) => !free.has(email)).map(({ email, id }) => [email, pending.get(id)]),
    );
    const roleIds = people.flatMap(({ roleId }) => roleId ?? []);
    const grantable = await this.grants.among(db, context, roleIds);
    // Who chooses no role leaves it to the account's default, which is staff's to rely on.
    const mayGive = (roleId: string | undefined) =>
      roleId === undefined ? context.actor.type !== 'user' : grantable.has(roleId);
    const comesIn = (roleId: string | undefined) =>
      roleId === undefined || portal.roleIds === null || portal.roleIds.includes(roleId);
    const roleProblem = ({ email, roleId }: Invitee): 'notGrantable' | 'role_not_on_portal' | undefined => {
      if (!mayGive(roleId)) return 'notGrantable';
      return comesIn(roleId ?? free.get(email)?.roleId ?? defaultRoleId) ? undefined : 'role_not_on_portal';
    };
    const problems: InviteeProblem[] = [
      ...addressProblems(people, invitationSettings.of(portal.settings).allowedDomains),
      ...people.flatMap((person, index): InviteeProblem[] => {
        const code = roleProblem(person);
        return [
          ...(taken.has(person.email) ? [takenBy(index, taken.get(person.email))] : []),
          ...(code ? [{ index, field: 'roleId', code } as const] : []),
        ];
      }),
    ];
    return { problems: problems.sort((a, b) => a.index - b.index), waiting: free };
  }
}

const takenBy = (index: number, invitationId?: string): InviteeProblem => ({
  index,
  field: 'email',
  code: invitationId ? 'invitation_waiting' : 'email_taken',
  invitationId,
});

/** The refusal of one person, by the code that says most. */
export function refusalOfOne({ field, code, invitationId }: InviteeProblem): DomainError {
  if (code === 'email_taken') return new DomainError(code);
  if (code === 'invitation_waiting') return new DomainError(code, { extensions: { invitationId } });
  const fields = [{ path: field, code }];
  return new DomainError(code === 'domain' ? 'invitation_domain_not_allowed' : 'validation_failed', { fields });
}

/** The refusal of several people, naming every problem at its place. */
export function refusalOfMany(problems: InviteeProblem[]): DomainError {
  const fields = problems.map(({ index, field, code }) => ({ path: `invitations.${index}.${field}`, code }));
  return new DomainError('validation_failed', { fields });
}

/** Held, so that of two invitations to one waiting person at once the later finds the earlier; so is who invites. */
async function knownUsers(
  db: Db,
  { actor }: OrganizationContext,
  billingAccountId: string,
  people: Invitee[],
): Promise<Known[]> {
  const emails = people.map(({ email }) => email);
  const invited = sql`u.billing_account_id = ${billingAccountId}::uuid and u.email = any(${emails}::text[])`;
  await portalUserCredentials.hold(db, sql`u.id = ${actor.id ?? null}::uuid or (${invited})`);
  return db.query<Known>(sql`
    select u.id, u.email, u.status, u.role_id as "roleId", u.credential_version as "credentialVersion" from portal_users u
    where ${db.account('u')} and ${invited}`);
}

/** The invitations that wait for an answer, by who is invited. */
async function invitedNow(db: Db, known: Known[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.query<{ userId: string; id: string }>(sql`
    select i.portal_user_id as "userId", i.id from invitations i
    where ${db.account('i')} and i.portal_user_id = any(${known.map(({ id }) => id)}::uuid[]) and i.status = 'pending'`);
  return new Map(rows.map(({ userId, id }) => [userId, id]));
}
