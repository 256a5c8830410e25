import { Injectable } from '@nestjs/common';
import { DomainError } from '@balcao/platform-errors';
import { RateLimiter, countedPlaces } from '@balcao/platform-state';
import { DOUBLING_AT_PORTAL, MOST_DOUBLINGS } from './domain/proof-of-work.js';

const HOUR = 60 * 60;
const DAY = 24 * HOUR;

/** Of each in an hour: from a network, at a portal, about one tax id or signup; of data that are sent, to one address. */
const LIMITS = {
  // Phones share the address of their provider, and whoever mistypes begins again; each costs its sender a riddle.
  begin: { network: 60, portal: 500, subject: 100 },
  submit: { network: 30, portal: 500, subject: 10 },
  email: { network: 20, portal: 500, subject: 5 },
  resend: { network: 20, portal: 500, subject: 5 },
  retry: { network: 20, portal: 500, subject: 6 },
  ask: { network: 10, portal: 100, subject: 5 },
  confirm: { network: 60, portal: 1_000, subject: 10 },
} as const;

/** Of what one network may do about one number in an hour: what is left of its limit is for the company itself. */
const BEGIN_OF_NETWORK_AND_SUBJECT = 10;

/**
 * Mails in a day that one network, and one site, have sent to one address: half at most of what an address gets about signups
 * (`UnprovedRecipients`), so that no single stranger uses that up. And of an organization: an office that is shared signs some
 * thirty companies up in a day, each for two or three mails, while what the organization has takes fifty networks to use up,
 * or thirty-three sites.
 */
const MAILS_OF_NETWORK = { address: { network: 10, site: 12 }, organization: { network: 80, site: 120 } };

/** Mails that a step has sent at most: that data came is told, and then what comes of them. */
const MAILS_OF = { submit: 2, email: 2, resend: 1 } as const;

/**
 * Requests for access to one company in a day, each of which is a mail to its administrators; and what of those comes from one
 * network and one site, below that, so that no stranger keeps the company's people from asking.
 */
const REQUESTS_FOR_ACCESS = { company: 5, network: 3, site: 4 };

export type LimitedStep = keyof typeof LIMITS;

/** Something that is counted at several places, with what each allows in so many seconds. */
interface Count {
  limits: Record<string, number>;
  seconds: number;
  points?: number;
  /** What is said where there is no more of it. */
  code?: 'rate_limited' | 'access_requests_spent';
}

/** Signups that strangers begin and go on with; steps are counted before any work is done for them, mails with what sends them. */
@Injectable()
export class SignupLimits {
  constructor(private readonly limiter: RateLimiter) {}

  /** @throws DomainError rate_limited with the seconds to wait; then nothing was counted */
  async spend(step: LimitedStep, ip: string, portalId: string, subject: string): Promise<void> {
    await this.consume({
      limits: { ...ownOf(step, ip, portalId, subject), ...sharedOf(step, portalId) },
      seconds: HOUR,
    });
  }

  /**
   * The same for a step that may not be allowed as things stand, which `requireAllowed` finds out: it counts of whoever asks
   * all the same, but of nothing that others at the portal have a share in.
   * @throws DomainError rate_limited, whatever `requireAllowed` throws
   */
  async spendOnceAllowed<Result>(
    step: LimitedStep,
    ip: string,
    portalId: string,
    subject: string,
    requireAllowed: () => Result | Promise<Result>,
  ): Promise<Result> {
    const own = ownOf(step, ip, portalId, subject);
    await this.consume({ limits: own, seconds: HOUR });
    const result = await requireAllowed();
    try {
      await this.consume({ limits: sharedOf(step, portalId), seconds: HOUR });
    } catch (error) {
      // As the refusal is for it, whatever becomes of the counts: they end by themselves.
      await Promise.allSettled([this.limiter.giveBack(Object.keys(own))]);
      throw error;
    }
    return result;
  }

  /**
   * Does what sends mails to an address, and counts them. What is refused is not counted, or refused steps would keep the
   * address's owner out: it gives back what was counted.
   * @throws DomainError rate_limited, with nothing done; whatever `work` throws
   */
  async mailing<Result>(
    step: keyof typeof MAILS_OF,
    ip: string,
    organizationId: string,
    email: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { address, organization } = MAILS_OF_NETWORK;
    const ofNetwork = Object.fromEntries(
      placesOf(ip).flatMap(({ place, kind }) => [
        [keyOf('mail', 'ip', place, 'of', organizationId, email), address[kind]],
        [keyOf('mail', 'ip', place, 'organization', organizationId), organization[kind]],
      ]),
    ) as Record<string, number>;
    const counts: Count[] = [{ limits: ofNetwork, seconds: DAY, points: MAILS_OF[step] }];
    // Of what goes on with a signup that is there, each signup has its own.
    if (step === 'submit')
      counts.push({ limits: { [keyOf(step, 'of', organizationId, email)]: LIMITS.submit.subject }, seconds: HOUR });
    return this.counting(counts, work);
  }

