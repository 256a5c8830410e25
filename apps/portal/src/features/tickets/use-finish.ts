import { errorText, toast } from '@balcao/ui';
import { useFinishTicket } from '../../data/tickets.js';

export type Ending = 'close' | 'reopen';

/** Ends a ticket, or takes it up again and says what failed. */
export function useFinish(id: () => string) {
  const { mutateAsync, isPending: busy, variables: running } = useFinishTicket(id);

  /** @returns whether it was done */
  async function finish(wanted: Ending): Promise<boolean> {
    try {
      await mutateAsync(wanted);
      return true;
    } catch (error) {
      toast({ text: errorText(error), tone: 'danger' });
      return false;
    }
  }

  return { finish, busy, running };
}
