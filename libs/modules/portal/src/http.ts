export { PortalHttpModule } from './http/portal.http.module.js';
