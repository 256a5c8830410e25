// @ts-check
import { defineComponent, h } from 'vue';

/**
 * Takes the place of `@iconify/vue`: shows only icons that were bundled, and never asks a server for one.
 *
 * @typedef {{ body: string, width?: number, height?: number, left?: number, top?: number }} IconData
 * @type {Map<string, IconData>}
 */
const icons = new Map();
/** @param {string} name */
const keyOf = (name) => name.replace(/^i-/, '').replace(':', '-');

/**
 * @param {string} name
 * @param {IconData} data
 */
export function addIcon(name, data) {
  icons.set(keyOf(name), data);
  return true;
}

/** @param {string} name */
export const iconLoaded = (name) => icons.has(keyOf(name));

export const Icon = defineComponent({
  props: { icon: String, mode: String, width: null, height: null, customise: null, ssr: Boolean },
  setup: (props) => () => {
    const data = props.icon ? icons.get(keyOf(props.icon)) : undefined;
    if (!data) {
      if (props.icon && import.meta.env.DEV) console.error(`This icon is not in the bundle: ${props.icon}`);
      return null;
    }
    return h('svg', {
      xmlns: 'http://www.w3.org/2000/svg',
      'aria-hidden': 'true',
      width: '1em',
      height: '1em',
      viewBox: `${data.left ?? 0} ${data.top ?? 0} ${data.width ?? 16} ${data.height ?? 16}`,
      innerHTML: data.body,
    });
  },
});
