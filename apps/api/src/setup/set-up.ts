import type { INestApplicationContext } from '@nestjs/common';
import { emailAddress } from '@balcao/contracts';
import { insertOperator, PasswordHasher } from '@balcao/module-auth';
import { OrganizationService, StaffService } from '@balcao/module-directory';
import { StaffInvitationService } from '@balcao/module-portal';
import { newId } from '@balcao/platform-database';
import { Database, systemClock, systemContext } from '@balcao/platform-tenancy';
import type { SetupAnswers } from './answers.js';

/** Who carries it out. */
export interface SetupServices {
  database: Database;
  hasher: PasswordHasher;
  organizations: OrganizationService;
  invitations: StaffInvitationService;
  staff: StaffService;
}

export function setupServices(app: INestApplicationContext): SetupServices {
  return {
    database: app.get(Database),
    hasher: app.get(PasswordHasher, { strict: false }),
    organizations: app.get(OrganizationService, { strict: false }),
    invitations: app.get(StaffInvitationService, { strict: false }),
    staff: app.get(StaffService, { strict: false }),
  };
}

/**
 * Makes operator, organization, its first portal, two roles to begin with, and the owner; who is given no password is
 * invited by mail.
 * @throws Error that names the answer which cannot be used
 */
export async function setUp(
  { database, hasher, organizations, invitations, staff }: SetupServices,
  answers: SetupAnswers,
): Promise<void> {
  const hashOf = (whose: string, password: string) =>
    hasher.hash(password, { lane: 'setup' }).catch(() => {
      throw new Error(`${whose} password is too long or too common`);
    });
  const operatorHash = await hashOf("The operator's", answers.operatorPassword);
  const ownerHash = answers.ownerPassword && (await hashOf("The owner's", answers.ownerPassword));
  const operatorEmail = emailAddress(answers.operatorEmail)!;
  const owner = { email: emailAddress(answers.ownerEmail)!, name: answers.ownerName };
  const id = newId();
  const context = systemContext(id, { clock: systemClock });
  try {
    await database.asPlatform(
      'set up an installation',
      async (db) => {
        await insertOperator(db, { email: operatorEmail, passwordHash: operatorHash });
        await organizations.insert(db, {
          id,
          slug: answers.organizationSlug,
          name: answers.organizationName,
          locale: 'pt-BR',
        });
        if (ownerHash === undefined) {
          await invitations.inviteFirstOwner(db, context, { ...owner, locale: 'pt-BR' });
          return;
        }
        await staff.insertOwner(db, { ...owner, passwordHash: ownerHash });
      },
      context,
    );
  } catch (error) {
    throw (error as { code?: string }).code === 'slug_taken'
      ? new Error(`The address ${answers.organizationSlug} is an organization's already, or kept for the installation`)
      : error;
  }
}
