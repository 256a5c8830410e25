/** What was said and what became of it, oldest first; of two things at one moment what was said comes first. */
export function interleaved<Comment extends { createdAt: string }, Event extends { createdAt: string }>(
  comments: readonly Comment[],
  history: readonly Event[],
): ({ comment: Comment; event?: undefined } | { event: Event; comment?: undefined })[] {
  const all = [...comments.map((comment) => ({ comment })), ...history.map((event) => ({ event }))];
  const timeOf = (item: (typeof all)[number]) =>
    Date.parse('comment' in item ? item.comment.createdAt : item.event.createdAt);
  return all.sort((a, b) => timeOf(a) - timeOf(b));
}

const ICONS: Record<string, string> = {
  taken: 'i-lucide-user',
  assigned: 'i-lucide-user',
  unassigned: 'i-lucide-users',
  priority: 'i-lucide-signal',
  type: 'i-lucide-tag',
  resolved: 'i-lucide-check',
  closed: 'i-lucide-lock',
};

/** The mark of a line of the history. */
export const historyIcon = ({ kind, to }: { kind: string; to: string | null }): string =>
  ICONS[kind] ?? ICONS[to ?? ''] ?? 'i-lucide-clock';
