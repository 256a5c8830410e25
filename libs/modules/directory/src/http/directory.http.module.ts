import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from '../directory.core.module.js';
import { BillingAccountsController } from './billing-accounts.controller.js';
import { OrganizationsController } from './organizations.controller.js';
import { PortalUsersController } from './portal-users.controller.js';
import { RolesController } from './roles.controller.js';
import { StaffController } from './staff.controller.js';
import { TeamController } from './team.controller.js';

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
})
export class DirectoryHttpModule {}
