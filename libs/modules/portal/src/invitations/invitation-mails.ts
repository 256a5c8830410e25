import { Injectable } from '@nestjs/common';
import type { Locale } from '@balcao/contracts';
import { languagesOf } from '@balcao/module-directory';
import { Mailer } from '@balcao/platform-mail';
import { Database, systemContext, type Db, type OrganizationContext } from '@balcao/platform-tenancy';

/** The mail of one invitation's newest link. */
export interface InvitationLetter {
  invitationId: string;
  tokenId: string;
  email: string;
  name: string;
  /** Chosen by the person. */
  locale?: Locale | null;
}

/** The languages of those who have not chosen one, by address. */
export type Languages = (email: string) => Locale;

/** Asks for the mails of invitations: each is a job of its own, so that one address in trouble holds up no other. */
@Injectable()
export class InvitationMails {
  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
  ) {}

  /** Read in the organization's name: a customer who invites does not see whether an address opens other accounts. */
  languagesOf(context: OrganizationContext, emails: readonly string[]): Promise<Languages> {
    return this.database.read(systemContext(context.organizationId, context), (db) => languagesOf(db, emails));
  }

  async enqueue(
    db: Db,
    context: OrganizationContext,
    portalId: string,
    letters: InvitationLetter[],
    languages: Languages,
  ): Promise<void> {
    for (const { invitationId, tokenId, email, name, locale } of letters) {
      await this.mailer.enqueue(db, context, {
        template: 'invitation',
        businessKey: `invitation:${tokenId}`,
        recipient: { email, name, locale: locale ?? languages(email) },
        ids: { tokenId, invitationId, portalId },
      });
    }
  }
}
