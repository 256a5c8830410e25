import type { Component } from 'vue';
import type { RouteComponent, RouteLocationRaw, RouteMeta, Router, RouteRecordRaw } from 'vue-router';
import { currentLocale, type MessageLoader } from '../i18n/i18n.js';
import type { Locale } from '../i18n/locales.js';

declare module 'vue-router' {
  interface RouteMeta {
    /** The feature that the page belongs to. */
    partOf?: string;
    /** The feature whose line of the menu it stands behind, where that is another's. */
    lineOf?: string;
  }
}

/** A word that is shown before the feature's texts are loaded. */
export type Word = Record<Locale, string>;

/** A line of the menu. Who sees it is said by the meta of its page. */
export interface MenuEntry {
  /** Name of the page. */
  page: string;
  label: Word;
  /** As the first of its tabs, where other pages stand beside it. */
  tab?: Word;
  /** The feature whose line it stands under, as one of its tabs. */
  under?: string;
  icon: string;
  /** Key of the heading it stands under; those without one come first. */
  group?: string;
  /** Its place in the menu: smaller ones come first. */
  order: number;
  /** Wanted now and then: on a phone, where not every line has room, it is among the first to stand behind *More*. */
  rare?: true;
  /** Stands in the menu only while something waits behind it, and is nobody's first page by itself. */
  passing?: true;
}

/** A page or an action that the palette reaches beside those of the menu; a feature's stand in its `palette.ts`. */
export interface PaletteEntry {
  to: RouteLocationRaw & { name: string };
  label: Word;
  icon: string;
  kind: 'page' | 'action';
}

/** Where a step of getting started is done; a feature's stand in its `first-steps.ts`. */
export interface FirstStepEntry {
  /** As the API names it; its words stand with the page that lists the steps. */
  name: string;
  to: RouteLocationRaw & { name: string };
  /** How long it takes somebody who has never done it. */
  minutes: number;
  /** What stands in its line once it was begun and waits; its texts are those of the page where it is done. */
  waitingPart?: () => Promise<{ default: Component }>;
}

/** What a feature registers of itself by its `feature.ts`. */
export interface FeatureDescription {
  /** Pages inside the signed-in layout. */
  routes?: RouteRecordRaw[];
  /** Pages for visitors. */
  publicRoutes?: RouteRecordRaw[];
  menu?: MenuEntry[];
}

export interface Feature extends Required<FeatureDescription> {
  /** The name of its folder. */
  name: string;
}

/** A page: its path, its name, its view, and what it needs. What the path has gaps for become properties of the view. */
export const page = (
  path: string,
  name: string,
  component: () => Promise<RouteComponent | { default: RouteComponent }>,
  meta: RouteMeta = {},
): RouteRecordRaw => ({ path, name, component, props: path.includes(':'), meta });

/** Modules as `import.meta.glob` gives them, by path. */
type Modules<Module> = Record<string, Module>;

const FOLDER = /features\/([^/]+)\//;
const folderOf = (path: string) => FOLDER.exec(path)?.[1] ?? path;

/**
 * The features of an application, found by their folders: `feature.ts` says what there is, `i18n/{locale}.json` holds
 * the texts that are loaded with each of its pages. Two that claim the same name are refused.
 */
export function gatherFeatures(
  modules: Modules<{ default: FeatureDescription }>,
  texts: Modules<() => Promise<unknown>> = {},
): Feature[] {
  const features = Object.entries(modules).map(([path, { default: description }]) => {
    const name = folderOf(path);
    const messages = messagesOf(name, texts);
    const mark = (route: RouteRecordRaw): RouteRecordRaw =>
      ({
        ...route,
        meta: { ...route.meta, partOf: name, ...(messages && { messages }) },
        ...(route.children && { children: route.children.map(mark) }),
      }) as RouteRecordRaw;
    const { routes = [], publicRoutes = [], menu = [] } = description;
    return { name, routes: routes.map(mark), publicRoutes: publicRoutes.map(mark), menu };
  });
  refuseTwice(
    'feature',
    features.map(({ name }) => name),
  );
  refuseTwice(
    'page',
    features.flatMap(({ routes, publicRoutes }) => namesOf([...routes, ...publicRoutes])),
  );
  refuseTwice(
    'page at',
    features.flatMap(({ routes }) => routes.map(({ path }) => path)),
  );
  refuseTwice(
    'menu entry of',
    features.flatMap(({ menu }) => menu.map(({ page }) => page)),
  );
  return features;
}

function messagesOf(name: string, texts: Modules<() => Promise<unknown>>): MessageLoader | undefined {
  const own = Object.entries(texts).filter(([path]) => folderOf(path) === name);
  if (own.length === 0) return undefined;
  return (locale) => own.find(([path]) => path.endsWith(`/${locale}.json`))![1]() as ReturnType<MessageLoader>;
}

const namesOf = (routes: readonly RouteRecordRaw[]): string[] =>
  routes.flatMap(({ name, children = [] }) => [...(name ? [String(name)] : []), ...namesOf(children)]);

