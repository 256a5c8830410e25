import { attackEveryRoute } from '../support/attack-suite.js';

await attackEveryRoute();
