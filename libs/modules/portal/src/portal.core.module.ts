import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { ThreadsModule } from '@balcao/platform-threads';
import { CustomStyles } from './custom-styles.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { InvitationChecks } from './invitation-checks.js';
import { InvitationLimits } from './invitation-limits.js';
import { InvitationMails } from './invitation-mails.js';
import { InvitationReader } from './invitation-reader.js';
import { InvitationService } from './invitation.service.js';
import { OrganizationFoundingService } from './organization-founding.service.js';
import { PortalSettingsService } from './portal-settings.service.js';
import { StaffInvitationAcceptanceService } from './staff-invitation-acceptance.service.js';
import { StaffInvitationService } from './staff-invitation.service.js';

const SERVICES = [
  CustomStyles,
  InvitationAcceptanceService,
  InvitationReader,
  InvitationService,
  OrganizationFoundingService,
  PortalSettingsService,
  StaffInvitationAcceptanceService,
  StaffInvitationService,
];

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule, ThreadsModule],
  providers: [...SERVICES, InvitationChecks, InvitationLimits, InvitationMails],
  exports: SERVICES,
})
export class PortalCoreModule {}
