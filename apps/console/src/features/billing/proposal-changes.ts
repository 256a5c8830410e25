import type { Money } from '@balcao/ui';
import type { SentProposal } from '../../data/proposals.js';

/** What is another than in the version that counts: of a line by what it is called, or of all. */
export interface ProposalChange {
  /** Null for what it comes to. */
  line: string | null;
  /** Null where there was none, or is none any more. */
  before: Money | null;
  after: Money | null;
}

interface Version {
  lines: { description: string; net: Money }[];
  total: Money;
}

/** What a customer would notice between two versions: lines that came, went or cost something else, and the total. */
export function proposalChanges(before: Pick<SentProposal, 'lines' | 'total'>, after: Version): ProposalChange[] {
  const left = before.lines.map(({ description, net }) => ({ description, net }));
  const changes: ProposalChange[] = [];
  for (const { description, net } of after.lines) {
    const place = left.findIndex((line) => line.description === description);
    const [was] = place < 0 ? [] : left.splice(place, 1);
    if (was?.net.amount !== net.amount) changes.push({ line: description, before: was?.net ?? null, after: net });
  }
  changes.push(...left.map(({ description, net }) => ({ line: description, before: net, after: null })));
  if (before.total.amount !== after.total.amount)
    changes.push({ line: null, before: before.total, after: after.total });
  return changes;
}
