import { attackEveryRoute } from '../support/attack-suite.js';

// B.1: the second wall stands by itself.
await attackEveryRoute({ ownFilters: false });
