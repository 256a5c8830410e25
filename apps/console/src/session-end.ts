import type { Router } from 'vue-router';
import { useOperatorStore } from './stores/operator.js';
import { useSessionStore } from './stores/session.js';

/** The session ended while it was in use: back to the sign-in page, and from there to where one was. */
export function returnToLogin(router: Router): void {
  const session = useSessionStore();
  if (session.state !== 'in') return;
  session.leave();
  void router.push({ name: 'login', query: { next: router.currentRoute.value.fullPath, reason: 'expired' } });
}

/** The same for those who run the installation. */
export function returnToOpsLogin(router: Router): void {
  const operator = useOperatorStore();
  if (operator.state !== 'in') return;
  operator.leave();
  void router.push({ name: 'ops-login', query: { reason: 'expired' } });
}
