import type { PortalDomain } from '@balcao/api-client';

/** How the standing of a claimed domain is shown. */
export const STATUS_LOOKS = {
  verified: ['success', 'i-lucide-circle-check'],
  astray: ['warning', 'i-lucide-globe'],
  waiting: ['info', 'i-lucide-hourglass'],
  taken: ['warning', 'i-lucide-triangle-alert'],
  failing: ['warning', 'i-lucide-triangle-alert'],
  lost: ['danger', 'i-lucide-circle-alert'],
  given_up: ['neutral', 'i-lucide-circle-pause'],
} as const satisfies Record<PortalDomain['status'], unknown>;
