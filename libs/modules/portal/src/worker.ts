import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { InvitationMail } from './invitations/invitation.mail.js';
import { PortalMailBranding } from './branding/portal-mail-branding.js';
import { StaffInvitationMail } from './invitations/staff-invitation.mail.js';
import { InvitationEntity } from './persistence/invitation.entity.js';

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule],
  providers: [InvitationMail, PortalMailBranding, StaffInvitationMail],
})
export class PortalWorkerModule {}

/** What the worker runs of this module. */
export const portalWorker = { module: PortalWorkerModule, entities: [InvitationEntity] };
