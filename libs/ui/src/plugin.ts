import icons from '@nuxt/ui/runtime/vue/plugins/icons.js';
import type { Plugin } from 'vue';
import { cleanInput } from './forms/clean-input.js';
import { i18n } from './i18n/i18n.js';
import { useTheme } from './theme/theme.js';

export interface BalcaoUiOptions {
  density: 'portal' | 'console';
}

/**
 * Installs icons and texts. It stands for the kit's own plugin, which writes style elements that the content
 * security policy forbids.
 */
export const balcaoUi: Plugin<[BalcaoUiOptions]> = {
  install(app, { density }) {
    document.documentElement.dataset.density = density;
    app.use(icons as unknown as Plugin);
    app.use(i18n);
    addEventListener('input', cleanInput, { capture: true });
    // Every page follows the device's colour scheme, also one on which nothing else asks for it.
    useTheme();
  },
};
