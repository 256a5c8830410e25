import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { ChannelListener, connectionUrls } from '@balcao/platform-database';
import { LOGGER, type Logger } from '@balcao/platform-logging';
import { Database } from '@balcao/platform-tenancy';
import { LiveBus, type AccessChange, type LiveListener, type LiveMessage } from './live-bus.js';

const CHANNEL = 'balcao_live';
/** PostgreSQL carries 7,999 bytes. */
const MOST_BYTES = 7_900;
/** Messages of these milliseconds share a notification. */
const DEBOUNCE_MS = 10;

/** The bus over LISTEN and NOTIFY. It listens, on a connection of its own, only while somebody has subscribed. */
@Injectable()
export class PostgresLiveBus extends LiveBus implements OnApplicationShutdown {
  private readonly listeners = new Set<LiveListener>();
  private waiting: LiveMessage[] = [];
  private flushing: NodeJS.Timeout | undefined;
  private readonly channel: ChannelListener;

  constructor(
    private readonly database: Database,
    config: AppConfig,
    secrets: Secrets,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    super();
    this.channel = new ChannelListener({
      url: connectionUrls(config, secrets).app,
      applicationName: 'balcao-live',
      channel: CHANNEL,
      hear: (payload) => this.hear(payload),
      gap: () => this.listeners.forEach((listener) => listener.gap()),
    });
  }

  override publish(message: LiveMessage): void {
    this.waiting.push(message);
    this.flushing ??= setTimeout(() => this.flush(), DEBOUNCE_MS).unref();
  }

  override subscribe(listener: LiveListener): () => void {
    this.listeners.add(listener);
    this.channel.start();
    return () => this.listeners.delete(listener);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.channel.stop();
  }

  private flush(): void {
    this.flushing = undefined;
    for (const payload of packed(this.waiting.splice(0)))
      this.database
        .notify(CHANNEL, payload)
        .catch((error: unknown) => this.logger.debug({ err: error }, 'live messages are lost'));
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
