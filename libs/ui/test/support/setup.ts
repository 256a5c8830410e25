import { afterEach } from 'vitest';
import { tidyPage } from './page.js';

// Files share their modules: what a module registers while it is loaded holds for the first file alone.
afterEach(tidyPage);
