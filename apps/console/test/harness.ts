import { dismissToast, i18n, startLocale, toasts, balcaoUi } from '@balcao/ui';
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, vi } from 'vitest';
import { createMemoryHistory, type Router } from 'vue-router';
import App from '../src/App.vue';
import { onSignedOut } from '../src/api/request.js';
import type { Me, Page } from '../src/api/types.js';
import { appMessages } from '../src/i18n/messages.js';
import { createConsoleRouter } from '../src/router.js';
import { returnToLogin, returnToOpsLogin } from '../src/session-end.js';
import { STAFF_ROLE_PERMISSIONS, type StaffRole } from '@balcao/contracts';

/** What the API got. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Answer = (call: Call) => Response | Promise<Response>;
/** Answers by method and path: `'GET tickets'` of the organization's API, `'GET /ops/organizations'` of others. */
export type Api = Record<string, Answer>;

const API = '/api/v1/admin/';

export const json = (body: unknown, status = 200): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });

/** A problem document as the API writes it. */
export const problem = (
  status: number,
  code: string,
  more: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Response =>
  new Response(JSON.stringify({ status, code, detail: `detail of ${code}`, errors: [], requestId: 'r-1', ...more }), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  });

export const listOf = <Item>(data: Item[]): Page<Item> => ({
  data,
  pagination: { page: 1, limit: 25, total: data.length },
});

/** Somebody of the staff, with what their role allows. */
export const me = (role: StaffRole = 'admin'): Me => ({
  user: { id: 's-1', email: 'rafael@aurora.example', name: 'Rafael Nogueira', role },
  organization: {
    id: 'o-1',
    slug: 'aurora',
    name: 'Aurora Telecom',
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    currency: 'BRL',
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
  'GET roles': () => json({ data: [] }),
  'GET portals': () => json({ data: [] }),
  'GET billing-accounts': () => json(listOf([])),
  'GET kb/categories': () => json({ data: [] }),
};

let mounted: VueWrapper | undefined;

type Session = 'staff' | 'operator' | 'none';

/** Sets or takes the readable cookies that come with a session. */
export function signedIn(as: Session): void {
  for (const audience of ['staff', 'operator']) {
    document.cookie = `balcao_${audience}_csrf_token=token; path=/; max-age=${as === audience ? 3600 : 0}`;
  }
}

/** Opens the whole console at a path, with the network replaced at its edge: a request without an answer fails the test. */
export async function openConsole(
  path: string,
  { api = {}, session = 'staff' }: { api?: Api; session?: Session } = {},
) {
  mounted?.unmount();
  const calls: Call[] = [];
  const answers = { ...quiet, ...api };
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, location.origin);
    const call: Call = {
      method: init.method ?? 'GET',
      path: url.pathname.startsWith(API) ? decodeURIComponent(url.pathname.slice(API.length)) : url.pathname,
      query: url.searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      headers: new Headers(init.headers),
    };
    const answer = answers[`${call.method} ${call.path}`];
    if (!answer) throw new Error(`No answer for ${call.method} ${call.path}`);
    calls.push(call);
    return answer(call);
  });

  signedIn(session);
  Object.defineProperty(navigator, 'languages', { value: ['pt-BR'], configurable: true });
  document.documentElement.lang = 'pt-BR';
  const pinia = createPinia();
  setActivePinia(pinia);
  await startLocale(appMessages);
  const router = createConsoleRouter(createMemoryHistory());
  watchNavigation(router);
  onSignedOut('staff', () => returnToLogin(router));
  onSignedOut('operator', () => returnToOpsLogin(router));
  const root = document.createElement('div');
  document.body.append(root);
  await router.push(path);
  mounted = mount(App, {
    attachTo: root,
    global: { plugins: [pinia, router, [balcaoUi, { density: 'console' }]] },
  });
  await settle();
  return {
    ...page(router),
    calls,
    router,
    called: (name: string) => calls.filter((call) => `${call.method} ${call.path}` === name),
  };
}

const STILL_TURNS = 4;
const TURN = 5;
let navigating = 0;

/** Counts navigations under way: the first to a page waits until its code is loaded. */
function watchNavigation(router: Router): void {
  navigating = 0;
  router.beforeEach(() => void navigating++);
  router.afterEach(() => void (navigating = 0));
  router.onError(() => void (navigating = 0));
}

/** Waits until no navigation is under way and the page has stopped changing. */
export async function settle(): Promise<void> {
  let before = '';
  for (let still = 0; still < STILL_TURNS || navigating > 0;) {
    await flushPromises();
    await new Promise((resolve) => setTimeout(resolve, TURN));
    const now = document.body.innerHTML;
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

function page(router: Router) {
  const all = <Found extends Element>(selector: string) => [...document.querySelectorAll<Found>(selector)];
  const need = <Found>(found: Found | undefined | null, what: string): Found => {
    if (!found) throw new Error(`${what} is not on the page:\n${document.body.textContent}`);
    return found;
  };
  /** What a screen reader calls it, nearly: without what is hidden from it. */
  const nameOf = (element: Element) => {
    const copy = element.cloneNode(true) as Element;
    for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
    return (element.getAttribute('aria-label') ?? copy.textContent ?? '').replace(/\s+/g, ' ').trim();
  };

  /** The control with this label. */
  const field = (label: string) => {
    const found = all<HTMLLabelElement>('label').find((element) => element.textContent?.trim().startsWith(label));
    return need(
      document.getElementById(need(found, `label ${label}`).htmlFor) as HTMLInputElement | null,
      `field ${label}`,
    );
  };
  const button = (name: string) =>
    need(
      all<HTMLElement>('button, a').find((element) => nameOf(element) === name),
      `button ${name}`,
    );

  return {
    field,
    button,
    text: () => document.body.textContent ?? '',
    heading: () => need(document.querySelector('h1'), 'h1').textContent?.trim(),
    path: () => router.currentRoute.value.fullPath,
    links: () => all<HTMLAnchorElement>('nav a').map(nameOf),
    /** What is written under a field that does not fit. */
    errorOf: (label: string) => {
      const ids = field(label).getAttribute('aria-describedby')?.split(' ') ?? [];
      return field(label).getAttribute('aria-invalid') === 'true'
        ? ids.map((id) => document.getElementById(id)?.textContent?.trim()).join(' ')
        : undefined;
    },
    alert: () => document.querySelector('[role="alert"]')?.textContent?.trim(),
    type: async (label: string, value: string) => {
      const control = field(label);
      control.value = value;
      control.dispatchEvent(new Event('input', { bubbles: true }));
      await settle();
    },
    /** Presses a key where the focus is. */
    press: async (key: string) => {
      (document.activeElement ?? document.body).dispatchEvent(
        new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
      );
      await settle();
    },
    /** Chooses in the device's select of this label. */
    choose: async (label: string, value: string) => {
      const select = document.querySelector<HTMLSelectElement>(`select[aria-label="${label}"]`) ?? field(label);
      select.value = value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
      await settle();
    },
    /** What the open dialog says. Its code is loaded when the first one opens. */
    dialog: () => vi.waitFor(() => need(document.querySelector('[role="dialog"]'), 'dialog').textContent ?? ''),
    click: async (name: string) => {
      (await vi.waitFor(() => button(name))).click();
      await settle();
    },
  };
}

afterEach(() => {
  mounted?.unmount();
  mounted = undefined;
  document.body.innerHTML = '';
  sessionStorage.clear();
  localStorage.clear();
  i18n.global.locale.value = 'pt-BR';
  for (const { id } of [...toasts]) dismissToast(id);
  vi.unstubAllGlobals();
});
