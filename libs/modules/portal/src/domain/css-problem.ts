/** Why a line of a tenant's stylesheet is refused. */
export type CssProblemReason =
  'syntax' | 'escape' | 'nesting' | 'at_rule' | 'selector' | 'property' | 'url' | 'function' | 'animation' | 'depth';

export interface CssProblem {
  /** Counted from 1. */
  line: number;
  reason: CssProblemReason;
  /** What was found there, cut to a few characters. */
  found: string;
}

/** What integrators read; the console has words of its own for each reason. */
export const CSS_PROBLEM_TEXTS: Readonly<Record<CssProblemReason, string>> = {
  syntax: 'this cannot be read as CSS',
  escape: 'a backslash may stand in strings only',
  nesting: 'a rule may not stand in another one',
  at_rule: 'only @media, @supports, @container and @keyframes may be used',
  selector: 'this would reach outside of the page of the portal',
  property: 'this property may not be used',
  url: 'only data: addresses of PNG, JPEG, WebP, GIF or ICO pictures may be used',
  function: 'this function may not be used',
  animation: 'the name of an animation begins with "portal-"',
  depth: 'too many brackets in brackets',
};
