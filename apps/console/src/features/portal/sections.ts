import { SettingsSchema } from '@balcao/api-client';
import type { Component } from 'vue';

/** A tab of a portal's settings; without a component it is the form that any section has. */
export interface PortalTab {
  component?: () => Promise<{ default: Component }>;
}

/** The tabs before those of the other sections, and those behind them. One that is about a section has its name. */
const FIRST: Record<string, PortalTab> = {
  branding: { component: () => import('./components/AppearanceForm.vue') },
  style: { component: () => import('./components/StyleForm.vue') },
};
const LAST: Record<string, PortalTab> = {
  signup: { component: () => import('./components/SignupSettings.vue') },
  mail: { component: () => import('./components/MailSettings.vue') },
  access: { component: () => import('./components/AccessPanel.vue') },
  domain: { component: () => import('./domain/DomainPanel.vue') },
  history: { component: () => import('./components/PortalHistory.vue') },
};
const anySection = Object.fromEntries(Object.keys(SettingsSchema.properties).map((name) => [name, {}]));

/** The tabs of a portal's settings by their names, in their order. Sections that modules declare are there by themselves. */
export const TABS: Readonly<Record<string, PortalTab>> = { ...FIRST, ...anySection, ...FIRST, ...LAST };