function refuseTwice(kind: string, claimed: string[]): void {
  const twice = claimed.filter((name, index) => claimed.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`Two features claim the ${kind} ${[...new Set(twice)].join(', ')}`);
}

/** What a person may open, told by what a page needs. */
export type Opens = (meta: RouteMeta) => boolean;

/** What waits behind a line of the menu: a number, and its words. */
export interface MenuBadge {
  text: string;
  label: string;
}

export interface MenuLine extends Pick<MenuEntry, 'page' | 'icon' | 'group' | 'order' | 'rare' | 'passing'> {
  label: string;
  badge?: MenuBadge;
  /** The feature whose line it is. */
  feature: string;
  /** That feature and those whose pages are its tabs: during their pages the line is the current one. */
  features: string[];
}

/**
 * The menu as this person sees it, in the language in use: what is switched off or not allowed is not there. A line
 * whose own page may not be opened leads to the first of its tabs that may.
 */
export function menuOf(features: readonly Feature[], router: Router, opens: Opens): MenuLine[] {
  const locale = currentLocale();
  return entriesOf(features)
    .filter(({ under }) => !under)
    .flatMap(({ feature, page, label, icon, group, order, rare, passing }) => {
      const beside = entriesOf(features).filter(({ under }) => under === feature);
      const first = [page, ...beside.map((entry) => entry.page)].find((name) => opens(metaOf(router, name)));
      const all = [...new Set([feature, ...beside.map((entry) => entry.feature)])];
      const line = { label: label[locale], icon, group, order, rare, passing, feature, features: all };
      return first ? [{ ...line, page: first }] : [];
    });
}

/** The line that is the current one on a page: its own, or else the first of its feature's. */
export const currentLine = <Line extends Pick<MenuLine, 'page' | 'features'>>(
  lines: readonly Line[],
  { name, meta }: { name?: unknown; meta: RouteMeta },
): Line | undefined =>
  lines.find(({ page }) => page === name) ??
  lines.find(({ features }) => features.includes(meta.lineOf ?? meta.partOf ?? ''));

/** As many lines as a phone's bar has room for, those that are rare left out first; what is left out stands behind *More*. */
export function shortMenu<Line extends Pick<MenuLine, 'rare'>>(lines: readonly Line[], seats: number) {
  if (lines.length <= seats) return { shown: [...lines], behind: [] };
  const often = [...lines].sort((one, other) => Number(one.rare ?? false) - Number(other.rare ?? false));
  const kept = new Set(often.slice(0, seats - 1));
  return { shown: lines.filter((line) => kept.has(line)), behind: lines.filter((line) => !kept.has(line)) };
}

/** What a feature's `badge.ts` says: how much waits behind the line of which page. */
interface Badge {
  page: string;
  useBadge: () => { value: MenuBadge | undefined };
}

/**
 * What waits behind the lines of the menu, by the `badge.ts` of the features. Answers the function that begins to ask, in
 * a component; that gives the one which adds its badge to a line.
 */
export const badgesOf = (modules: Modules<Badge>) => () => {
  const waiting = Object.values(modules).map(({ page, useBadge }) => ({ page, badge: useBadge() }));
  return (line: MenuLine): MenuLine => ({
    ...line,
    badge: waiting.find(({ page }) => page === line.page)?.badge.value,
  });
};

/** The pages under one line of the menu as tabs, as this person sees them. */
export function tabsOf(features: readonly Feature[], router: Router, opens: Opens, feature: string) {
  return entriesOf(features)
    .filter((entry) => (entry.under ?? entry.feature) === feature && opens(metaOf(router, entry.page)))
    .map(({ page, label, tab = label }) => ({ page, label: tab[currentLocale()] }));
}

const metaOf = (router: Router, name: string) => router.resolve({ name }).meta;

const entriesOf = (features: readonly Feature[]) =>
  features
    .flatMap(({ name, menu }) => menu.map((entry) => ({ ...entry, feature: name })))
    .sort((one, other) => one.order - other.order);

/** Lines under their headings, in the order of the menu. */
export function menuGroups(lines: readonly MenuLine[]): { heading: string | undefined; lines: MenuLine[] }[] {
  const headings = [...new Set(lines.map(({ group }) => group))];
  return headings.map((heading) => ({ heading, lines: lines.filter(({ group }) => group === heading) }));
}

/** What the palette reaches, as this person sees it: the pages of the menu, and what the features have beside them. */
export function paletteOf(
  features: readonly Feature[],
  beside: readonly PaletteEntry[],
  router: Router,
  opens: Opens,
  kind: PaletteEntry['kind'],
) {
  const menu = entriesOf(features).map(({ page, label, icon }) => ({ to: { name: page }, label, icon, kind: 'page' }));
  return [...menu, ...beside]
    .filter((entry) => entry.kind === kind && opens(router.resolve(entry.to).meta))
    .map(({ to, label, icon }) => ({
      id: `${kind}-${router.resolve(to).fullPath}`,
      icon,
      label: label[currentLocale()],
      run: () => void router.push(to),
    }));
}
