import { request, type IncomingMessage } from 'node:http';
import { eventually } from '@balcao/platform-testing';
import type { Visitor } from './visitor.js';

export const LIVE_PATHS = { portal: '/api/v1/portal/live', staff: '/api/v1/admin/live' };

interface Heard {
  id?: string;
  type?: string;
  name?: string;
  ids?: Record<string, string>;
}

/** A page that listens. */
export class Ear {
  readonly heard: Heard[] = [];
  ended = false;

  private constructor(readonly response: IncomingMessage) {
    let rest = '';
    response.setEncoding('utf8');
    response.on('data', (text: string) => {
      const parts = (rest + text).split('\n\n');
      rest = parts.pop()!;
      for (const part of parts) {
        const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(part)?.[1];
        const data = JSON.parse(field('data') ?? '{}') as Pick<Heard, 'name' | 'ids'>;
        const type = field('event');
        // Comes whenever it comes.
        if (type !== 'heartbeat') this.heard.push({ id: field('id'), type, ...data });
      }
    });
    for (const event of ['end', 'close', 'error']) response.on(event, () => (this.ended = true));
  }

  /** Opens a stream at a server, `http://host:port`; `since` is the last message that was heard. */
  static open(address: string, { headers, credentials }: Visitor, path: string, since?: string): Promise<Ear> {
    const all = {
      ...headers,
      ...(credentials.bearer ? { authorization: `Bearer ${credentials.bearer}` } : {}),
      ...(since ? { 'last-event-id': since } : {}),
    };
    return new Promise((resolve, reject) => {
      request(address + path, { headers: all }, (response) => resolve(new Ear(response)))
        .on('error', reject)
        .end();
    });
  }

  get names(): (string | undefined)[] {
    return this.heard.map(({ type, name }) => name ?? type);
  }

  async hears(...names: string[]): Promise<void> {
    await eventually(names.join(', '), () => {
      if (this.names.join() === names.join()) return true;
      throw new Error(`${this.response.statusCode} and ${this.names.join(', ')}`);
    });
  }

  close(): void {
    this.response.destroy();
  }
}
