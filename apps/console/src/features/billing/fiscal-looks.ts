/** How the status of a fiscal note looks. */
export const FISCAL_LOOKS = {
  authorized: { tone: 'success', icon: 'i-lucide-check' },
  cancelled: { tone: 'neutral', icon: 'i-lucide-ban' },
  replaced: { tone: 'neutral', icon: 'i-lucide-repeat-2' },
} as const;
