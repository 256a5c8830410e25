// @ts-check

const SCRIPTS = /\s*<(?:script type="module"|link rel="modulepreload")[^>]*>(?:<\/script>)?/g;

/**
 * Puts what the first paint waits for before the scripts, for which it need not: over few connections a browser asks for
 * things in the order in which they stand.
 * @returns {import('vite').Plugin}
 */
export function paintFirst() {
  return {
    name: 'balcao:paint-first',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const scripts = html.match(SCRIPTS) ?? [];
        return html.replace(SCRIPTS, '').replace(/\s*<\/head>/, (end) => scripts.join('') + end);
      },
    },
  };
}
