import { attackEveryRoute } from '../support/attack-suite.js';
import { appPolicies, openUp } from '../support/policies.js';

// B.1: the first wall stands by itself. Every policy lets everything through, and only the code's conditions are left.
await attackEveryRoute({}, async (api) => void (await openUp(api, await appPolicies(api))));
