import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { importPurges } from './invitations/imports/import-purges.js';
import { ImportRunner } from './invitations/imports/import-runner.js';
import { InvitationsCoreModule } from './invitations/invitations.core.module.js';
import { InvitationAskedMail } from './invitations/invitation-asked.mail.js';
import { InvitationMail } from './invitations/invitation.mail.js';
import { PortalMailBranding } from './branding/portal-mail-branding.js';
import { StaffInvitationMail } from './invitations/staff-invitation.mail.js';
import { InvitationEntity } from './persistence/invitation.entity.js';

export { ImportRunner } from './invitations/imports/import-runner.js';

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule, InvitationsCoreModule],
  providers: [ImportRunner, InvitationAskedMail, InvitationMail, PortalMailBranding, StaffInvitationMail],
})
export class PortalWorkerModule {}

/** What the worker runs of this module. */
export const portalWorker = { module: PortalWorkerModule, entities: [InvitationEntity], purges: importPurges };
