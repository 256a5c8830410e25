/**
 * What the name servers said of a proof: it is there, it is not, others stand in its place, nobody could tell, or it is
 * there but somebody else's is too, who came first.
 */
export const FINDINGS = ['found', 'missing', 'different', 'unreachable', 'taken'] as const;
export type Finding = (typeof FINDINGS)[number];

/** Whether the domain leads to this installation. */
export const TARGET_FINDINGS = ['here', 'elsewhere', 'nothing', 'unreachable'] as const;
export type TargetFinding = (typeof TARGET_FINDINGS)[number];

export const DOMAIN_STATUSES = ['waiting', 'taken', 'verified', 'failing', 'lost', 'given_up'] as const;
export type DomainStatus = (typeof DOMAIN_STATUSES)[number];

export interface ClaimState {
  /** Since when an unverified one is looked for: it was claimed, or lost. */
  waitingSince: Date;
  verifiedAt: Date | null;
  /** Since when a verified one lacks its proof. */
  missingSince: Date | null;
  lostAt: Date | null;
}

/** What somebody is to be told: it went missing, its grace is about to end, it was taken off, or it counts from now on. */
export type Happening = 'verified' | 'missing' | 'ending' | 'lost';

export interface Outcome {
  state: ClaimState;
  /** Null where nobody looks any more. */
  nextCheckAt: Date | null;
  happened?: Happening;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How long a verified domain stays without its proof. */
export const GRACE_MS = 3 * DAY;
/** How long a proof is waited for. */
export const PATIENCE_MS = 14 * DAY;

/** What a look at the name servers makes of a claim. That nobody could tell takes nothing away. */
export function outcomeOf(claim: ClaimState, finding: Finding, now: Date): Outcome {
  const { waitingSince, verifiedAt, missingSince, lostAt } = claim;
  const state = { waitingSince, verifiedAt, missingSince, lostAt };
  const after = (ms: number) => new Date(now.getTime() + ms);
  if (finding === 'found') {
    const verified = { ...state, verifiedAt: verifiedAt ?? now, missingSince: null, lostAt: null };
    return { state: verified, nextCheckAt: after(DAY), happened: verifiedAt ? undefined : 'verified' };
  }
  if (!verifiedAt) {
    const waited = now.getTime() - waitingSince.getTime();
    if (waited >= PATIENCE_MS) return { state, nextCheckAt: null };
    return { state, nextCheckAt: after(waited < DAY ? 5 * MINUTE : HOUR) };
  }
  if (finding === 'unreachable') return { state, nextCheckAt: after(HOUR) };
  if (!missingSince) return { state: { ...state, missingSince: now }, nextCheckAt: after(HOUR), happened: 'missing' };
  const missing = now.getTime() - missingSince.getTime();
  if (missing >= GRACE_MS) return lost(now);
  return { state, nextCheckAt: after(HOUR), happened: missing >= GRACE_MS - DAY ? 'ending' : undefined };
}

/** Without its domain from now on. It comes back by itself if its proof does. */
export function lost(now: Date): Outcome {
  return {
    state: { waitingSince: now, verifiedAt: null, missingSince: null, lostAt: now },
    nextCheckAt: new Date(now.getTime() + HOUR),
    happened: 'lost',
  };
}

/** How a claim stands, in one word. */
export function domainStatus(claim: ClaimState & { finding: Finding | null; nextCheckAt: Date | null }): DomainStatus {
  if (claim.verifiedAt) return claim.missingSince ? 'failing' : 'verified';
  if (!claim.nextCheckAt) return 'given_up';
  if (claim.finding === 'taken') return 'taken';
  return claim.lostAt ? 'lost' : 'waiting';
}

/** When a domain is taken off, or a proof is waited for no more, if nothing changes. */
export function endOf(claim: ClaimState & { finding: Finding | null; nextCheckAt: Date | null }): Date | null {
  if (claim.verifiedAt) return claim.missingSince && new Date(claim.missingSince.getTime() + GRACE_MS);
  return claim.nextCheckAt && new Date(claim.waitingSince.getTime() + PATIENCE_MS);
}
