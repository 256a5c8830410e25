import { ApiError } from '../api/api-error.js';
import { act } from './act.js';

/**
 * Invites somebody; where an invitation awaits their answer already, offers to send that one again.
 * @returns whether they were invited, rather than sent the invitation again
 */
export async function inviteOrResend(
  email: string,
  invite: () => Promise<unknown>,
  resend: (id: string) => Promise<unknown>,
): Promise<boolean> {
  try {
    await invite();
    return true;
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'invitation_waiting') throw error;
    const again = () => resend(String(error.extra.invitationId));
    if (!(await act('ui.invitation.again', { email }, again, 'primary'))) throw error;
    return false;
  }
}
