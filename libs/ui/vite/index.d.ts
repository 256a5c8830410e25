import type { ProxyOptions, UserConfig } from 'vite';

export interface BalcaoViteOptions {
  /** The application's folder: `import.meta.dirname`. */
  root: string;
  /** Where the application's files are served, with a slash at both ends: `/portal/`. */
  base: string;
  /** `portal`: 40 px controls, for people who come once a month. `console`: 32 px, for people who live in it. */
  density: 'portal' | 'console';
  /** Addresses that the development server passes on to the API. */
  proxy?: Record<string, string | ProxyOptions>;
  /**
   * Pages that visitors come to first, with the sources that are loaded for each: `first-pages.json` is made of them. Where this is
   * given, be it empty, all that the entry needs is one file.
   */
  first?: Record<string, string[]>;
}

/** The Vite configuration that both applications share; merge with `mergeConfig` where an application needs more. */
export function balcaoVite(options: BalcaoViteOptions): UserConfig;
