import { Global, Module } from '@nestjs/common';
import { TenantResolver } from '@balcao/platform-http';
import { DirectoryCoreModule } from './directory.core.module.js';
import { PortalFinder } from './portal-finder.js';
import { AccountImportsController } from './http/account-imports.controller.js';
import { BillingAccountsController } from './http/billing-accounts.controller.js';
import { ClockController } from './http/clock.controller.js';
import { OrganizationsController } from './http/organizations.controller.js';
import { OwnOrganizationController } from './http/own-organization.controller.js';
import { PortalUsersController } from './http/portal-users.controller.js';
import { RolesController } from './http/roles.controller.js';
import { StaffController } from './http/staff.controller.js';
import { TeamController } from './http/team.controller.js';
import { brandingSettings, featureSettings } from './domain/portal-settings.js';
import { DIRECTORY_ENTITIES } from './entities.js';
import { DIRECTORY_FIRST_STEPS } from './first-steps.js';

export { AddressedPortal } from './http/addressed-portal.decorator.js';
export { PostalAddressFacts, PostalAddressRequest } from './http/dto/billing-account.dto.js';
export {
  DataImportItem,
  FILE_WORDS,
  ImportFileQuery,
  LARGEST_IMPORT,
  dataImportItem,
} from './http/dto/data-import.dto.js';
export { importsController } from './http/imports-controller.js';
export { PortalUserResponse } from './http/dto/portal-user.dto.js';
export { ReferenceResponse } from './http/dto/reference.response.js';
export { StaffResponse, staffItem } from './http/dto/staff.dto.js';
export { OrganizationResponse } from './http/dto/organization.dto.js';
export { LeftOutSetting, VersionItem, VersionResponse, leftOutInWords, versionAnswer } from './http/dto/version.dto.js';

/** Tells platform/http which portal an address names. */
@Global()
@Module({
  imports: [DirectoryCoreModule],
  controllers: [
    AccountImportsController,
    BillingAccountsController,
    ClockController,
    OrganizationsController,
    OwnOrganizationController,
    PortalUsersController,
    RolesController,
    StaffController,
    TeamController,
  ],
  providers: [{ provide: TenantResolver, useExisting: PortalFinder }],
  exports: [TenantResolver],
})
export class DirectoryHttpModule {}

/** What the API runs of this module. */
export const directoryApi = {
  module: DirectoryHttpModule,
  entities: DIRECTORY_ENTITIES,
  settings: [brandingSettings, featureSettings],
  firstSteps: DIRECTORY_FIRST_STEPS,
};
