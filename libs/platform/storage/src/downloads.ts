import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Secrets } from '@balcao/platform-config';
import { demandKey } from './storage.js';

/** Where files are fetched; below it stands the key. */
export const DOWNLOADS = '/files';
const SECONDS = 60;
const MOST_SECONDS = 3_600;

export interface Download {
  key: string;
  /** Type and name under which the browser keeps it. */
  type: string;
  name: string;
}

/** Signed addresses by which a file can be fetched for a short while by whoever has one, and nothing else. */
@Injectable()
export class Downloads {
  constructor(private readonly secrets: Secrets) {}

  /** A path of this installation. Who may have the file is asked before; the address asks nobody. */
  address({ key, type, name }: Download, seconds = SECONDS): string {
    const expires = String(Math.floor(Date.now() / 1_000) + Math.min(seconds, MOST_SECONDS));
    const signature = this.sign(demandKey(key), expires, type, name);
    return `${DOWNLOADS}/${key}?${new URLSearchParams({ type, name, expires, signature }).toString()}`;
  }

  /** What an address names, or undefined where nobody signed it so or it has expired. */
  read(key: string, query: Readonly<Record<string, unknown>>): Download | undefined {
    const { type, name, expires, signature } = query;
    if (![type, name, expires, signature].every((value) => typeof value === 'string')) return undefined;
    const given = Buffer.from(signature as string, 'base64url');
    const right = Buffer.from(this.sign(key, expires as string, type as string, name as string), 'base64url');
    if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
    return Number(expires) * 1_000 > Date.now() ? { key, type: type as string, name: name as string } : undefined;
  }

  private sign(...parts: string[]): string {
    return createHmac('sha256', this.secrets.key('download'))
      .update(JSON.stringify(['GET', ...parts]))
      .digest('base64url');
  }
}
