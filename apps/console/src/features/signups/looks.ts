import type { SignupStatus } from '../../data/signups.js';

type Look = { tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info'; icon: string };

export const SIGNUP_LOOKS: Record<SignupStatus, Look> = {
  started: { tone: 'neutral', icon: 'i-lucide-pencil' },
  submitted: { tone: 'info', icon: 'i-lucide-search' },
  in_review: { tone: 'warning', icon: 'i-lucide-hourglass' },
  awaiting_confirmation: { tone: 'info', icon: 'i-lucide-mail' },
  completed: { tone: 'success', icon: 'i-lucide-check' },
  refused: { tone: 'danger', icon: 'i-lucide-ban' },
  withdrawn: { tone: 'neutral', icon: 'i-lucide-undo-2' },
  expired: { tone: 'neutral', icon: 'i-lucide-calendar-x' },
};

/** Of a number that was typed and nothing else: whatever became of it is nobody's business. */
export const TYPED_LOOK: Look = { tone: 'neutral', icon: 'i-lucide-pencil' };
