import { anchorFrom } from '@balcao/contracts';
import MarkdownIt, { type Token } from 'markdown-it';
import { excerptOf } from './excerpt.js';
import { freeName } from './slug.js';

/** Addresses that an article may link to: web, mail, telephone, its own site and its own headings. */
const LINK = /^(?:https?:\/\/|mailto:|tel:|#|\/(?![/\\])|\.{0,2}\/(?![/\\])|[\w%-]+(?:[/?#]|$))/i;
/** A heading, of this article or of one beside it. */
const HEADING_LINK = /^((?:\.\/)?[\w%-]*)#(.+)$/;
/** Pictures come over https or from the same site. */
const IMAGE = /^(?:https:\/\/|\/(?![/\\]))/i;

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false, maxNesting: 50 });
markdown.validateLink = (url) => LINK.test(url.trim());
// "exemplo.com" in running text stays text: only what names its scheme becomes a link.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

markdown.core.ruler.push('balcao', ({ tokens }) => {
  for (const token of tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close') token.tag = lowerHeading(token.tag);
    if (token.type === 'th_open' || token.type === 'td_open') alignWithoutStyle(token);
    for (const child of token.children ?? []) {
      if (child.type === 'link_open') child.attrSet('rel', 'noopener nofollow');
      if (child.type === 'image') lazyImage(child);
    }
  }
});

const { image } = markdown.renderer.rules;
markdown.renderer.rules.image = (tokens, index, options, env, self) => {
  const token = tokens[index]!;
  if (IMAGE.test(String(token.attrGet('src')))) return image!(tokens, index, options, env, self);
  return markdown.utils.escapeHtml(self.renderInlineAsText(token.children ?? [], options, env));
};

/** An article's text in the forms that its readers get. */
export interface RenderedArticle {
  /** Safe HTML: the author's own HTML comes out as text, links and pictures only go where they may, nothing runs or carries a style. */
  html: string;
  /** The words without the markup, for search. */
  text: string;
  /** The beginning of the text, for lists. */
  excerpt: string;
}

/** What a text may have of each: more than anybody reads, and little enough for a browser. */
export const MARKDOWN_LIMITS = { headings: 200, cells: 4_000, links: 1_000, depth: 20 } as const;
export type MarkdownLimit = keyof typeof MARKDOWN_LIMITS;

/** Renders an article's Markdown; a text with too much of something is refused by what it has too much of. */
export function renderArticle(source: string): RenderedArticle | { exceeds: MarkdownLimit } {
  const env = {};
  const tokens = markdown.parse(source, env);
  const exceeds = exceededLimit(tokens);
  if (exceeds) return { exceeds };
  anchorHeadings(tokens);
  const text = plainText(tokens);
  return { html: markdown.renderer.render(tokens, markdown.options, env), text, excerpt: excerptOf(text) };
}

function exceededLimit(tokens: Token[]): MarkdownLimit | undefined {
  const counts = { headings: 0, cells: 0, links: 0, depth: 0 };
  for (const { type, level, children } of tokens) {
    if (type === 'heading_open') counts.headings += 1;
    if (type === 'th_open' || type === 'td_open') counts.cells += 1;
    // A list is two levels, itself and its item; a table four, of which none holds another.
    counts.depth = Math.max(counts.depth, Math.ceil((level - 2) / 2));
    let marks = 0;
    for (const child of children ?? []) {
      if (child.type === 'link_open' || child.type === 'image') counts.links += 1;
      marks += child.nesting;
      counts.depth = Math.max(counts.depth, marks);
    }
  }
  return (Object.keys(MARKDOWN_LIMITS) as MarkdownLimit[]).find((limit) => counts[limit] > MARKDOWN_LIMITS[limit]);
}

function plainText(tokens: Token[]): string {
  const pieces: string[] = [];
  for (const token of tokens) {
    if (token.type === 'inline') pieces.push(textOf(token.children ?? []));
    else if (token.type === 'fence' || token.type === 'code_block') pieces.push(token.content);
  }
  return pieces.join(' ').replace(/\s+/g, ' ').trim();
}

function textOf(tokens: Token[]): string {
  return tokens
    .map((token) => {
      if (token.type === 'text' || token.type === 'code_inline') return token.content;
      if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
      return token.children ? textOf(token.children) : '';
    })
    .join('');
}

/** The page has its own first heading, the title; an article's begin at the second level. */
function lowerHeading(tag: string): string {
  return tag === 'h1' ? 'h2' : tag;
}

/** Ids begin so, lest a heading be called as something of the page around. */
const anchorOf = (name: string) => `s-${anchorFrom(name, 80) || 'x'}`;

/** An address within the page for each heading, the second of a name with a number, and links that name the heading lead there. */
function anchorHeadings(tokens: Token[]): void {
  const taken = new Map<string, number>();
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open')
      token.attrSet('id', freeName(anchorOf(textOf(tokens[index + 1]?.children ?? [])), taken));
  }
  for (const link of tokens.flatMap(({ children }) => children ?? [])) {
    const [, article, written] = HEADING_LINK.exec(link.type === 'link_open' ? String(link.attrGet('href')) : '') ?? [];
    const name = markdown.utils.lib.mdurl.decode(written ?? '');
    const anchor = anchorOf(name);
    // What another article has is not known here.
    const is = anchorFrom(name, 80) && (article ? !name.startsWith('s-') : taken.has(anchor));
    if (is) link.attrSet('href', `${article}#${encodeURIComponent(anchor)}`);
  }
}

/** markdown-it aligns cells with a style attribute, which our policy refuses. */
function alignWithoutStyle(token: Token): void {
  const side = /text-align:(left|center|right)/.exec(String(token.attrGet('style')))?.[1];
  token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
  if (side) token.attrSet('align', side);
}

function lazyImage(token: Token): void {
  token.attrSet('loading', 'lazy');
  token.attrSet('referrerpolicy', 'no-referrer');
}
