import { DatabaseClient, KEEP_ALIVE } from './database-client.js';

const RECONNECT_MS = { first: 250, most: 10_000 };
/** A connection that a firewall forgot answers no ping, and is broken soon after. */
const PING_MS = 8_000;

export interface ChannelListenerOptions {
  url: string;
  /** Shown in pg_stat_activity. */
  applicationName: string;
  channel: string;
  hear: (payload?: string) => void;
  /** Called whenever it begins to listen: nobody knows what was said before. */
  gap: () => void;
}

/** Listens to a channel of the database on a connection of its own, and on another when that is lost. */
export class ChannelListener {
  private client: DatabaseClient | undefined;
  private reconnectMs = RECONNECT_MS.first;
  private reconnect: NodeJS.Timeout | undefined;
  private ping: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly options: ChannelListenerOptions) {}

  /** Begins to listen; what it does by now is left alone. */
  start(): void {
    if (!this.client && !this.stopped) this.listen();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.reconnect);
    clearInterval(this.ping);
    await this.client?.end().catch(() => {});
  }

  private listen(): void {
    const client = new DatabaseClient({
      ...KEEP_ALIVE,
      connectionString: this.options.url,
      application_name: this.options.applicationName,
      connectionTimeoutMillis: 5_000,
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
    client.on('notification', ({ payload }) => this.options.hear(payload));
    client
      .connect()
      .then(() => client.query(`listen ${this.options.channel}`))
      .then(() => {
        if (lost || this.stopped) return;
        this.reconnectMs = RECONNECT_MS.first;
        this.ping = setInterval(() => void client.query('select 1').catch(again), PING_MS).unref();
        this.options.gap();
      })
      .catch(again);
  }
}
