import { DomainError } from '@balcao/platform-errors';

/** Whose turn some work is taken in. */
export interface Turn {
  /** What has a share of its own: a realm and an organization. */
  lane: string;
  /** The network that asks; one alone never takes a lane, nor several, from the others. */
  network?: string;
  /** Served before the others who have waited as long. */
  first?: boolean;
  /** May take the places that are kept. */
  kept?: boolean;
  /** May have to wait for somebody while it has its place, as a transaction does for rows. */
  holds?: boolean;
  /** What nobody waits for any longer once there is a later one of the same name: the earlier one is refused. */
  latestOf?: string;
}

/** A lane or a network, while something of it is here. */
interface Share {
  /** When it had its last turn; 0 before the first. */
  lastTurn: number;
  /** How much of it is here. */
  present: number;
  /** How much of it has the place that is shared. */
  running: number;
  /** How much of that may wait for somebody meanwhile. */
  holding: number;
}

interface Waiting {
  lane: Share;
  network: Share;
  /** Whether the network is the lane itself. */
  isAlone: boolean;
  first: boolean;
  kept: boolean;
  holds: boolean;
  latestOf: string | undefined;
  /** Smaller for whoever came sooner. */
  arrival: number;
  begin: () => void;
  /** Absent where the work has begun and only lets others have their turn. */
  refuse?: () => void;
}

interface FairQueueLimits {
  concurrency: number;
  mostWaitingInLane: number;
  mostWaiting: number;
  /** How much of one lane runs at once; what is left is there at once for whoever comes of another. */
  concurrencyOfLane?: number;
  /** The same for a network that is not a lane's only one. */
  concurrencyOfNetwork?: number;
  /** The same for what of such a network may wait for somebody, and keeps its places meanwhile. */
  holdingOfNetwork?: number;
  /** So many of all places are for nobody but those whose turn may take them. */
  keptPlaces?: number;
  /** Who has waited for so long is refused. */
  patienceMs?: number;
}

/** One turn of so many goes to those who are not served first before the others, so that nobody waits for ever. */
const TURNS_OF_FIRST = 4;

/**
 * Shares a scarce resource out. Next is whose lane and whose network have both gone without a turn for longest, however
 * many wait in other lanes and of other networks.
 */
export class FairQueue {
  private running = 0;
  private arrivals = 0;
  private turns = 0;
  private readonly waiting: Waiting[] = [];
  private readonly lanes = new Map<string, Share>();
  private readonly networks = new Map<string, Share>();

  constructor(private readonly limits: FairQueueLimits) {}

  /**
   * Does `work` when its turn comes; between its pieces it may give way, and goes on when its turn comes again.
   * @throws DomainError service_unavailable where too much waits
   */
  async run<Result>(
    { lane, network = lane, first = false, kept = false, holds = false, latestOf }: Turn,
    work: (giveWay: () => Promise<void>) => Promise<Result>,
  ): Promise<Result> {
    const own = {
      lane: enter(this.lanes, lane),
      network: enter(this.networks, network),
      isAlone: network === lane,
      first,
      kept,
      holds,
      latestOf,
      arrival: this.arrivals++,
    };
    try {
      await this.begin(own);
      try {
        return await work(() => this.giveWay(own));
      } finally {
        this.next(own);
      }
    } finally {
      leave(this.lanes, lane);
      leave(this.networks, network);
    }
  }

  private begin(own: Omit<Waiting, 'begin'>): Promise<void> {
    if (own.latestOf) this.expel(this.waiting.find(({ latestOf, refuse }) => refuse && latestOf === own.latestOf));
    return new Promise((begin, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const refuse = () => {
        clearTimeout(timer);
        reject(new DomainError('service_unavailable', { retryAfterSeconds: 5 }));
      };
      if (this.hasPlace(own)) {
        this.serve({ ...own, begin });
      } else if (this.hasRoom(own)) {
        const { patienceMs } = this.limits;
        const entry: Waiting = { ...own, begin: () => begin(clearTimeout(timer)), refuse };
        if (patienceMs !== undefined) timer = setTimeout(() => this.expel(entry), patienceMs);
        this.waiting.push(entry);
      } else {
        refuse();
      }
    });
  }

  private giveWay(own: Omit<Waiting, 'begin'>): Promise<void> {
    return new Promise((begin) => {
      this.waiting.push({ ...own, begin });
      this.next(own);
    });
  }

