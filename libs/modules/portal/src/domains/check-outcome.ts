/** What a claimed domain is for. */
export const DOMAIN_PURPOSES = ['portal', 'mail'] as const;
export type DomainPurpose = (typeof DOMAIN_PURPOSES)[number];

/**
 * What the name servers said of a proof: it is there, it is not, it is at another name, others stand in its place, or it without
 * its beginning, nobody could tell, or it is there but somebody else's is too, who came first.
 */
export const FINDINGS = ['found', 'missing', 'misplaced', 'different', 'unprefixed', 'unreachable', 'taken'] as const;
export type Finding = (typeof FINDINGS)[number];

/** Whether the domain leads to this installation; `partly` where some of its addresses do. */
export const TARGET_FINDINGS = ['here', 'partly', 'elsewhere', 'nothing', 'unreachable'] as const;
export type TargetFinding = (typeof TARGET_FINDINGS)[number];

export const DOMAIN_STATUSES = ['waiting', 'taken', 'verified', 'astray', 'failing', 'lost', 'given_up'] as const;
export type DomainStatus = (typeof DOMAIN_STATUSES)[number];

export interface ClaimState {
  /** Since when an unverified one is looked for: it was claimed, or lost. */
  waitingSince: Date;
  verifiedAt: Date | null;
  /** Since when a verified one lacks its proof. */
  missingSince: Date | null;
  lostAt: Date | null;
  /** Whether a portal's domain leads its visitors here. */
  leadsHere: boolean;
}

/** What somebody is to be told: it went missing, its grace is about to end, it was taken off, or it counts from now on. */
export type Happening = 'verified' | 'missing' | 'ending' | 'lost';

export interface Outcome {
  state: ClaimState;
  /** Null where nobody looks any more. */
  nextCheckAt: Date | null;
  happened?: Happening;
}

/** Of a claim that nobody looked at. */
export const UNSEEN = {
  finding: null,
  found: [],
  targetFinding: null,
  targetFound: [],
  checkedAt: null,
  askedAt: null,
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How long a verified domain stays without its proof, and a proof that of a domain that was given up. */
export const GRACE_MS = 3 * DAY;
/** How long a proof is waited for. */
export const PATIENCE_MS = 14 * DAY;

/** What a look found: at the proof's name and, of a portal's domain, where that leads. */
export interface Look {
  finding: Finding;
  targetFinding: TargetFinding | null;
}

/** What a look at the name servers makes of a claim. That nobody could tell takes nothing away. */
export function outcomeOf(claim: ClaimState, { finding, targetFinding }: Look, now: Date): Outcome {
  const { waitingSince, verifiedAt, missingSince, lostAt } = claim;
  const isKnown = targetFinding !== null && targetFinding !== 'unreachable';
  const leadsHere = isKnown ? targetFinding === 'here' : claim.leadsHere;
  const state = { waitingSince, verifiedAt, missingSince, lostAt, leadsHere };
  const after = (ms: number) => new Date(now.getTime() + ms);
  if (finding === 'found') {
    const verified = { ...state, verifiedAt: verifiedAt ?? now, missingSince: null, lostAt: null };
    const nextCheckAt = after(interval(now.getTime() - verified.verifiedAt.getTime(), leadsHere, targetFinding));
    return { state: verified, nextCheckAt, happened: verifiedAt ? undefined : 'verified' };
  }
  if (!verifiedAt) {
    const waited = now.getTime() - waitingSince.getTime();
    if (waited >= PATIENCE_MS) return { state, nextCheckAt: null };
    return { state, nextCheckAt: after(patience(waited)) };
  }
  if (finding === 'unreachable') return { state, nextCheckAt: after(HOUR) };
  if (!missingSince) return { state: { ...state, missingSince: now }, nextCheckAt: after(HOUR), happened: 'missing' };
  const missing = now.getTime() - missingSince.getTime();
  if (missing >= GRACE_MS) return lost(state, now);
  return { state, nextCheckAt: after(HOUR), happened: missing >= GRACE_MS - DAY ? 'ending' : undefined };
}

/** Without its domain from now on. It comes back by itself if its proof does. */
export function lost({ leadsHere }: ClaimState, now: Date): Outcome {
  return {
    state: { waitingSince: now, verifiedAt: null, missingSince: null, lostAt: now, leadsHere },
    nextCheckAt: new Date(now.getTime() + HOUR),
    happened: 'lost',
  };
}

/** How soon somebody looks again who waits for what others write: often at first. */
const patience = (waited: number) => (waited < DAY ? 5 * MINUTE : HOUR);

/** The same of a proof that stands. A portal's visitors are led to a domain: that it leads elsewhere is to be known within the hour. */
function interval(verifiedFor: number, leadsHere: boolean, targetFinding: TargetFinding | null): number {
  if (targetFinding === null) return DAY;
  return leadsHere ? HOUR : patience(verifiedFor);
}

/** How a claim stands, in one word. */
export function domainStatus(
  claim: ClaimState & { purpose: DomainPurpose; finding: Finding | null; nextCheckAt: Date | null },
): DomainStatus {
  if (claim.verifiedAt && claim.missingSince) return 'failing';
  if (claim.verifiedAt) return claim.purpose === 'mail' || claim.leadsHere ? 'verified' : 'astray';
  if (!claim.nextCheckAt) return 'given_up';
  if (claim.finding === 'taken') return 'taken';
  return claim.lostAt ? 'lost' : 'waiting';
}

/** When a domain is taken off, or a proof is waited for no more, if nothing changes. */
export function endOf(claim: ClaimState & { finding: Finding | null; nextCheckAt: Date | null }): Date | null {
  if (claim.verifiedAt) return claim.missingSince && new Date(claim.missingSince.getTime() + GRACE_MS);
  return claim.nextCheckAt && new Date(claim.waitingSince.getTime() + PATIENCE_MS);
}
