import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { importPurges } from './invitations/imports/import-purges.js';
import { ImportRunner } from './invitations/imports/import-runner.js';
import { InvitationsCoreModule } from './invitations/invitations.core.module.js';
import { InvitationAskedMail } from './invitations/invitation-asked.mail.js';
import { DnsModule } from '@balcao/platform-dns';
import { DomainCheckHandler } from './domains/domain-check.handler.js';
import { DomainClaims } from './domains/domain-claims.js';
import { DomainLookup } from './domains/domain-lookup.js';
import { DomainLostMail, DomainMissingMail } from './domains/domain.mails.js';
import { DomainsDueHandler } from './domains/domains-due.handler.js';
import { InvitationMail } from './invitations/invitation.mail.js';
import { PortalMailBranding } from './branding/portal-mail-branding.js';
import { StaffInvitationMail } from './invitations/staff-invitation.mail.js';
import { DomainClaimEntity } from './persistence/domain-claim.entity.js';
import { InvitationEntity } from './persistence/invitation.entity.js';

export { ImportRunner } from './invitations/imports/import-runner.js';

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule, DnsModule, InvitationsCoreModule],
  providers: [
    DomainCheckHandler,
    DomainClaims,
    DomainLookup,
    DomainLostMail,
    DomainMissingMail,
    DomainsDueHandler,
    ImportRunner,
    InvitationAskedMail,
    InvitationMail,
    PortalMailBranding,
    StaffInvitationMail,
  ],
})
export class PortalWorkerModule {}

/** What the worker runs of this module. */
export const portalWorker = {
  module: PortalWorkerModule,
  entities: [DomainClaimEntity, InvitationEntity],
  purges: importPurges,
};
