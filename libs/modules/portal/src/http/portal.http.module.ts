import { Module } from '@nestjs/common';
import { AuthHttpModule } from '@balcao/module-auth/http';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { PortalCoreModule } from '../portal.core.module.js';
import { BrandingController } from './branding.controller.js';
import { InvitationAcceptanceController } from './invitation-acceptance.controller.js';
import { InvitationsController } from './invitations.controller.js';
import { OrganizationFoundingController } from './organization-founding.controller.js';
import { PortalInvitationsController } from './portal-invitations.controller.js';
import { PortalsController } from './portals.controller.js';
import { StaffInvitationAcceptanceController } from './staff-invitation-acceptance.controller.js';
import { StaffInvitationsController } from './staff-invitations.controller.js';

@Module({
  imports: [AuthHttpModule, DirectoryCoreModule, PortalCoreModule],
  controllers: [
    BrandingController,
    InvitationAcceptanceController,
    InvitationsController,
    OrganizationFoundingController,
    PortalInvitationsController,
    PortalsController,
    StaffInvitationAcceptanceController,
    StaffInvitationsController,
  ],
})
export class PortalHttpModule {}
