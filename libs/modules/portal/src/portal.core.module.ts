import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { ThreadsModule } from '@balcao/platform-threads';
import { CustomStyles } from './branding/custom-styles.js';
import { Pictures } from './branding/pictures.js';
import { GettingStartedService } from './getting-started/getting-started.service.js';
import { InvitationAcceptanceService } from './invitations/invitation-acceptance.service.js';
import { InvitationChecks } from './invitations/invitation-checks.js';
import { InvitationLimits } from './invitations/invitation-limits.js';
import { InvitationMails } from './invitations/invitation-mails.js';
import { InvitationReader } from './invitations/invitation-reader.js';
import { InvitationService } from './invitations/invitation.service.js';
import { OrganizationFoundingService } from './founding/organization-founding.service.js';
import { PortalSettingsService } from './settings/portal-settings.service.js';
import { PortalVersionsService } from './settings/portal-versions.service.js';
import { StaffInvitationAcceptanceService } from './invitations/staff-invitation-acceptance.service.js';
import { StaffInvitationService } from './invitations/staff-invitation.service.js';

const SERVICES = [
  CustomStyles,
  GettingStartedService,
  InvitationAcceptanceService,
  InvitationReader,
  InvitationService,
  OrganizationFoundingService,
  Pictures,
  PortalSettingsService,
  PortalVersionsService,
  StaffInvitationAcceptanceService,
  StaffInvitationService,
];

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule, ThreadsModule],
  providers: [...SERVICES, InvitationChecks, InvitationLimits, InvitationMails],
  exports: SERVICES,
})
export class PortalCoreModule {}
