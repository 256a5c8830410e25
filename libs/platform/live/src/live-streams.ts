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
import { AppConfig, Secrets } from '@balcao/platform-config';
import { DomainError } from '@balcao/platform-errors';
import { LiveBus, type AccessChange, type LiveMessage } from './live-bus.js';

/** A reader that was away for longer than these last messages of its organization reads anew. */
const RING_SIZE = 1_000;
/** What is kept of all organizations together; that goes first which had a message last longest ago. */
const MOST_KEPT = 50_000;
const MOST_OF_A_PERSON = 20;
const MOST_OF_A_PROCESS = 10_000;
/** Of what the customers of an organization may have, those of one account together. */
const PART_OF_AN_ACCOUNT = 0.1;
const RECHECK_MS = 60_000;
/** Browsers come back after that long, each after another while: a process that stops had thousands of them. */
const RETRY_MS = { least: 1_000, spread: 4_000 };
/** One that made room for another page of its person comes back later, or the pages would take turns without end. */
const RETRY_OUTDONE_MS = { least: 40_000, spread: 20_000 };

export interface LiveReader {
  subjectId: string;
  organizationId: string;
  /** Whose customer it is; staff are nobody's. */
  billingAccountId?: string;
  /** The id of what was heard last, where somebody comes back. */
  since?: string;
  /** Whether a message of its organization is for it. */
  mayHear(message: LiveMessage): boolean;
  /** Whether session and rights still are what they were when the stream was opened. */
  stillMay(): Promise<boolean>;
}

type Told = MessageEvent & { id: string };

interface OpenStream extends LiveReader {
  /** Looks under way at whether it may stay; what comes meanwhile waits for them. */
  looks: number;
  waiting: Told[];
  /** The id of what it was told last. */
  last: string;
  send(event: Told): void;
  end(): void;
}

/** What was told of an organization last. */
interface Ring {
  messages: LiveMessage[];
  /** Where it begins; changes whenever something may have been missed. */
  origin: string;
}

