import MarkdownIt, { type Token } from 'markdown-it';
import { slugFrom } from './slug.js';

/** Addresses that an article may link to: web, mail, telephone, its own site and its own headings. */
const LINK = /^(?:https?:\/\/|mailto:|tel:|#|\/(?![/\\])|\.{0,2}\/(?![/\\])|[\w%-]+(?:[/?#]|$))/i;
/** Pictures come over https or from the same site. */
const IMAGE = /^(?:https:\/\/|\/(?![/\\]))/i;

const markdown = new MarkdownIt({ html: false, linkify: true, typographer: false, breaks: false, maxNesting: 50 });
markdown.validateLink = (url) => LINK.test(url.trim());
// "exemplo.com" in running text stays text: only what names its scheme becomes a link.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

markdown.core.ruler.push('balcao', ({ tokens }) => {
  const anchors = new Set<string>();
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') anchorHeading(token, tokens[index + 1], anchors);
    if (token.type === 'heading_close') token.tag = lowerHeading(token.tag);
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

/**
 * Renders an article's Markdown. Its own HTML comes out as text, links and pictures only go where they may, and nothing
 * in it runs or carries a style, so that it fits the strictest Content-Security-Policy.
 */
export function renderMarkdown(source: string): string {
  return markdown.render(source);
}

/** The text of an article without its markup, for search and excerpts. */
export function plainText(source: string): string {
  const pieces: string[] = [];
  for (const token of markdown.parse(source, {})) {
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

function anchorHeading(token: Token, content: Token | undefined, anchors: Set<string>): void {
  token.tag = lowerHeading(token.tag);
  const base = `s-${slugFrom(textOf(content?.children ?? []), 'x')}`;
  let anchor = base;
  for (let count = 2; anchors.has(anchor); count += 1) anchor = `${base}-${count}`;
  anchors.add(anchor);
  token.attrSet('id', anchor);
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
