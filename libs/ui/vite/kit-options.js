// @ts-check
import { overrides } from './kit-overrides.js';

/** The kit's size that stands for each density. The other sizes keep their place in the scale. */
const SIZE = /** @type {const} */ ({ portal: 'lg', console: 'md' });

/** Icons of components that neither application has: under the name of one that both have, none of them is sent. */
const UNUSED_ICONS = [
  ...['arrowDown', 'arrowRight', 'arrowUp', 'chevronUp', 'copy', 'copyCheck', 'drag', 'file', 'folder', 'folderOpen'],
  ...['hash', 'panelClose', 'panelOpen', 'star', 'stop', 'success', 'tip', 'upload'],
];

/**
 * @param {{ density: 'portal' | 'console', components: string[], icons: string[] }} options
 * @returns {import('@nuxt/ui/vite').NuxtUIOptions}
 */
export function kitOptions({ density, components, icons }) {
  return {
    autoImport: false,
    components: false,
    dts: false,
    colorMode: false,
    theme: {
      colors: ['primary', 'success', 'info', 'warning', 'error'],
      defaultVariants: { size: SIZE[density] },
    },
    // Styles are made only for components that are used.
    experimental: { componentDetection: components },
    icon: { clientBundle: { scan: { globInclude: ['src/**/*.{vue,ts}'] }, icons, sizeLimitKb: 0 } },
    ui: { ...overrides, icons: Object.fromEntries(UNUSED_ICONS.map((name) => [name, 'i-lucide-x'])) },
  };
}
