import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { ChannelListener, connectionUrls } from '@balcao/platform-database';
import { Database } from '@balcao/platform-tenancy';
import { LiveBus, type AccessChange, type LiveListener, type LiveMessage } from './live-bus.js';

const CHANNEL = 'balcao_live';

/** The bus over LISTEN and NOTIFY. It listens, on a connection of its own, only while somebody has subscribed. */
@Injectable()
export class PostgresLiveBus extends LiveBus implements OnApplicationShutdown {
  private readonly listeners = new Set<LiveListener>();
  private readonly channel: ChannelListener;

  constructor(
    private readonly database: Database,
    config: AppConfig,
    secrets: Secrets,
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
    this.database.notify(CHANNEL, JSON.stringify([message]));
  }

  override subscribe(listener: LiveListener): () => void {
    this.listeners.add(listener);
    this.channel.start();
    return () => this.listeners.delete(listener);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.channel.stop();
  }

  private hear(payload = '[]'): void {
    for (const message of JSON.parse(payload) as (LiveMessage | AccessChange)[])
      for (const listener of this.listeners) listener.message(message);
  }
}