  /**
   * Does what sends a request for access to the administrators of a company, and counts it: of somebody at a network one in a
   * day. One that is refused gives back what was counted.
   * @throws DomainError access_requests_spent, with nothing done; whatever `work` throws
   */
  async requesting<Result>(
    ip: string,
    organizationId: string,
    taxId: string,
    email: string,
    work: () => Promise<Result>,
  ): Promise<Result> {
    const { company, ...most } = REQUESTS_FOR_ACCESS;
    const of = ['of', organizationId, taxId];
    const places = placesOf(ip);
    const limits = Object.fromEntries([
      [keyOf('request', ...of), company],
      ...places.map(({ place, kind }) => [keyOf('request', 'ip', place, ...of), most[kind]]),
      [keyOf('request', 'ip', places[0]!.place, ...of, email), 1],
    ]) as Record<string, number>;
    return this.counting([{ limits, seconds: DAY, code: 'access_requests_spent' }], work);
  }

  /** Does what is counted; where it is refused, by a limit or by itself, nothing is. */
  private async counting<Result>(counts: readonly Count[], work: () => Promise<Result>): Promise<Result> {
    const taken: Count[] = [];
    try {
      for (const count of counts) {
        await this.consume(count);
        taken.push(count);
      }
      return await work();
    } catch (error) {
      // What the refusal is for is told, whatever becomes of the counts: they end by themselves.
      await Promise.allSettled(taken.map(({ limits, points }) => this.limiter.giveBack(Object.keys(limits), points)));
      throw error;
    }
  }

  private async consume({ limits, seconds, points = 1, code = 'rate_limited' }: Count): Promise<void> {
    const { allowed, retryAfterSeconds } = await this.limiter.consumeEach(limits, seconds, points);
    if (!allowed) throw new DomainError(code, { retryAfterSeconds });
  }

  /** Uses something up that may be used once in so many seconds. @returns whether it was there to be used */
  async once(key: string, windowSeconds: number): Promise<boolean> {
    return (await this.limiter.consume(keyOf('once', key), { limit: 1, windowSeconds, blockSeconds: 0 })).allowed;
  }

  /**
   * Challenges that were given to a network in the last hour, this one included; and of a portal, in whole doublings, the
   * signups that were begun there: who merely looks at its page makes it harder for nobody else.
   */
  async countChallenge(ip: string, portalId: string): Promise<{ ofNetwork: number; ofPortal: number }> {
    const most = 1_000_000;
    const ofHour = { windowSeconds: HOUR, blockSeconds: 0 };
    const [site] = countedPlaces(ip).slice(-1);
    const doublings = Array.from({ length: MOST_DOUBLINGS }, (_, n) => (n + 1) * DOUBLING_AT_PORTAL);
    const [{ remaining }, ...begun] = await Promise.all([
      this.limiter.consume(keyOf('challenge', 'ip', site!.place), { limit: most, ...ofHour }),
      ...doublings.map((limit) => this.limiter.check(keyOf('begin', 'portal', portalId), { limit, ...ofHour })),
    ]);
    const reached = begun.filter(({ allowed }) => !allowed).length;
    return { ofNetwork: most - remaining, ofPortal: reached * DOUBLING_AT_PORTAL };
  }
}

/** What a step counts of whoever takes it: of the network, of the signup or number, and of both together for a beginning. */
function ownOf(step: LimitedStep, ip: string, portalId: string, subject: string): Record<string, number> {
  const { network, subject: ofSubject } = LIMITS[step];
  const places = countedPlaces(ip);
  return Object.fromEntries([
    ...places.map(({ place, times }) => [keyOf(step, 'ip', place), times * network]),
    [keyOf(step, 'of', portalId, subject), ofSubject],
    ...(step === 'begin' ? places : []).map(({ place, times }) => [
      keyOf(step, 'ip', place, 'of', portalId, subject),
      times * BEGIN_OF_NETWORK_AND_SUBJECT,
    ]),
  ]) as Record<string, number>;
}

const sharedOf = (step: LimitedStep, portalId: string) => ({ [keyOf(step, 'portal', portalId)]: LIMITS[step].portal });

/** Where an address is counted; a site may hold many networks, and is one stranger's all the same. */
const placesOf = (ip: string) =>
  countedPlaces(ip).map(({ place, times }) => ({
    place,
    kind: times === 1 ? ('network' as const) : ('site' as const),
  }));

const keyOf = (...parts: string[]) => JSON.stringify(['signup', ...parts]);
