import { PORTAL_ENTITIES } from './entities.js';
import { declareSettings } from './http/dto/settings.dto.js';
import { PortalHttpModule } from './http/portal.http.module.js';
import { invitationSettings, styleSettings } from './settings/portal-sections.js';

export { manifestOf } from './http/pages/manifest.js';
export { monogram } from './http/pages/monogram.js';
export { escapeHtml, iconOf, withHead, withStylesheet, type PageMeta } from './http/pages/page-head.js';
export { hasPublicArticles, pageLocale, portalOf, visitorContext } from './http/pages/portal-visit.js';

/** What the API runs of this module. */
export const portalApi = {
  module: PortalHttpModule,
  entities: PORTAL_ENTITIES,
  settings: [styleSettings, invitationSettings],
  declareSettings,
};
