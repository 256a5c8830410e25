import { Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '@balcao/platform-config';

/**
 * What the servers said. `none` is an answer: there is no such name, or it has nothing of the kind. `unreachable` is none:
 * nobody answered, or who did could not tell.
 */
export type DnsAnswer =
  { kind: 'found'; values: string[] } | { kind: 'none' } | { kind: 'unreachable'; reason: string };

/** The first try; each later one waits twice as long. */
const TRY_MS = 1_500;
const TRIES = 3;
/** Bounds the whole of a question, however many servers there are. */
const LONGEST_MS = 12_000;
/** `EBADNAME`: what cannot be a name, and so is none. */
const NO_SUCH_THING = new Set(['ENODATA', 'ENOTFOUND', 'EBADNAME']);
/** More of one name is nobody's good will. */
const MOST_VALUES = 100;
/** What is longer than any record that is read is cut, for whoever has the name decides how long it is. */
const LONGEST_TEXT = 5_000;

/** Asks the servers of DNS_SERVERS, or those of the system. Nothing is kept between two questions. */
@Injectable()
export class DnsClient {
  private readonly servers: string[];

  constructor(config: AppConfig) {
    this.servers = config.dnsServers?.split(',').map((server) => server.trim()) ?? [];
    // What is no address stops the start.
    if (this.servers.length > 0) new Resolver().setServers(this.servers);
  }

  /** Texts of a name, each whole: what the record has in pieces is joined. */
  texts(name: string): Promise<DnsAnswer> {
    return this.ask(async (resolver) =>
      (await resolver.resolveTxt(name)).map((pieces) => pieces.join('').slice(0, LONGEST_TEXT)),
    );
  }

  /** The name that this one stands for. */
  alias(name: string): Promise<DnsAnswer> {
    return this.ask(async (resolver) => (await resolver.resolveCname(name)).map(plain));
  }

  /** Addresses of a name, of both kinds, behind whatever it stands for. */
  async addresses(name: string): Promise<DnsAnswer> {
    const answers = await Promise.all([
      this.ask((resolver) => resolver.resolve4(name)),
      this.ask((resolver) => resolver.resolve6(name)),
    ]);
    const values = answers.flatMap((answer) => (answer.kind === 'found' ? answer.values : []));
    if (values.length > 0) return { kind: 'found', values };
    return answers.find(({ kind }) => kind === 'unreachable') ?? { kind: 'none' };
  }

  private async ask(question: (resolver: Resolver) => Promise<string[]>): Promise<DnsAnswer> {
    const resolver = new Resolver({ timeout: TRY_MS, tries: TRIES });
    if (this.servers.length > 0) resolver.setServers(this.servers);
    const late = setTimeout(() => resolver.cancel(), LONGEST_MS);
    try {
      const values = await question(resolver);
      return values.length === 0 ? { kind: 'none' } : { kind: 'found', values: values.slice(0, MOST_VALUES) };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      return NO_SUCH_THING.has(code) ? { kind: 'none' } : { kind: 'unreachable', reason: code };
    } finally {
      clearTimeout(late);
    }
  }
}

const plain = (name: string) => name.toLowerCase().replace(/\.$/, '');
