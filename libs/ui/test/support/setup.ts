import { afterEach, expect } from 'vitest';
import { i18n } from '../../src/i18n/i18n.js';
import { untranslatedNames } from './kit-names.js';
import { tidyPage } from './page.js';

/** Texts that were asked for and are not there: a key may be put together, and then no reading of sources finds it. */
const missing = new Set<string>();
i18n.global.setMissingHandler((_locale, key) => void missing.add(key));

// What the browser has and this one's stand-in has not.
HTMLDialogElement.prototype.showModal = function () {
  this.open = true;
};

// Where developers' tools are not at hand, libraries keep every application for them, and it never leaves the memory.
Object.assign(globalThis, { __VUE_DEVTOOLS_PLUGINS__: { push: () => undefined } });

// Files share their modules: what a module registers while it is loaded holds for the first file alone.
afterEach(tidyPage);
afterEach(() => {
  const keys = [...missing];
  missing.clear();
  expect([...keys, ...untranslatedNames()]).toEqual([]);
});
