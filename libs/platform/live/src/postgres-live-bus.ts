import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import pg from 'pg';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { connectionUrls } from '@balcao/platform-database';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { LiveBus, type AccessChange, type LiveListener, type LiveMessage } from './live-bus.js';

const CHANNEL = 'balcao_live';
/** PostgreSQL carries 7,999 bytes. */
const MOST_BYTES = 7_900;
/** Messages of these milliseconds share a notification. */
const DEBOUNCE_MS = 10;
const RECONNECT_MS = { first: 250, most: 10_000 };
/** A connection that a firewall forgot answers no ping. */
const PING_MS = 30_000;

/** The bus over LISTEN and NOTIFY. It listens, on a connection of its own, only while somebody has subscribed. */
@Injectable()
export class PostgresLiveBus extends LiveBus implements OnApplicationShutdown {
  private readonly listeners = new Set<LiveListener>();
  private waiting: LiveMessage[] = [];
  private flushing: NodeJS.Timeout | undefined;
  private client: pg.Client | undefined;
  private reconnectMs = RECONNECT_MS.first;
  private reconnect: NodeJS.Timeout | undefined;
  private ping: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly config: AppConfig,
    private readonly secrets: Secrets,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
  }

  override publish(message: LiveMessage): void {
    this.waiting.push(message);
    this.flushing ??= setTimeout(() => this.flush(), DEBOUNCE_MS).unref();
  }

  override subscribe(listener: LiveListener): () => void {
    this.listeners.add(listener);
    if (!this.client && !this.reconnect) this.listen();
    return () => this.listeners.delete(listener);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnect);
    clearInterval(this.ping);
    await this.client?.end().catch(() => {});
  }

  private flush(): void {
    this.flushing = undefined;
    for (const payload of packed(this.waiting.splice(0)))
      this.database
        .notify(CHANNEL, payload)
        .catch((error: unknown) => this.logger.debug({ err: error }, 'live messages are lost'));
  }

  private listen(): void {
    if (this.stopped) return;
    const client = new pg.Client({
      connectionString: connectionUrls(this.config, this.secrets).app,
      application_name: 'balcao-live',
      keepAlive: true,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    this.client = client;
    let lost = false;
    const again = () => {
      if (lost || this.stopped) return;
      lost = true;
      clearInterval(this.ping);
      client.end().catch(() => {});
      this.reconnect = setTimeout(() => this.listen(), this.reconnectMs).unref();
      this.reconnectMs = Math.min(this.reconnectMs * 2, RECONNECT_MS.most);
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => this.hear(payload));
    client
      .connect()
      .then(() => client.query(`listen ${CHANNEL}`))
      .then(() => {
        this.reconnectMs = RECONNECT_MS.first;
        this.ping = setInterval(() => void client.query('select 1').catch(again), PING_MS).unref();
        // Nobody knows what was said before somebody listened.
        for (const listener of this.listeners) listener.gap();
      })
      .catch(again);
  }

  private hear(payload = '[]'): void {
    for (const message of JSON.parse(payload) as (LiveMessage | AccessChange)[])
      for (const listener of this.listeners) listener.message(message);
  }
}

/** As few payloads as hold all messages. */
export function packed(messages: readonly LiveMessage[]): string[] {
  const payloads: string[] = [];
  let part = '';
  for (const text of messages.map((message) => JSON.stringify(message))) {
    // Ids and names are ASCII: as many bytes as characters.
    if (part && part.length + text.length + 3 > MOST_BYTES) {
      payloads.push(`[${part}]`);
      part = '';
    }
    part += part ? `,${text}` : text;
  }
  return part ? [...payloads, `[${part}]`] : payloads;
}
