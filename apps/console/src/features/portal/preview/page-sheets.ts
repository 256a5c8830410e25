/** The element whose size stands for the window's in a preview. */
export const WINDOW = 'portal-window';

/** A condition that asks for nothing but the size of the window, or for another one. */
const SIZES = /@media (not )?(?:(?:all|screen) and )?((?:\([^()]*\b(?:width|height)\b[^()]*\)(?: and )?)+)\s*\{/g;

/**
 * Rules as they hold in a preview: what asks for the window's size asks for that of the element around it, so that a phone
 * is one on any screen.
 */
export const withinWindow = (css: string): string =>
  css
    .replace(SIZES, (_all, not: string | undefined, sizes: string) => {
      const asked = sizes.trim();
      return `@container ${WINDOW} ${not ? `not (${asked})` : asked} {`;
    })
    // Not in selectors, which name classes after them.
    .replace(/\{[^{}]*\}/g, (declarations) => declarations.replace(/(\d)[dsl]?v([hw])\b/g, '$1cq$2'));

/** This page's stylesheets, made of one design with the portal's, for a tree of their own. Nothing of them is fetched again. */
export function ownSheets(): CSSStyleSheet[] {
  return [...document.styleSheets].flatMap((sheet) => {
    const rules = [...sheet.cssRules].filter((rule) => !(rule instanceof CSSImportRule));
    return rules.length > 0 ? [sheetOf(rules.map(({ cssText }) => cssText).join('\n'))] : [];
  });
}

export function sheetOf(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(withinWindow(css));
  return sheet;
}
