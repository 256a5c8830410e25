import { dismissToast, i18n, startLocale, toasts, balcaoUi } from '@balcao/ui';
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia } from 'pinia';
import { afterEach, expect, vi } from 'vitest';
import { createMemoryHistory, type Router } from 'vue-router';
import App from '../src/App.vue';
import { onSignedOut } from '../src/api/request.js';
import type { Branding, Me, Page } from '../src/api/types.js';
import { appMessages } from '../src/i18n/messages.js';
import { createPortalRouter } from '../src/router.js';
import { returnToLogin } from '../src/session-end.js';
import { usePortalStore } from '../src/stores/portal.js';

/** What the API got. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Headers;
}

type Answer = (call: Call) => Response | Promise<Response>;
/** Answers by method and path: `'GET tickets'`. */
export type Api = Record<string, Answer>;

const API = '/o/aurora/api/v1/portal/';

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
  pagination: { page: 1, limit: 20, total: data.length },
});

export const branding = (more: Partial<Branding> = {}): Branding => ({
  organizationName: 'Aurora Telecom',
  portalName: 'Aurora',
  slug: 'aurora',
  logoUrl: null,
  logoDarkUrl: null,
  faviconUrl: null,
  primaryColor: '#214EA1',
  secondaryColor: '#214EA1',
  accentColor: '#214EA1',
  theme: {
    light: { primary: { h: 219, s: 66, l: 38 }, secondary: null, accent: null },
    dark: { primary: { h: 216, s: 78, l: 72 }, secondary: null, accent: null },
  },
  customDomain: null,
  domainVerified: false,
  customCss: null,
  welcomeMessage: null,
  supportEmail: 'suporte@aurora.example',
  supportPhone: null,
  footerText: null,
  languages: ['pt-BR', 'en-US'],
  defaultLocale: 'pt-BR',
  showBalcaoMark: true,
  features: features(),
  ...more,
});

const features = (more: Partial<Me['features']> = {}): Me['features'] => ({
  tickets: true,
  assetCheckout: true,
  selfService: true,
  passwordReset: true,
  invitations: true,
  knowledgeBase: true,
  ...more,
});

export const me = (more: { permissions?: Me['permissions']; features?: Partial<Me['features']> } = {}): Me => ({
  user: {
    id: 'u-1',
    email: 'ana@padaria.example',
    name: 'Ana Ribeiro',
    receiveNotifications: true,
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    displayName: 'Ana Ribeiro',
    status: 'active',
    orgId: 'o-1',
    orgName: 'Aurora Telecom',
    organizationId: 'o-1',
    organizationName: 'Aurora Telecom',
    organizationSlug: 'aurora',
    billingAccountId: 'b-1',
  },
  customer: { id: 'b-1', name: 'Padaria Estrela', externalId: 'padaria-estrela' },
  organization: {
    id: 'o-1',
    slug: 'aurora',
    name: 'Aurora Telecom',
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    currency: 'BRL',
  },
  portal: { id: 'p-1', slug: 'aurora', name: 'Aurora' },
  permissions: more.permissions ?? ['tickets:create', 'tickets:read_own', 'tickets:read_account', 'kb:read'],
  features: features(more.features),
  sessionExpiresAt: '2026-11-22T12:00:00Z',
});

/** What the home page asks for, with nothing in it. */
const quiet: Api = {
  'GET branding': () => json({ branding: branding() }),
  'GET auth/me': () => json(me()),
  'GET tickets': () => json(listOf([])),
  'GET kb': () => json(listOf([])),
  'GET kb/categories': () => json({ data: [] }),
};

let mounted: VueWrapper | undefined;

/** Sets or takes the readable cookie that comes with a session. */
export function signedIn(yes: boolean): void {
  document.cookie = `balcao_portal_csrf_token=token; path=/; max-age=${yes ? 3600 : 0}`;
}

/** Opens the whole portal at a path, with the network replaced at its edge: a request without an answer fails the test. */
export async function openPortal(path: string, { api = {}, session = true }: { api?: Api; session?: boolean } = {}) {
  mounted?.unmount();
  const calls: Call[] = [];
  const answers = { ...quiet, ...api };
  vi.stubGlobal('fetch', async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, location.origin);
    const call: Call = {
      method: init.method ?? 'GET',
      path: decodeURIComponent(url.pathname.slice(API.length)),
      query: url.searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
      headers: new Headers(init.headers),
    };
    expect(url.pathname.startsWith(API), `outside of the portal's base: ${url.pathname}`).toBe(true);
    const answer = answers[`${call.method} ${call.path}`];
    if (!answer) throw new Error(`No answer for ${call.method} ${call.path}`);
    calls.push(call);
    return answer(call);
  });

  signedIn(session);
  Object.defineProperty(navigator, 'languages', { value: ['pt-BR'], configurable: true });
  document.documentElement.lang = 'pt-BR';
  const pinia = createPinia();
  await startLocale(appMessages);
  const router = createPortalRouter(createMemoryHistory());
  watchNavigation(router);
  onSignedOut(() => returnToLogin(router));
  const root = document.createElement('div');
  document.body.append(root);
  await usePortalStore(pinia).load();
  await router.push(path);
  mounted = mount(App, {
    attachTo: root,
    global: { plugins: [pinia, router, [balcaoUi, { density: 'portal' }]] },
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

/** Waits until no code is being loaded, no navigation is under way and the page has stopped changing. */
export async function settle(): Promise<void> {
  let before = '';
  for (let still = 0; still < STILL_TURNS || navigating > 0;) {
    await vi.dynamicImportSettled();
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
  const nameOf = (element: Element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim();

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
    click: async (name: string) => {
      button(name).click();
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
