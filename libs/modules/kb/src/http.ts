export { KbHttpModule } from './http/kb.http.module.js';
