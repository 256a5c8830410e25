import { expect, it } from '@jest/globals';
import { sourceOf, sourcesIn } from '@balcao/platform-testing';

/**
 * Files that go by the real time where a context has a clock of its own, and why. Types demand a clock of every context, so
 * whoever has no organization's at hand is tempted to take this one: business time comes from `clockOf`.
 */
const GO_BY_REAL_TIME = [
  // An organization that begins at this moment.
  'apps/api/src/demo/seed-demo.ts',
  'apps/api/src/setup/set-up.ts',
  // Name servers live by the real time, whoever asks them.
  'libs/modules/portal/src/domains/domain-check.handler.ts',
  'libs/modules/portal/src/domains/domain-claims.ts',
  'libs/modules/portal/src/domains/domain.service.ts',
  // An organization that begins at this moment.
  'libs/modules/portal/src/founding/organization-founding.service.ts',
  // The outbox is read to learn what time it is there.
  'libs/platform/outbox/src/worker/job-runner.ts',
  'libs/platform/tenancy/src/clock.ts',
];

it('B.10 only the listed files take the real time for business time', () => {
  const files = ['apps/api/src', 'apps/worker/src', 'libs'].flatMap(sourcesIn);
  const takes = (file: string) => /\bsystemClock\b/.test(sourceOf(file).replace(/^export \{[^}]*\} from .*$/gm, ''));
  expect(files.filter(takes).sort()).toEqual(GO_BY_REAL_TIME);
});

it('B.10 nobody else makes a clock', () => {
  const files = ['apps/api/src', 'apps/worker/src', 'libs'].flatMap(sourcesIn);
  const makes = (file: string) => /\bclock: \{/.test(sourceOf(file));
  // The demo writes its articles, invoices and proposals on the days that they are to have.
  expect(files.filter(makes)).toEqual([
    'apps/api/src/demo/add-billing.ts',
    'apps/api/src/demo/add-proposals.ts',
    'apps/api/src/demo/seed-demo.ts',
  ]);
});
