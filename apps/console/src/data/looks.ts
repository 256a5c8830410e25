import type { StaffMember, UserStatus, Visibility } from './types.js';

type Look = { tone: 'neutral' | 'success' | 'warning' | 'danger' | 'info'; icon: string };

// One state looks the same wherever it is met.
const active: Look = { tone: 'success', icon: 'i-lucide-check' };
const invited: Look = { tone: 'info', icon: 'i-lucide-mail' };
const expired: Look = { tone: 'warning', icon: 'i-lucide-calendar-x' };
const suspended: Look = { tone: 'neutral', icon: 'i-lucide-ban' };
const locked: Look = { tone: 'warning', icon: 'i-lucide-lock' };

export const USER_LOOKS: Record<UserStatus, Look> = {
  active,
  pending_verification: { tone: 'info', icon: 'i-lucide-mail' },
  pending_invitation: invited,
  suspended,
  locked,
};

export const STAFF_LOOKS = { active, pending_invitation: invited, expired, suspended, locked };

/** A colleague's state, with that of the invitation while nobody has accepted it. */
export const staffState = ({ invitation, status }: Pick<StaffMember, 'status' | 'invitation'>) =>
  invitation?.expired ? 'expired' : status;

export const VISIBILITY_LOOKS: Record<Visibility, Look> = {
  draft: { tone: 'neutral', icon: 'i-lucide-pencil' },
  internal: { tone: 'warning', icon: 'i-lucide-lock' },
  portal: { tone: 'success', icon: 'i-lucide-user-check' },
  public: { tone: 'success', icon: 'i-lucide-globe' },
};
