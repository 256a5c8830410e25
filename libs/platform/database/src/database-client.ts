import type { Socket } from 'node:net';
import pg from 'pg';

/** Milliseconds on top of what the server allows a statement, after which its silence means that nobody is there. */
const SLACK_MS = 5_000;
/** Where no limit of statements is given, as for migrations. */
const STATEMENT_MS = 10_000;

/** What every connection has in common: probes find a peer that is gone while nothing is asked. */
export const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/** Limits of a pool whose connections may die without a word. `Client` gives up those that no longer answer. */
export function poolLimits(statementTimeoutMs: number) {
  return {
    ...KEEP_ALIVE,
    Client: DatabaseClient as unknown as new () => pg.ClientBase,
    statement_timeout: statementTimeoutMs,
    idleTimeoutMillis: Math.min(30_000, statementTimeoutMs),
    // After a failover nobody stays for ever with a server that has become a replica.
    maxLifetimeSeconds: 30 * 60,
  };
}

/**
 * A connection that breaks when the server has said nothing for longer than it allows a statement. pg's own
 * `query_timeout` would leave it open and its pool would lend it out again; a broken one is replaced.
 */
export class DatabaseClient extends pg.Client {
  constructor(config: pg.ClientConfig = {}) {
    super(config);
    // Its loss is noticed by whoever uses it, and is no error of the process.
    this.on('error', () => {});
    const silenceMs = (Number(config.statement_timeout) || STATEMENT_MS) + SLACK_MS;
    this.once('connect', () => {
      // Not before: TLS has replaced the socket by now.
      const stream = this.connection.stream as Socket;
      stream.setTimeout(silenceMs, () =>
        stream.destroy(Object.assign(new Error('Connection terminated: the server is silent'), { code: 'ETIMEDOUT' })),
      );
    });
  }
}
