import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { vi } from 'vitest';
import type { Component, Plugin } from 'vue';
import type { Router } from 'vue-router';
import { QUERY_DEFAULTS } from '../../src/api/queries.js';
import { question } from '../../src/feedback/confirm.js';
import { dismissToast, toasts } from '../../src/feedback/toasts.js';
import { i18n } from '../../src/i18n/i18n.js';
import { openAnswers } from './network.js';
import { balcaoUi, type BalcaoUiOptions } from '../../src/plugin.js';

const STILL_TURNS = 4;
/** No clock that a test has stopped stops this one. */
const later = setTimeout;
// What nobody answers is asked for again as often as in a browser, but at once.
Object.assign(QUERY_DEFAULTS, { retryDelay: 1 });
let mounted: VueWrapper | undefined;
let navigating = 0;

export interface PageOptions extends BalcaoUiOptions {
  app: Component;
  router: Router;
  /** Of the application, before the router's. */
  plugins: Plugin[];
  path: string;
}

/** Makes the browser one that speaks Portuguese. */
export function speakPortuguese(): void {
  Object.defineProperty(navigator, 'languages', { value: ['pt-BR'], configurable: true });
  document.documentElement.lang = 'pt-BR';
}

/** Opens a whole application at a path, and waits until its page is there. It is closed after the test. */
export async function openPage({ app, router, plugins, path, density }: PageOptions) {
  mounted?.unmount();
  countNavigations(router);
  const root = document.createElement('div');
  document.body.append(root);
  // What hinders the page is shown by the application, which asks for it once more.
  await router.push(path).catch(() => router.options.history.replace(path));
  mounted = mount(app, { attachTo: root, global: { plugins: [...plugins, router, [balcaoUi, { density }]] } });
  await settle();
  return { ...pageOf(router), router };
}

/** Closes the page and forgets what it kept, after each test of a file. */
export function tidyPage(): void {
  // Kept beside the page: the next test would be asked it.
  question.value?.answer(false);
  mounted?.unmount();
  mounted = undefined;
  document.body.innerHTML = '';
  sessionStorage.clear();
  localStorage.clear();
  i18n.global.locale.value = 'pt-BR';
  for (const { id } of [...toasts]) dismissToast(id);
  vi.unstubAllGlobals();
}

/** Counts navigations under way: the first to a page waits until its code is loaded. */
function countNavigations(router: Router): void {
  navigating = 0;
  router.beforeEach(() => void navigating++);
  router.afterEach(() => void (navigating = 0));
  router.onError(() => void (navigating = 0));
}

/** Whether a question is open: a navigation that asks it waits for the person. */
const isAsking = () => document.querySelector('[role="dialog"]') !== null;

/** Waits until no code is loaded, no answer is being read, no navigation is under way and the page has stopped changing. */
export async function settle(): Promise<void> {
  let before = '';
  for (let still = 0; still < STILL_TURNS || (navigating > 0 && !isAsking()) || openAnswers() > 0;) {
    await vi.dynamicImportSettled();
    await flushPromises();
    // Shortest timers that were set before come first: server state is told by them.
    await new Promise((resolve) => later(resolve, 1));
    const now = document.body.innerHTML;
    still = now === before ? still + 1 : 0;
    before = now;
  }
}

/** What `check` answers once it no longer throws, however slow the machine is. */
export const eventually = <Found>(check: () => Found | Promise<Found>): Promise<Found> =>
  vi.waitFor(check, { timeout: 20_000 });

/** What somebody sees on the page and can do there. */
function pageOf(router: Router) {
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
    dialog: () => eventually(() => need(document.querySelector('[role="dialog"]'), 'dialog').textContent ?? ''),
    click: async (name: string) => {
      (await eventually(() => button(name))).click();
      await settle();
    },
    /** What the menu of this name offers. */
    menu: async (name: string) => {
      button(name).dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
      button(name).click();
      await settle();
      return all<HTMLElement>('[role="menuitem"]');
    },
  };
}
