import { defineAsyncComponent, type Component } from 'vue';
import { addMessages, type MessageLoader } from './i18n.js';

/** Makes components of a part of an application that is not always needed: it comes with its texts when it is first shown. */
export const lazyPart =
  (texts: MessageLoader) =>
  <Part extends Component>(load: () => Promise<{ default: Part }>) =>
    defineAsyncComponent(async () => {
      const [loaded] = await Promise.all([load(), addMessages(texts)]);
      return loaded.default;
    });
