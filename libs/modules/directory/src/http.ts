export { AddressedPortal } from './http/addressed-portal.decorator.js';
export { DirectoryHttpModule } from './http/directory.http.module.js';
export { PortalUserResponse } from './http/dto/portal-user.dto.js';
export { ReferenceResponse } from './http/dto/reference.response.js';
export { StaffResponse } from './http/dto/staff.dto.js';
export { presentStaff } from './http/staff.presenter.js';
export { OrganizationResponse } from './http/dto/organization.dto.js';
export { presentOrganization } from './http/organization.presenter.js';
