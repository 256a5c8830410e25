import { contactsOf, mailPicture, type IconName, type Locale } from '@balcao/contracts';
import type { FoundPortal } from '@balcao/module-directory';

/** What search engines and chat programs learn of a page that anybody may read. */
export interface PageMeta {
  kind: 'website' | 'article';
  title: string;
  description: string;
  locale: Locale;
  /** The one address that the page is listed under. */
  canonical: string;
  /** The same page in each of its languages. */
  alternates: { locale: Locale; url: string }[];
  /** The article itself, as HTML that was made safe when it was saved: it is read before any script has run. */
  bodyHtml?: string;
  /** What the application would ask the API for before it can show the page, by name. */
  given?: Readonly<Record<string, object>>;
}

interface Head {
  base: string;
  locale: Locale;
  portal: FoundPortal;
  /** Addresses of its icons, where they are drawn. */
  icons?: (icon: IconName) => string;
  meta?: PageMeta;
  /** Stands for how the portal looks: browsers keep what is addressed with it until that changes. */
  look: string;
  /** What the API would answer, by name, which the application then need not ask for. */
  given: Readonly<Record<string, object>>;
  /** What the page says above all, where that is known before its scripts are. */
  outline?: { title?: string; text: string };
  /** Addresses of the scripts that the page will ask for beside its entry. */
  scripts: readonly string[];
}

/** Longest description that is shown anywhere. */
const DESCRIPTION_LENGTH = 200;

/** The built page as the portal's: its language, name, icons, stylesheet and data, what its meta says, and its outline. */
export function withHead(
  template: string,
  { base, locale, portal, icons, meta, look, given, outline, scripts }: Head,
): string {
  const { name } = portal.portal;
  const preloads = scripts
    .map((script) => `<link rel="modulepreload" fetchpriority="low" crossorigin href="${script}" />`)
    .join('');
  const initials = `${initialsIcon(base)}?look=${look}`;
  const tab = icons ? `type="image/png" sizes="32x32" href="${icons('32')}"` : `href="${initials}"`;
  const device = icons ? icons('180') : initials;
  const title = meta && meta.title !== name ? `${meta.title} · ${name}` : name;
  const data = Object.entries(given).map(([id, answer]) => dataBlock(id, answer));
  return withStylesheet(template, base, `?portal=${portal.portal.id}&amp;look=${look}`)
    .replace(/<html lang="[^"]*"/, `<html lang="${locale}"`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>${meta ? tagsOf(meta, portal) : ''}`)
    .replace(/<link rel="icon" [^>]*>/, `<link rel="icon" ${tab} />`)
    .replace(/<link rel="apple-touch-icon" [^>]*>/, `<link rel="apple-touch-icon" href="${device}" />`)
    .replace('</head>', () => `${preloads}${data.join('')}</head>`)
    .replace(OUTLINE, (bars) =>
      meta?.bodyHtml ? articleOutline(name, meta) : pageOutline(bars, { portal, locale, outline }),
    );
}

/** What the application's document shows until its scripts run: the place of a name, and bars for all else. */
const OUTLINE = '<div class="boot" aria-hidden="true"><i></i><i></i><i></i><i></i></div>';

function pageOutline(
  bars: string,
  { portal, locale, outline: says }: Pick<Head, 'portal' | 'locale' | 'outline'>,
): string {
  const named = `<i>${escapeHtml(portal.portal.name)}</i>`;
  const help = withoutScripts(portal, locale);
  if (!says) return bars.replace('<i></i>', () => named) + help;
  const title = says.title === undefined ? '<i></i>' : `<b>${escapeHtml(says.title)}</b>`;
  return `<div class="boot" aria-hidden="true">${named}${title}<p>${escapeHtml(says.text)}</p><i></i></div>${help}`;
}

/** Where no script runs the page stays an outline: whom to turn to then. */
function withoutScripts({ branding }: FoundPortal, locale: Locale): string {
  const contacts = contactsOf(branding).map(
    ({ href, text }) => `<a class="link" href="${escapeHtml(href)}">${escapeHtml(text)}</a>`,
  );
  return `<noscript><p class="p-4">${[NEEDS_SCRIPTS[locale], ...contacts].join('<br />')}</p></noscript>`;
}

const NEEDS_SCRIPTS: Record<Locale, string> = {
  'pt-BR': 'Esta página precisa de JavaScript, que não funciona neste navegador agora.',
  'en-US': 'This page needs JavaScript, which does not work in this browser now.',
};

const articleOutline = (name: string, { title, locale, bodyHtml }: PageMeta) =>
  `<div class="boot"><i>${escapeHtml(name)}</i>` +
  `<article lang="${locale}"><h1>${escapeHtml(title)}</h1><div class="prose">${bodyHtml}</div></article></div>`;

/** Data for a page's scripts, which is no script itself: nothing in it ends its element. */
const dataBlock = (id: string, data: object) =>
  `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;

/**
 * The built page at a base, whether or not a portal is there. The portal's stylesheet comes after the application's, so
 * that a tenant's rules win where they weigh the same, and before the scripts, which the first paint does not wait for.
 * By the query nothing is taken from a browser's copies of what the portal looked like before, nor, at a host that
 * another portal had, of that one's.
 */
export function withStylesheet(template: string, base: string, ofPortal = ''): string {
  return template
    .replace(/\s*<link rel="stylesheet" href="\/portal\/branding\.css"[^>]*>/, '')
    .replace(/(?=<script type="module"|<\/head>)/, () =>
      [
        `<link rel="stylesheet" href="${base}/portal/branding.css${ofPortal}" />`,
        `<link rel="apple-touch-icon" href="${base}/apple-touch-icon.png" />`,
        `<link rel="manifest" href="${base}/portal/manifest.webmanifest${ofPortal}" />\n    `,
      ].join('\n    '),
    );
}

/** Stands where the icons are not drawn yet: Balcão's mark never stands for a tenant. */
export const initialsIcon = (base: string) => `${base}/portal/pictures/favicon`;

function tagsOf({ kind, title, description, locale, canonical, alternates }: PageMeta, portal: FoundPortal): string {
  const { logoUrl } = portal.branding;
  const short = shortened(description);
  const properties: [property: string, content: string][] = [
    ['og:type', kind],
    ['og:title', title],
    ['og:description', short],
    ['og:url', canonical],
    ['og:site_name', portal.portal.name],
    ['og:locale', locale.replace('-', '_')],
    ...(logoUrl ? [['og:image', new URL(mailPicture(logoUrl), canonical).href] as [string, string]] : []),
  ];
  return [
    `<meta name="description" content="${escapeHtml(short)}" />`,
    `<link rel="canonical" href="${escapeHtml(canonical)}" />`,
    ...(alternates.length > 1
      ? alternates.map((each) => `<link rel="alternate" hreflang="${each.locale}" href="${escapeHtml(each.url)}" />`)
      : []),
    ...properties.map(([property, content]) => `<meta property="${property}" content="${escapeHtml(content)}" />`),
  ].join('');
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= DESCRIPTION_LENGTH) return line;
  const end = line.lastIndexOf(' ', DESCRIPTION_LENGTH - 1);
  return `${line.slice(0, end > 0 ? end : DESCRIPTION_LENGTH - 1).toWellFormed()}…`;
}

/** For text and quoted attributes, in HTML and XML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
