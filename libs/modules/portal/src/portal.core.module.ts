import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { ThreadsModule } from '@balcao/platform-threads';
import { CustomStyles } from './branding/custom-styles.js';
import { StylePreviewService } from './branding/style-preview.service.js';
import { GettingStartedService } from './getting-started/getting-started.service.js';
import { DomainClaims } from './domains/domain-claims.js';
import { DomainService } from './domains/domain.service.js';
import { SenderTestService } from './domains/sender-test.service.js';
import { InvitationAcceptanceService } from './invitations/invitation-acceptance.service.js';
import { InvitationImportService } from './invitations/imports/invitation-import.service.js';
import { InvitationsCoreModule } from './invitations/invitations.core.module.js';
import { InvitationRenewalService } from './invitations/invitation-renewal.service.js';
import { IconSets } from './pictures/icon-sets.js';
import { PictureService } from './pictures/picture.service.js';
import { SettingPictures } from './pictures/setting-pictures.js';
import { OrganizationFoundingService } from './founding/organization-founding.service.js';
import { PortalService } from './portals/portal.service.js';
import { PortalSettingsService } from './settings/portal-settings.service.js';
import { PortalVersionsService } from './settings/portal-versions.service.js';
import { StaffInvitationAcceptanceService } from './invitations/staff-invitation-acceptance.service.js';
import { StaffInvitationService } from './invitations/staff-invitation.service.js';

const SERVICES = [
  CustomStyles,
  GettingStartedService,
  DomainClaims,
  DomainService,
  IconSets,
  InvitationAcceptanceService,
  InvitationImportService,
  InvitationRenewalService,
  OrganizationFoundingService,
  PortalService,
  PictureService,
  PortalSettingsService,
  PortalVersionsService,
  SenderTestService,
  StaffInvitationAcceptanceService,
  StaffInvitationService,
  StylePreviewService,
];

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule, InvitationsCoreModule, ThreadsModule],
  providers: [...SERVICES, SettingPictures],
  exports: [...SERVICES, InvitationsCoreModule],
})
export class PortalCoreModule {}
