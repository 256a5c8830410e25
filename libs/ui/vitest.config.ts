import { balcaoVitest } from './vite/vitest.js';

export default balcaoVitest({ root: import.meta.dirname, base: '/', density: 'portal' });
