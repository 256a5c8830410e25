import { SettingsSchema } from '@balcao/api-client';
import type { Component } from 'vue';
import type { SettingsSection } from './forms/section-fields.js';

/** A tab of a portal's settings. */
export interface PortalTab {
  /** The section that it is about, where it is one. */
  section?: SettingsSection;
  /** What draws it, where the form that any section has does not do. */
  component?: () => Promise<{ default: Component }>;
}

/** The tabs before those of the other sections, and those behind them. */
const FIRST = {
  appearance: { section: 'branding', component: () => import('./components/AppearanceForm.vue') },
  style: { section: 'style', component: () => import('./components/StyleForm.vue') },
} as const satisfies Record<string, PortalTab>;
const LAST: Record<string, PortalTab> = {};

const own = new Set<string | undefined>(
  [...Object.values(FIRST), ...Object.values(LAST)].map(({ section }) => section),
);
const others = (Object.keys(SettingsSchema.properties) as SettingsSection[])
  .filter((section) => !own.has(section))
  .map((section): [string, PortalTab] => [section, { section }]);

/** The tabs of a portal's settings by their names, in their order. Sections that modules declare are there by themselves. */
export const TABS: Readonly<Record<string, PortalTab>> = { ...FIRST, ...Object.fromEntries(others), ...LAST };
