export { DirectoryHttpModule } from './http/directory.http.module.js';
export { PortalUserResponse } from './http/dto/portal-user.dto.js';
export { ReferenceResponse } from './http/dto/reference.response.js';
