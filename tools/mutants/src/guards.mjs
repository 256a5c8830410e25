// @ts-check
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** What guards: whose mutants are tried. */
const GUARDS = [
  /^libs\/platform\/http\/src\/(access\/|input-limits|idempotency|security-headers|request-bodies)/,
  /^libs\/platform\/(tenancy|state)\/src\//,
  /^libs\/platform\/config\/src\/secrets/,
  /^libs\/platform\/outbound\/src\/(outbound|public-address)/,
  /^libs\/platform\/storage\/src\/downloads/,
  /^libs\/modules\/portal\/src\/domains\/(check-outcome|domain-check\.handler|domain-claims|domain-name|domain\.service)/,
  /^libs\/modules\/portal\/src\/http\/served-hosts/,
  /^libs\/platform\/live\/src\/(live-streams|http\/)/,
  /^libs\/modules\/auth\/src\/(sign-in|sessions|tokens|passwords)\//,
  /^libs\/modules\/signup\/src\/(signup-(tokens|gate|limits)|domain\/proof-of-work|registry\/)/,
  /^libs\/modules\/auth\/src\/http\/(strategies\/|session-cookies|credential-authenticator)/,
];

/** @param {string} file path from the root */
export const isGuard = (file) =>
  GUARDS.some((guard) => guard.test(file)) && !/\.spec\.ts$|\/(index|[a-z.]*module)\.ts$/.test(file);

/** What tests them, the most telling first. */
export const SPECS = [
  /^libs\/(platform\/(config|http|live|outbound|state|storage|tenancy)|modules\/(auth|signup))\/.*(?<!\.int)\.spec\.ts$/,
  /^libs\/platform\/(state|testing)\/.*\.int\.spec\.ts$/,
  /^libs\/modules\/auth\/.*\.int\.spec\.ts$/,
  /^libs\/modules\/portal\/src\/domains\/.*\.spec\.ts$/,
  /^libs\/modules\/portal\/test\/domains\.int\.spec\.ts$/,
  ...[
    'login',
    'lockout',
    'passwords',
    'side-doors',
    'idempotency',
    'rate-limits',
    'live',
    'domains',
    'email-verification',
    'signup',
    'portal-invitations',
    'sessions-at-once',
    'several-accounts',
    'secret-rotation',
    'operators',
    'profile',
    'http',
    'limits/bodies',
    'cookies',
    'addresses',
    'own-sessions',
    'features',
    'staff',
    'audit',
  ].map((name) => new RegExp(`^apps/api/test/e2e/${name}\\.spec\\.ts$`)),
  /^apps\/api\/test\/isolation\/(database-roles|guards|platform-callers|undeclared-routes)\.spec\.ts$/,
];

/** Which other spec files are about what begins like this. @type {readonly [subjects: string, specs: RegExp][]} */
const ABOUT = [
  ['policy ', /isolation\/database-roles/],
  ['function ', /isolation\/database-roles|(state|auth)\/test\/.*\.int\.spec/],
  ['libs/platform/http/src/idempotency', /e2e\/idempotency\.spec/],
  ['libs/platform/http/src/access/cookies', /e2e\/cookies\.spec/],
  [
    'libs/modules/auth/',
    /e2e\/(login|lockout|passwords|email-verification|several-accounts|operators|cookies|own-sessions|features|staff|audit)\.spec/,
  ],
  ['libs/platform/tenancy/', /platform\/testing\/test\/(database|fair-connections)\./],
  ['libs/platform/live/', /e2e\/live\.spec/],
];

/** Whether a spec file is about the library, or the database, that a mutant stands in. @param {string} spec @param {string} id */
export function isAbout(spec, id) {
  const [library = 'no library'] = /^libs\/\w+\/[^/]+\//.exec(id) ?? [];
  return spec.startsWith(library) || ABOUT.some(([subjects, specs]) => id.startsWith(subjects) && specs.test(spec));
}
