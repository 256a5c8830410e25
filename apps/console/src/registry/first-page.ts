import { menuOf } from '@balcao/ui';
import type { Router } from 'vue-router';
import { features, useOpens } from './features.js';

/** The page that somebody lands on: the first of their menu, or their own profile where nothing is allowed. */
export const firstPage = (router: Router): string =>
  menuOf(features, router, useOpens()).find(({ passing }) => !passing)?.page ?? 'profile';
