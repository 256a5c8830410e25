import { readFile } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import type { Locale } from '@balcao/contracts';

/** Files by page and language, as the build of the portal wrote them. */
type Listed = Record<string, Record<Locale, string[]> | undefined>;

/**
 * The scripts that visitors' first pages need beside the entry. Named in the page's head they come with it, instead of a
 * round trip later. Who may be signed in is shown another page, and gets none.
 */
export class FirstPages {
  private listed: Promise<Listed> | undefined;

  constructor(
    private readonly folder: string,
    private readonly sessionCookie: string,
  ) {}

  /** @returns their addresses */
  async scriptsOf({ url, cookies }: FastifyRequest, locale: Locale): Promise<string[]> {
    if (cookies[this.sessionCookie] !== undefined) return [];
    this.listed ??= readFile(`${this.folder}first-pages.json`, 'utf8').then((text) => JSON.parse(text) as Listed);
    const files = (await this.listed)[pageAt(url)]?.[locale] ?? [];
    return files.map((file) => `/portal/${file}`);
  }
}

/** A visitor of the home page, or of any other that is not here, is led to the sign-in. */
function pageAt(url: string): string {
  const [, , page = '', part] = url.split('?', 1)[0]!.split('/');
  if (page === 'help') return part ? 'article' : page;
  return page === '' ? 'login' : page;
}