/** The open pages of this process: each hears what it may, from where it left off, for as long as its session lives. */
@Injectable()
export class LiveStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly open = new Set<OpenStream>();
  /** Those of a person, an organization, its staff, its customers or an account, the oldest first. */
  private readonly of = new Map<string, Set<OpenStream>>();
  private readonly timers: NodeJS.Timeout[] = [];
  /** By organization; that comes last which had a message last. */
  private readonly rings = new Map<string, Ring>();
  private kept = 0;
  /** Where the rings begin that there are not yet. */
  private origin: string = randomUUID();
  private stopping = false;

  constructor(
    private readonly bus: LiveBus,
    private readonly secrets: Secrets,
    private readonly config: AppConfig,
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

  /**
   * Opens one; where its person has too many already, the oldest of these makes room.
   * @throws DomainError rate_limited where its staff, its customers or one account has too many open, service_unavailable where the process has
   */
  stream(reader: LiveReader): Observable<MessageEvent> {
    if (this.stopping) throw new DomainError('service_unavailable', { retryAfterSeconds: 30 });
    const own = this.openOf(reader.subjectId);
    if (own.size >= MOST_OF_A_PERSON) endOutdone([...own][0]!);
    const shares = sharesOf(reader);
    for (const [id, part] of shares)
      if (this.openOf(id).size >= part * this.config.liveStreamsPerOrganization)
        throw new DomainError('rate_limited', { retryAfterSeconds: 30 });
    if (this.open.size >= this.most) throw new DomainError('service_unavailable', { retryAfterSeconds: 30 });
    return new Observable((subscriber) => {
      const stream: OpenStream = {
        ...reader,
        looks: 0,
        waiting: [],
        last: '',
        send: ({ id, ...event }) => {
          stream.last = id;
          subscriber.next({ ...event, id: this.secrets.seal(id, sealedFor(reader)).toString('base64url') });
        },
        end: () => subscriber.complete(),
      };
      const missed = reader.since === undefined ? [] : this.after(this.opened(reader.since, reader), reader);
      // Last, since whoever has its id is thought to have heard all of it.
      for (const message of missed ?? []) if (reader.mayHear(message)) stream.send(told(message));
      stream.send({ type: missed ? 'ready' : 'reset', id: this.newest(reader), data: {}, retry: someOf(RETRY_MS) });
      const groups = [reader.subjectId, reader.organizationId, ...shares.map(([id]) => id)];
      this.open.add(stream);
      for (const id of groups) this.of.set(id, this.openOf(id).add(stream));
      // What changed after the request was let in and before the stream was among the open ones.
      void this.look(stream);
      return () => {
        this.open.delete(stream);
        for (const id of groups) if (this.openOf(id).delete(stream) && this.openOf(id).size === 0) this.of.delete(id);
      };
    });
  }

  private openOf(id: string | undefined): Set<OpenStream> {
    return this.of.get(id ?? '') ?? new Set();
  }

  /**
   * Ends the streams whose session has ended or whose rights have changed. Those of the latter come back by themselves.
   * All look in the same turn, so that their look-ups share statements.
   */
  async recheck(concerned: Iterable<OpenStream> = this.open): Promise<void> {
    await Promise.all(Array.from(concerned, (stream) => this.look(stream)));
  }

  /** Nothing is told to a stream while it is not known whether it may still hear it. */
  private async look(stream: OpenStream): Promise<void> {
    stream.looks += 1;
    const stays = await stream.stillMay().catch(() => true);
    stream.looks -= 1;
    if (!stays) stream.end();
    else if (stream.looks === 0) for (const event of stream.waiting.splice(0)) stream.send(event);
  }

  private ringOf(organizationId: string): Ring {
    return this.rings.get(organizationId) ?? { messages: [], origin: this.origin };
  }

  private newest({ organizationId }: LiveReader): string {
    const { messages, origin } = this.ringOf(organizationId);
    return messages.at(-1)?.id ?? origin;
  }

  private opened(since: string, reader: LiveReader): string | undefined {
    return this.secrets.open(Buffer.from(since, 'base64url'), sealedFor(reader));
  }

  /** What came after a message; undefined where that is not known any more. */
  private after(id: string | undefined, { organizationId }: LiveReader): LiveMessage[] | undefined {
    const { messages, origin } = this.ringOf(organizationId);
    const index = messages.findIndex((message) => message.id === id);
    return index < 0 && id !== origin ? undefined : messages.slice(index + 1);
  }

  private hear(message: LiveMessage | AccessChange): void {
    if (message.name === 'access.changed') {
      void this.recheck(new Set([...this.openOf(message.subjectId), ...this.openOf(message.organizationId)]));
      return;
    }
    this.keep(message);
    for (const stream of this.openOf(message.organizationId)) if (stream.mayHear(message)) tell(stream, told(message));
  }

  private keep(message: LiveMessage): void {
    const ring = this.ringOf(message.organizationId);
    this.rings.delete(message.organizationId);
    this.rings.set(message.organizationId, ring);
    this.kept += 1;
    if (ring.messages.push(message) > RING_SIZE) {
      ring.messages.shift();
      ring.origin = randomUUID();
      this.kept -= 1;
    }
    if (this.kept <= MOST_KEPT) return;
    const [organizationId, { messages }] = this.rings.entries().next().value!;
    this.rings.delete(organizationId);
    this.kept -= messages.length;
    this.origin = randomUUID();
  }

  private forget(): void {
    this.rings.clear();
    this.kept = 0;
    this.origin = randomUUID();
    this.tellAll('reset');
    void this.recheck();
  }

  private tellAll(type: 'heartbeat' | 'reset'): void {
    for (const stream of this.open) tell(stream, { type, id: this.newest(stream), data: {} });
  }
}

/** Whom it is counted with, and which part of an organization's number these may have: nobody takes the others' place. */
const sharesOf = ({ organizationId, billingAccountId }: LiveReader): [id: string, part: number][] =>
  billingAccountId === undefined
    ? [[`staff:${organizationId}`, 1]]
    : [
        [`customers:${organizationId}`, 1],
        [`account:${billingAccountId}`, PART_OF_AN_ACCOUNT],
      ];

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

/** Its id stays where it was: what waits for a look it has not heard. */
function endOutdone(stream: OpenStream): void {
  stream.send({ type: 'heartbeat', id: stream.last, data: {}, retry: someOf(RETRY_OUTDONE_MS) });
  stream.end();
}

const someOf = ({ least, spread }: { least: number; spread: number }) => least + Math.floor(Math.random() * spread);

const told = ({ id, name, ids }: LiveMessage): Told => ({ id, data: { name, ids } });
