import type { UserConfig } from 'vite';
import type { BalcaoViteOptions } from './index.js';

export interface BalcaoVitestOptions extends BalcaoViteOptions {
  /** The page that tests begin on. */
  page?: { url?: string; width?: number; height?: number };
}

/** The Vitest configuration that the applications and this library share. */
export function balcaoVitest(options: BalcaoVitestOptions): UserConfig;
