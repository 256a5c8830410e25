import { KB_ENTITIES } from './entities.js';
import { KbHttpModule } from './http/kb.http.module.js';

export { PublicArticles } from './http/pages/public-articles.js';

/** What the API runs of this module. */
export const kbApi = { module: KbHttpModule, entities: KB_ENTITIES };
