// @ts-check

const SCRIPTS = /\s*<(?:script type="module"|link rel="modulepreload")[^>]*>(?:<\/script>)?/g;
const STYLESHEET = /\s*<link rel="stylesheet" crossorigin/;
/** The letters of both languages. */
const FONT = /inter-latin-wght-normal[^/]*\.woff2$/;

/**
 * Puts what the first paint waits for before the scripts, for which it need not: over few connections a browser asks for
 * things in the order in which they stand, and on a slow line the scripts, five times as large, would take most of it. The
 * font comes with the stylesheet, which would name it a round trip later.
 * @returns {import('vite').Plugin}
 */
export function paintFirst() {
  let base = '/';
  return {
    name: 'balcao:paint-first',
    apply: 'build',
    configResolved(config) {
      base = config.base;
    },
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle = {} }) {
        const scripts = (html.match(SCRIPTS) ?? []).map((tag) => tag.replace(' crossorigin', ' fetchpriority="low"$&'));
        const font = Object.keys(bundle).find((name) => FONT.test(name));
        if (!font) throw new Error('The font that every page is written in is not among the built files');
        const early = `<link rel="preload" as="font" type="font/woff2" crossorigin href="${base}${font}">`;
        return html
          .replace(SCRIPTS, '')
          .replace(STYLESHEET, (stylesheet) => `\n    ${early}${stylesheet}`)
          .replace(/\s*<\/head>/, (end) => scripts.join('') + end);
      },
    },
  };
}
