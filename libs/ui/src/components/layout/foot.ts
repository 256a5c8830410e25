import type { ObjectDirective } from 'vue';

const standing = new Map<Element, { name: string; height: number }>();

function tell(name: string): void {
  const heights = [...standing.values()].filter((one) => one.name === name).map(({ height }) => height);
  document.documentElement.style.setProperty(`--${name}`, `${Math.max(0, ...heights)}px`);
}

const observer =
  typeof ResizeObserver === 'undefined'
    ? undefined
    : new ResizeObserver((entries) => {
        for (const { target } of entries) {
          const one = standing.get(target);
          const { height } = target.getBoundingClientRect();
          if (!one) continue;
          one.height = height && height + (parseFloat(getComputedStyle(target).bottom) || 0);
          tell(one.name);
        }
      });

/**
 * Marks what stands at the foot of the window. How high it reaches is `--foot` for whatever must not be beneath it: what
 * has the focus (`scroll-padding-bottom`) and brief messages, whose own height is `--message` (`v-foot:message`).
 */
export const vFoot: ObjectDirective<HTMLElement> = {
  mounted(element, { arg: name = 'foot' }) {
    standing.set(element, { name, height: 0 });
    observer?.observe(element);
  },
  unmounted(element, { arg: name = 'foot' }) {
    observer?.unobserve(element);
    standing.delete(element);
    tell(name);
  },
};
