import { randomUUID } from 'node:crypto';
import {
  Injectable,
  Optional,
  type BeforeApplicationShutdown,
  type MessageEvent,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Observable } from 'rxjs';
import { LIVE_HEARTBEAT_MS } from '@balcao/contracts';
import { Secrets } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { LiveBus, type AccessChange, type LiveMessage } from './live-bus.js';

/** A reader that was away for longer than these last messages reads anew. */
const RING_SIZE = 1_000;
const MOST_OF_A_SESSION = 8;
const MOST_OF_A_PROCESS = 10_000;
const RECHECK_MS = 60_000;
/** Browsers come back after that long, each after another while: a process that stops had thousands of them. */
const RETRY_MS = { least: 1_000, spread: 4_000 };

export interface LiveReader {
  sessionId: string;
  subjectId: string;
  organizationId: string;
  /** The id of what was heard last, where somebody comes back. */
  since?: string;
  mayHear(message: LiveMessage): boolean;
  /** Whether session and rights still are what they were when the stream was opened. */
  stillMay(): Promise<boolean>;
}

type Told = MessageEvent & { id: string };

interface OpenStream extends LiveReader {
  /** Looks under way at whether it may stay; what comes meanwhile waits for them. */
  looks: number;
  waiting: Told[];
  send(event: Told): void;
  end(): void;
}

/** The open pages of this process: each hears what it may, from where it left off, for as long as its session lives. */
@Injectable()
export class LiveStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly open = new Set<OpenStream>();
  /** How many of them each session has. */
  private readonly ofSession = new Map<string, number>();
  private readonly timers: NodeJS.Timeout[] = [];
  private ring: LiveMessage[] = [];
  /** Where this ring begins; changes whenever something may have been missed. */
  private origin: string = randomUUID();
  private stopping = false;

  constructor(
    private readonly bus: LiveBus,
    private readonly secrets: Secrets,
    @Optional() private readonly most: number = MOST_OF_A_PROCESS,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.subscribe({ message: (message) => this.hear(message), gap: () => this.forget() });
    const every = (ms: number, work: () => void) => this.timers.push(setInterval(work, ms).unref());
    every(LIVE_HEARTBEAT_MS, () => this.tellAll('heartbeat'));
    every(RECHECK_MS, () => void this.recheck());
  }

  /** Before the server waits for its connections, which streams would never let go. */
  beforeApplicationShutdown(): void {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
    for (const stream of this.open) stream.end();
  }

  /** @throws DomainError rate_limited where a session has too many open, service_unavailable where the process has */
  stream(reader: LiveReader): Observable<MessageEvent> {
    if ((this.ofSession.get(reader.sessionId) ?? 0) >= MOST_OF_A_SESSION)
      throw new DomainError('rate_limited', { retryAfterSeconds: 30 });
    if (this.stopping || this.open.size >= this.most)
      throw new DomainError('service_unavailable', { retryAfterSeconds: 30 });
    return new Observable((subscriber) => {
      const stream: OpenStream = {
        ...reader,
        looks: 0,
        waiting: [],
        send: ({ id, ...event }) =>
          subscriber.next({ ...event, id: this.secrets.seal(id, sealedFor(reader)).toString('base64url') }),
        end: () => subscriber.complete(),
      };
      const missed = reader.since === undefined ? [] : this.after(this.opened(reader.since, reader));
      // Last, since whoever has its id is thought to have heard all of it.
      for (const message of missed ?? []) if (reader.mayHear(message)) stream.send(told(message));
      const retry = RETRY_MS.least + Math.floor(Math.random() * RETRY_MS.spread);
      stream.send({ type: missed ? 'ready' : 'reset', id: this.newest, data: {}, retry });
      this.open.add(stream);
      this.count(reader.sessionId, 1);
      // What changed after the request was let in and before the stream was among the open ones.
      void this.look(stream);
      return () => {
        this.open.delete(stream);
        this.count(reader.sessionId, -1);
      };
    });
  }

  private count(sessionId: string, more: 1 | -1): void {
    const count = (this.ofSession.get(sessionId) ?? 0) + more;
    if (count > 0) this.ofSession.set(sessionId, count);
    else this.ofSession.delete(sessionId);
  }

  /**
   * Ends the streams whose session has ended or whose rights have changed. Those of the latter come back by themselves.
   * All look in the same turn, so that their look-ups share statements.
   */
  async recheck(concerned: (reader: LiveReader) => boolean = () => true): Promise<void> {
    await Promise.all([...this.open].filter(concerned).map((stream) => this.look(stream)));
  }

  /** Nothing is told to a stream while it is not known whether it may still hear it. */
  private async look(stream: OpenStream): Promise<void> {
    stream.looks += 1;
    const stays = await stream.stillMay().catch(() => true);
    stream.looks -= 1;
    if (!stays) stream.end();
    else if (stream.looks === 0) for (const event of stream.waiting.splice(0)) stream.send(event);
  }

  private get newest(): string {
    return this.ring.at(-1)?.id ?? this.origin;
  }

  private opened(since: string, reader: LiveReader): string | undefined {
    return this.secrets.open(Buffer.from(since, 'base64url'), sealedFor(reader));
  }

  /** What came after a message; undefined where that is not known any more. */
  private after(id: string | undefined): LiveMessage[] | undefined {
    const index = this.ring.findIndex((message) => message.id === id);
    return index < 0 && id !== this.origin ? undefined : this.ring.slice(index + 1);
  }

  private hear(message: LiveMessage | AccessChange): void {
    if (message.name === 'access.changed') {
      const { subjectId, organizationId } = message;
      void this.recheck((stream) => stream.subjectId === subjectId || stream.organizationId === organizationId);
      return;
    }
    this.ring.push(message);
    if (this.ring.length > RING_SIZE) {
      this.ring.shift();
      this.origin = randomUUID();
    }
    for (const stream of this.open) if (stream.mayHear(message)) tell(stream, told(message));
  }

  private forget(): void {
    this.ring = [];
    this.origin = randomUUID();
    this.tellAll('reset');
    void this.recheck();
  }

  private tellAll(type: 'heartbeat' | 'reset'): void {
    for (const stream of this.open) tell(stream, { type, id: this.newest, data: {} });
  }
}

/**
 * Ids are sealed for their reader, and never look alike: what stands at the end of the ring would tell everybody when
 * something happens that they may not hear of.
 */
const sealedFor = ({ subjectId }: LiveReader) => `live:${subjectId}`;

/**
 * In the order in which it happened: whoever has the id of what comes later is thought to have heard all before it, a
 * heartbeat's included.
 */
function tell(stream: OpenStream, event: Told): void {
  if (stream.looks > 0) stream.waiting.push(event);
  else stream.send(event);
}

const told = ({ id, name, ids }: LiveMessage): Told => ({ id, data: { name, ids } });
