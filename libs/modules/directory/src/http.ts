import { brandingSettings, featureSettings } from './domain/portal-settings.js';
import { DIRECTORY_ENTITIES } from './entities.js';
import { DirectoryHttpModule } from './http/directory.http.module.js';

export { AddressedPortal } from './http/addressed-portal.decorator.js';
export { DirectoryHttpModule } from './http/directory.http.module.js';
export { PortalUserResponse } from './http/dto/portal-user.dto.js';
export { ReferenceResponse } from './http/dto/reference.response.js';
export { StaffResponse, staffItem } from './http/dto/staff.dto.js';
export { OrganizationResponse } from './http/dto/organization.dto.js';

/** What the API runs of this module. */
export const directoryApi = {
  module: DirectoryHttpModule,
  entities: DIRECTORY_ENTITIES,
  settings: [brandingSettings, featureSettings],
};
