import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { i18n } from '../../src/i18n/i18n.js';

/** Names that parts of the kit give themselves, English for every reader. */
const OWN_NAMES = /"?(?:aria-label|ariaLabel)"?: "([A-Z][^"]*)"/g;

/** What the kit is made of lies beside it. */
const folder = join(realpathSync(join(import.meta.dirname, '../../node_modules/@nuxt/ui')), '../../reka-ui/dist');
const names = new Set(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.js'))
    .flatMap((path) => [...readFileSync(join(folder, path), 'utf8').matchAll(OWN_NAMES)].map(([, name]) => name!)),
);
if (names.size === 0) throw new Error(`No names were found in ${folder}`);

/** Names on the page that nobody has translated. */
export function untranslatedNames(): string[] {
  if (i18n.global.locale.value !== 'pt-BR') return [];
  const there = [...document.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label')!);
  return there.filter((name) => names.has(name));
}
