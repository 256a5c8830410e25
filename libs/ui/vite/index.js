// @ts-check
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import nuxtUi from '@nuxt/ui/vite';
import { build } from 'vite';
import { kitOptions } from './kit-options.js';
import { libraryComponents, libraryIcons } from './scan-library.js';
import { firstPages } from './first-pages.js';
import { i18nMessages } from './i18n-messages.js';
import { paintFirst } from './paint-first.js';
import { precompress } from './precompress.js';
import { rekaNamespaces } from './reka-namespaces.js';
import { themeScript } from './theme-script.js';

const here = import.meta.dirname;
const FRAMEWORK = /node_modules[\\/](@vue|vue|vue-router|vue-i18n|@intlify|pinia)[\\/]/;

/** @param {string} root */
const piniaForProduction = (root) =>
  resolve(dirname(createRequire(resolve(root, 'package.json')).resolve('pinia')), 'pinia.esm-browser.prod.js');

/**
 * The Vite configuration that both applications share: Nuxt UI under a strict content security policy, messages
 * compiled while building, icons bundled, a theme set before the first paint.
 * @param {import('./index.d.ts').BalcaoViteOptions} options
 * @returns {import('vite').UserConfig}
 */
export function balcaoVite(options) {
  if (!options.first) return configOf(options, { plugins: [precompress()], groups: [] });
  const { plugin, groups } = firstPages(options.first, async () => {
    const config = configOf(options, { plugins: [], groups: [] });
    const once = { ...config.build, write: false, minify: false };
    const built = await build({ ...config, configFile: false, logLevel: 'silent', build: once });
    return /** @type {import('vite').Rolldown.RolldownOutput} */ (built).output.filter(({ type }) => type === 'chunk');
  });
  return configOf(options, { plugins: [plugin, precompress()], groups });
}

/**
 * @param {import('./index.d.ts').BalcaoViteOptions} options
 * @param {{ plugins: import('vite').Plugin[], groups: import('vite').Rolldown.CodeSplittingGroup[] }} built
 * @returns {import('vite').UserConfig}
 */
function configOf({ root, base, density, proxy }, { plugins, groups }) {
  return {
    root,
    base,
    plugins: [
      rekaNamespaces(),
      vue(),
      i18nMessages(),
      nuxtUi(kitOptions({ density, components: libraryComponents(), icons: libraryIcons() })),
      themeScript(),
      paintFirst(),
      ...plugins,
    ],
    resolve: {
      conditions: ['balcao-source', 'module', 'browser', 'development|production'],
      dedupe: ['vue', 'vue-router', 'vue-i18n', 'pinia'],
      alias: [
        // Pinia's own build for production: the other one brings its developer tools along, which nothing shakes off.
        ...(process.env.NODE_ENV === 'production' ? [{ find: /^pinia$/, replacement: piniaForProduction(root) }] : []),
        { find: /^vue-i18n$/, replacement: 'vue-i18n/dist/vue-i18n.runtime.mjs' },
        { find: /^vaul-vue$/, replacement: resolve(here, 'stubs/no-vaul.js') },
        { find: /^@iconify\/vue$/, replacement: resolve(here, 'stubs/iconify.js') },
      ],
    },
    define: {
      __INTLIFY_DROP_MESSAGE_COMPILER__: 'true',
      __VUE_I18N_LEGACY_API__: 'false',
      __VUE_I18N_FULL_INSTALL__: 'false',
      __INTLIFY_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
    },
    server: { proxy },
    build: {
      modulePreload: { polyfill: false },
      // A data: address would break the content security policy, and hashed files are cached for good anyway.
      assetsInlineLimit: 0,
      target: 'es2022',
      // One file that both a newer version of the pages and every first page share, better compressed than its parts.
      rolldownOptions: {
        output: { codeSplitting: { groups: [{ name: 'framework', test: FRAMEWORK, priority: 1 }, ...groups] } },
      },
    },
  };
}
