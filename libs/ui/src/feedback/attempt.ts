import { errorText } from '../api/error-text.js';
import { toast } from './toasts.js';

/** Does something beyond a form and says briefly what came of it: what failed, or `done`. Answers whether it was done. */
export async function attempt(work: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await work();
  } catch (error) {
    toast({ text: errorText(error), tone: 'danger' });
    return false;
  }
  if (done) toast({ text: done });
  return true;
}
