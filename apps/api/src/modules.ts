import type { Type } from '@nestjs/common';
import { authApi } from '@balcao/module-auth/http';
import { billingApi } from '@balcao/module-billing/http';
import type { FirstStep, SettingsSection } from '@balcao/module-directory';
import { directoryApi } from '@balcao/module-directory/http';
import { kbApi } from '@balcao/module-kb/http';
import { paymentsApi } from '@balcao/module-payments/http';
import { portalApi } from '@balcao/module-portal/http';
import { proposalsApi } from '@balcao/module-proposals/http';
import { signupApi } from '@balcao/module-signup/http';
import { subscriptionsApi } from '@balcao/module-subscriptions/http';
import { ticketsApi } from '@balcao/module-tickets/http';

/** A module as the API knows it: its HTTP half, its rows, and the sections of a portal's settings that it keeps. */
export interface ApiModule {
  module: Type;
  entities?: readonly Type[];
  settings?: readonly SettingsSection[];
  /** Makes what the API takes and answers of all sections; before its module is. */
  declareSettings?(sections: readonly SettingsSection[]): void;
  /** Steps of a new organization that it can tell of. */
  firstSteps?: readonly FirstStep[];
  /** Takes the steps of all modules; before its module is made. */
  declareFirstSteps?(steps: readonly FirstStep[]): void;
}

/** Every module that answers requests. A new one is added here. */
export const MODULES: readonly ApiModule[] = [
  directoryApi,
  authApi,
  portalApi,
  signupApi,
  billingApi,
  paymentsApi,
  subscriptionsApi,
  proposalsApi,
  ticketsApi,
  kbApi,
];

/** What repositories may be asked for. */
export const ENTITIES = MODULES.flatMap(({ entities = [] }) => entities);
