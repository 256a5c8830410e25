import { randomUUID } from 'node:crypto';
import {
  Injectable,
  Optional,
  type BeforeApplicationShutdown,
  type MessageEvent,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Observable } from 'rxjs';
import { DomainError } from '@balcao/platform-errors';
import { LiveBus, type AccessChange, type LiveMessage } from './live-bus.js';

/** A reader that was away for longer than these last messages reads anew. */
const RING_SIZE = 1_000;
const MOST_OF_A_SESSION = 8;
const MOST_OF_A_PROCESS = 10_000;
const HEARTBEAT_MS = 25_000;
const RECHECK_MS = 60_000;

export interface LiveReader {
  sessionId: string;
  subjectId: string;
  organizationId: string;
  /** The last message that was heard, where somebody comes back. */
  since?: string;
  mayHear(message: LiveMessage): boolean;
  /** Whether session and rights still are what they were when the stream was opened. */
  stillMay(): Promise<boolean>;
}

interface OpenStream extends LiveReader {
  /** Looks under way at whether it may stay; what comes meanwhile waits for them. */
  looks: number;
  waiting: MessageEvent[];
  send(event: MessageEvent): void;
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
    @Optional() private readonly most: number = MOST_OF_A_PROCESS,
  ) {}

  onApplicationBootstrap(): void {
    this.bus.subscribe({ message: (message) => this.hear(message), gap: () => this.forget() });
    const every = (ms: number, work: () => void) => this.timers.push(setInterval(work, ms).unref());
    every(HEARTBEAT_MS, () => this.open.forEach((stream) => tell(stream, { comment: '', id: this.newest } as never)));
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
        send: (event) => subscriber.next(event),
        end: () => subscriber.complete(),
      };
      const missed = this.since(reader.since);
      // Last, since whoever has its id is thought to have heard all of it.
      for (const message of missed ?? []) if (reader.mayHear(message)) stream.send(told(message));
      stream.send({ type: missed ? 'ready' : 'reset', id: this.newest, data: {}, retry: 2_000 });
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

  /** What came after a message; undefined where that is not known any more. Who comes for the first time missed nothing. */
  private since(id: string | undefined): LiveMessage[] | undefined {
    if (id === undefined) return [];
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
    for (const stream of this.open) tell(stream, { type: 'reset', id: this.origin, data: {} });
    void this.recheck();
  }
}

/**
 * In the order in which it happened: whoever has the id of what comes later is thought to have heard all before it, a
 * heartbeat's included.
 */
function tell(stream: OpenStream, event: MessageEvent): void {
  if (stream.looks > 0) stream.waiting.push(event);
  else stream.send(event);
}

const told = ({ id, name, ids }: LiveMessage): MessageEvent => ({ id, data: { name, ids } });
