import { Global, Module } from '@nestjs/common';
import { TenantResolver } from '@balcao/platform-http';
import { DirectoryCoreModule } from '../directory.core.module.js';
import { PortalFinder } from '../portal-finder.js';
import { BillingAccountsController } from './billing-accounts.controller.js';
import { OrganizationsController } from './organizations.controller.js';
import { PortalUsersController } from './portal-users.controller.js';
import { RolesController } from './roles.controller.js';
import { StaffController } from './staff.controller.js';
import { TeamController } from './team.controller.js';

/** Tells platform/http which portal an address names. */
@Global()
@Module({
  imports: [DirectoryCoreModule],
  controllers: [
    BillingAccountsController,
    OrganizationsController,
    PortalUsersController,
    RolesController,
    StaffController,
    TeamController,
  ],
  providers: [{ provide: TenantResolver, useExisting: PortalFinder }],
  exports: [TenantResolver],
})
export class DirectoryHttpModule {}
