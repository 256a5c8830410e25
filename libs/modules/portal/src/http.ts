import { PORTAL_ENTITIES } from './entities.js';
import { PortalHttpModule } from './http/portal.http.module.js';

/** What the API runs of this module. */
export const portalApi = { module: PortalHttpModule, entities: PORTAL_ENTITIES };

export { declareSettings } from './http/dto/settings.dto.js';
