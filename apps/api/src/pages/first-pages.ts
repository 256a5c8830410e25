import { readFile } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import type { Locale } from '@balcao/contracts';

/** Files by page and language, as the build of the portal wrote them. */
type Listed = Record<string, Record<Locale, string[]> | undefined>;

/** What visitors are shown first: a page in the build's list of them, or any other. */
interface FirstPage {
  name: string;
  /** Addresses of the scripts that it needs beside the entry. */
  scripts: string[];
}

/**
 * The pages that visitors see first, whose scripts and data come with them instead of a round trip later. Who may be signed
 * in is shown another page.
 */
export class FirstPages {
  private listed: Promise<Listed> | undefined;

  constructor(
    private readonly folder: string,
    private readonly sessionCookie: string,
  ) {}

  async of({ url, cookies }: FastifyRequest, locale: Locale): Promise<FirstPage | undefined> {
    if (cookies[this.sessionCookie] !== undefined) return undefined;
    this.listed ??= readFile(`${this.folder}first-pages.json`, 'utf8').then((text) => JSON.parse(text) as Listed);
    const name = pageAt(url);
    const files = (await this.listed)[name]?.[locale] ?? [];
    return { name, scripts: files.map((file) => `/portal/${file}`) };
  }
}

/** A visitor of the home page, or of any other that is not here, is led to the sign-in. */
function pageAt(url: string): string {
  const [, , page = '', part] = url.split('?', 1)[0]!.split('/');
  if (page === 'help') return part ? 'article' : page;
  return page === '' ? 'login' : page;
}
