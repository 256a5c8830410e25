import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { InvitationService } from './invitation.service.js';
import { PortalSettingsService } from './portal-settings.service.js';

const SERVICES = [InvitationAcceptanceService, InvitationService, PortalSettingsService];

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule],
  providers: SERVICES,
  exports: SERVICES,
})
export class PortalCoreModule {}
