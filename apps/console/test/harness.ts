import { STAFF_ROLE_PERMISSIONS, type StaffRole } from '@balcao/contracts';
import { keepSession, startLocale } from '@balcao/ui';
import { json, listOf, openPage, replaceNetwork, settle, speakPortuguese, type Api } from '@balcao/ui/testing';
import { receivables } from './report-facts.js';
import { billingSettings } from './invoice-facts.js';
import { createPinia, disposePinia, setActivePinia } from 'pinia';
import { onTestFinished } from 'vitest';
import { createMemoryHistory } from 'vue-router';
import App from '../src/App.vue';
import { connectApi } from '../src/api/connection.js';
import type { Me } from '../src/data/types.js';
import { appMessages } from '../src/i18n/messages.js';
import { createConsoleRouter } from '../src/router.js';
import { useOperatorStore } from '../src/stores/operator.js';
import { useSessionStore } from '../src/stores/session.js';

export { eventually, json, listOf, problem, settle, type Api, type Call } from '@balcao/ui/testing';

const API = '/api/v1/admin/';

/** Somebody of the staff, with what their role allows. `now` is what time it is in a sandbox organization. */
export const me = (role: StaffRole = 'admin', now: string | null = null): Me => ({
  user: { id: 's-1', email: 'rafael@aurora.example', name: 'Rafael Nogueira', role, locale: null },
  organization: {
    id: 'o-1',
    slug: 'aurora',
    name: 'Aurora Telecom',
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    currency: 'BRL',
    now,
  },
  permissions: [...STAFF_ROLE_PERMISSIONS[role]],
  sessionExpiresAt: '2026-12-18T12:00:00Z',
});

/** The page of an inbox. */
export const inboxOf = <Item>(data: Item[]) => ({
  ...listOf(data),
  counts: { mine: data.length, unassigned: 0, open: data.length, all: data.length },
});

/** What any page may ask for, with nothing in it. */
const quiet: Api = {
  'GET auth/me': () => json(me()),
  'GET tickets': () => json(inboxOf([])),
  'GET staff': () => json(listOf([])),
  'GET getting-started': () => json({ gettingStarted: { steps: [], openCount: 0, isNew: false } }),
  'GET invitation-imports': () => json(listOf([])),
  'GET signups': () => json(listOf([])),
  'GET profile/sessions': () => json({ sessions: [] }),
  'GET roles': () => json({ data: [] }),
  'GET portals': () => json({ data: [] }),
  'GET billing-accounts': () => json(listOf([])),
  'GET kb/categories': () => json({ data: [] }),
  'GET invoices': () => json(listOf([])),
  'GET payment-proofs': () => json(listOf([])),
  'GET payments': () => json(listOf([])),
  'GET invoices/i-1/disputes': () => json({ data: [] }),
  'GET invoices/i-1/collections': () => json({ data: [] }),
  'GET billing-accounts/b-1/payment-methods': () =>
    json({ methods: [], isAutomatic: false, renewals: 0, canAdd: true, retryDays: [3, 5, 7] }),
  'GET billing-accounts/b-1/collections': () => json({ data: [] }),
  'GET reports/receivables': () => json(receivables()),
  'GET reports/recurring-revenue': () => json({ currency: 'BRL', months: [] }),
  'GET reports/payment-mix': () => json({ currency: 'BRL', ways: [] }),
  'GET billing-accounts/b-1/balances': () => json({ data: [] }),
  'GET billing-settings': () => json({ billingSettings: billingSettings() }),
};

type Session = 'staff' | 'operator' | 'none';

/** Sets or takes the readable cookies that come with a session. */
export function signedIn(as: Session): void {
  for (const audience of ['staff', 'operator']) {
    document.cookie = `balcao_${audience}_csrf_token=token; path=/; max-age=${as === audience ? 3600 : -1}`;
  }
}

interface Setting {
  api?: Api;
  session?: Session;
}

/** The console's router with its stores and the network, before anything is shown. */
export function setUpConsole({ api = {}, session = 'staff' }: Setting) {
  const network = replaceNetwork({ ...quiet, ...api }, ({ pathname }) =>
    pathname.startsWith(API) ? decodeURIComponent(pathname.slice(API.length)) : pathname,
  );
  signedIn(session);
  const pinia = createPinia();
  setActivePinia(pinia);
  onTestFinished(() => disposePinia(pinia));
  const router = createConsoleRouter(createMemoryHistory());
  connectApi({
    staff: keepSession(router, useSessionStore(), 'staff'),
    operator: keepSession(router, useOperatorStore(), 'operator', 'ops-login'),
  });
  return { network, pinia, router };
}

/** Opens the whole console at a path; answers: `'GET tickets'` of the organization's API, `'GET /ops/organizations'` of others. */
export async function openConsole(path: string, setting: Setting = {}) {
  speakPortuguese();
  await startLocale(appMessages);
  const { network, pinia, router } = setUpConsole(setting);
  return { ...(await openPage({ app: App, router, plugins: [pinia], path, density: 'console' })), ...network };
}

/** What entries of a menu say. */
export const textsOf = (items: HTMLElement[]) => items.map(({ textContent }) => textContent?.trim());

/** Chooses from a menu. */
export async function pick(page: Awaited<ReturnType<typeof openConsole>>, menu: string, item: string): Promise<void> {
  const items = await page.menu(menu);
  items[textsOf(items).indexOf(item)]!.click();
  await settle();
}