  /** Whether one more may wait; where it is full, whoever came last of the network that has most there makes room. */
  private hasRoom({ lane, network, first }: Omit<Waiting, 'begin'>): boolean {
    const { mostWaitingInLane, mostWaiting } = this.limits;
    if (this.waiting.length < Math.min(mostWaitingInLane, mostWaiting)) return true;
    const inLane = this.waiting.filter((other) => other.lane === lane && other.first === first);
    const others = this.waiting.filter((other) => !other.first);
    // However many others wait, they leave room for those who are served before them.
    const isFull = !first && others.length >= mostWaiting;
    if (inLane.length < mostWaitingInLane && !isFull) return true;
    const crowd = inLane.length < mostWaitingInLane ? others : inLane;
    const sizes = new Map<Share, number>();
    for (const other of crowd) sizes.set(other.network, sizeIn(sizes, other.network) + 1);
    const leaving = foremost(
      crowd.filter(({ refuse }) => refuse),
      (a, b) => sizeIn(sizes, b.network) - sizeIn(sizes, a.network) || b.arrival - a.arrival,
    );
    if (!leaving || sizeIn(sizes, leaving.network) <= sizeIn(sizes, network) + 1) return false;
    this.expel(leaving);
    return true;
  }

  private expel(leaving: Waiting | undefined): void {
    if (!leaving) return;
    this.waiting.splice(this.waiting.indexOf(leaving), 1);
    leaving.refuse?.();
  }

  private hasPlace({ lane, network, isAlone, kept, holds }: Omit<Waiting, 'begin'>): boolean {
    const { concurrency, concurrencyOfLane = Infinity, keptPlaces = 0 } = this.limits;
    const { concurrencyOfNetwork = Infinity, holdingOfNetwork = Infinity } = this.limits;
    return (
      this.running < (kept ? concurrency : concurrency - keptPlaces) &&
      lane.running < concurrencyOfLane &&
      (isAlone || (network.running < concurrencyOfNetwork && !(holds && network.holding >= holdingOfNetwork)))
    );
  }

  /** Hands on what one has left. */
  private next({ lane, network, holds }: Omit<Waiting, 'begin'>): void {
    this.running -= 1;
    lane.running -= 1;
    network.running -= 1;
    network.holding -= Number(holds);
    for (let best = this.best(); best; best = this.best()) {
      this.waiting.splice(this.waiting.indexOf(best), 1);
      this.serve(best);
    }
  }

  private best(): Waiting | undefined {
    // Otherwise all who wait are walked through once more with each turn.
    if (this.running >= this.limits.concurrency) return undefined;
    return foremost(
      this.waiting.filter((one) => this.hasPlace(one)),
      (a, b) => this.compare(a, b),
    );
  }

  private serve({ lane, network, holds, begin }: Waiting): void {
    this.turns += 1;
    this.running += 1;
    lane.running += 1;
    network.running += 1;
    network.holding += Number(holds);
    lane.lastTurn = network.lastTurn = this.turns;
    begin();
  }

  /** Negative where `a` comes before `b`. Whoever is served first is not held up by others of the same network. */
  private compare(a: Waiting, b: Waiting): number {
    const lastTurn = ({ lane, network, first }: Waiting) =>
      first ? lane.lastTurn : Math.max(lane.lastTurn, network.lastTurn);
    const firstLast = this.turns % TURNS_OF_FIRST === TURNS_OF_FIRST - 1 ? -1 : 1;
    return (
      lastTurn(a) - lastTurn(b) ||
      firstLast * (Number(b.first) - Number(a.first)) ||
      a.network.lastTurn - b.network.lastTurn ||
      a.arrival - b.arrival
    );
  }
}

/** A fair queue for each of many keys, while something of it is here: none of them takes what the others share. */
export class FairQueues {
  private readonly queues = new Map<string, { queue: FairQueue; present: number }>();

  constructor(private readonly limits: FairQueueLimits) {}

  /** @throws DomainError service_unavailable where too much of the key waits */
  async run<Result>(key: string, network: string, work: () => Promise<Result>): Promise<Result> {
    const own = this.queues.get(key) ?? { queue: new FairQueue(this.limits), present: 0 };
    this.queues.set(key, own);
    own.present += 1;
    try {
      return await own.queue.run({ lane: '', network }, work);
    } finally {
      own.present -= 1;
      if (own.present === 0) this.queues.delete(key);
    }
  }
}

/** The one that comes first in an order, in one walk: both are asked with each arrival and each turn, however many wait. */
const foremost = <Item>(items: readonly Item[], order: (a: Item, b: Item) => number): Item | undefined =>
  items.reduce<Item | undefined>((first, item) => (first && order(first, item) <= 0 ? first : item), undefined);

const sizeIn = (sizes: ReadonlyMap<Share, number>, one: Share) => sizes.get(one) ?? 0;

function enter(shares: Map<string, Share>, name: string): Share {
  const share = shares.get(name) ?? { lastTurn: 0, present: 0, running: 0, holding: 0 };
  shares.set(name, share);
  share.present += 1;
  return share;
}

function leave(shares: Map<string, Share>, name: string): void {
  const share = shares.get(name)!;
  share.present -= 1;
  if (share.present === 0) shares.delete(name);
}
