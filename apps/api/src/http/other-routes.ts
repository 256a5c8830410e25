import type { OtherRoute } from '@balcao/platform-http';

/** Routes that Nest does not know, each with the guard that stands before it. */
export const OTHER_ROUTES: OtherRoute[] = [
  { prefix: '/api/docs', guardedBy: 'nobody', installation: true, inlineStyles: true },
  { prefix: '/api/openapi.json', guardedBy: 'nobody', installation: true },
  { prefix: '/ops/queues', guardedBy: 'operator', installation: true, inlineStyles: true },
];
