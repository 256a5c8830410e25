import { Module } from '@nestjs/common';
import { BillingAccountService } from './billing-account.service.js';
import { OrganizationService } from './organization.service.js';
import { PortalFinder } from './portal-finder.js';
import { PortalUserService } from './portal-user.service.js';
import { RoleService } from './role.service.js';
import { StaffService } from './staff.service.js';

const SERVICES = [
  BillingAccountService,
  OrganizationService,
  PortalFinder,
  PortalUserService,
  RoleService,
  StaffService,
];

@Module({ providers: SERVICES, exports: SERVICES })
export class DirectoryCoreModule {}
