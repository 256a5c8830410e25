import { mailPicture, type IconName, type Locale } from '@balcao/contracts';
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
  /** What the API answers of the branding, which the application then need not ask for. */
  branding: object;
  /** Addresses of the scripts that the page will ask for beside its entry. */
  scripts: readonly string[];
}

/** Longest description that is shown anywhere. */
const DESCRIPTION_LENGTH = 200;

/** The built page with the portal's language, name, icons, stylesheet and branding in its head, and what its meta says. */
export function withHead(
  template: string,
  { base, locale, portal, icons, meta, look, branding, scripts }: Head,
): string {
  const { name } = portal.portal;
  const preloads = scripts.map((script) => `<link rel="modulepreload" crossorigin href="${script}" />`).join('');
  const initials = `${initialsIcon(base)}?look=${look}`;
  const tab = icons ? `type="image/png" sizes="32x32" href="${icons('32')}"` : `href="${initials}"`;
  const device = icons ? icons('180') : initials;
  const title = meta && meta.title !== name ? `${meta.title} · ${name}` : name;
  return withStylesheet(template, base, `?portal=${portal.portal.id}&amp;look=${look}`)
    .replace(/<html lang="[^"]*"/, `<html lang="${locale}"`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escapeHtml(title)}</title>${meta ? tagsOf(meta, portal) : ''}`)
    .replace(/<link rel="icon" [^>]*>/, `<link rel="icon" ${tab} />`)
    .replace(/<link rel="apple-touch-icon" [^>]*>/, `<link rel="apple-touch-icon" href="${device}" />`)
    .replace('</head>', () => `${preloads}${dataBlock('branding', branding)}</head>`)
    .replace('<div class="boot" aria-hidden="true"><i></i>', (start) =>
      start.replace('</i>', () => `${escapeHtml(name)}</i>`),
    );
}

/** Data for a page's scripts, which is no script itself: nothing in it ends its element. */
const dataBlock = (id: string, data: object) =>
  `<script type="application/json" id="${id}">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`;

/**
 * The built page at a base, whether or not a portal is there. The portal's stylesheet comes after the application's, so
 * that a tenant's rules win where they weigh the same, and before the scripts, which the first paint does not wait for. By the query nothing is taken from a browser's copies of what the
 * portal looked like before, nor, at a host that another portal had, of that one's.
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
