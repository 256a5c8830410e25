import { Module } from '@nestjs/common';
import { BillingAccountService } from './billing-account.service.js';
import { OrganizationClockService } from './clock/organization-clock.service.js';
import { AccountImportService } from './imports/account-import.service.js';
import { DataImportService } from './imports/data-import.service.js';
import { OrganizationService } from './organization.service.js';
import { OwnOrganizationService } from './own-organization.service.js';
import { PortalFinder } from './portal-finder.js';
import { PortalUserService } from './portal-user.service.js';
import { RoleGrants } from './role-grants.js';
import { RoleService } from './role.service.js';
import { StaffService } from './staff.service.js';
import { TeamService } from './team.service.js';

const SERVICES = [
  AccountImportService,
  BillingAccountService,
  OrganizationClockService,
  DataImportService,
  OrganizationService,
  OwnOrganizationService,
  PortalFinder,
  PortalUserService,
  RoleGrants,
  RoleService,
  StaffService,
  TeamService,
];

@Module({ providers: SERVICES, exports: SERVICES })
export class DirectoryCoreModule {}
