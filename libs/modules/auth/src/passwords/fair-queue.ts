import { DomainError } from '@balcao/platform-errors';

interface Lane {
  /** Those who are served before the others of the lane. */
  first: (() => void)[];
  others: (() => void)[];
}

/** Whose turn some work is taken in. */
export interface Turn {
  /** Work of one lane never makes another lane wait for more than one piece of it at a time. */
  lane: string;
  /** Served before the others of its lane. */
  first?: boolean;
}

interface FairQueueLimits {
  concurrency: number;
  mostWaitingInLane: number;
  mostWaiting: number;
}

/** Shares a scarce resource out between lanes: each is served in turn, however many wait in the others. */
export class FairQueue {
  private running = 0;
  private waiting = 0;
  /** Lanes with work, the next one to be served first. */
  private readonly lanes = new Map<string, Lane>();

  constructor(private readonly limits: FairQueueLimits) {}

  /** Does `work` when its turn comes. @throws DomainError service_unavailable where too much waits */
  async run<Result>({ lane: name, first = false }: Turn, work: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.limits.concurrency) await this.wait(name, first);
    else this.running += 1;
    try {
      return await work();
    } finally {
      this.next();
    }
  }

  private wait(name: string, first: boolean): Promise<void> {
    const lane = this.lanes.get(name) ?? { first: [], others: [] };
    const line = first ? lane.first : lane.others;
    // However many others wait, they leave room for those who are served before them.
    if (line.length >= this.limits.mostWaitingInLane || (!first && this.waiting >= this.limits.mostWaiting)) {
      throw new DomainError('service_unavailable', { retryAfterSeconds: 5 });
    }
    this.lanes.set(name, lane);
    this.waiting += 1;
    return new Promise((begin) => line.push(begin));
  }

  /** Hands the place that has become free to the next lane, which then stands last. */
  private next(): void {
    const [entry] = this.lanes;
    if (!entry) {
      this.running -= 1;
      return;
    }
    const [name, lane] = entry;
    const begin = lane.first.shift() ?? lane.others.shift();
    this.lanes.delete(name);
    if (lane.first.length + lane.others.length > 0) this.lanes.set(name, lane);
    this.waiting -= 1;
    begin!();
  }
}
