import { ApiError } from '../api/api-error.js';
import { errorText } from '../api/error-text.js';
import { toast } from './toasts.js';

/** Does something beyond a form and says briefly what came of it: what failed, or `done`. Answers whether it was done. */
export async function attempt(work: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await work();
  } catch (error) {
    const fields = [...fieldTexts(error)];
    toast({ text: fields.length > 0 ? fields.join(' ') : errorText(error), tone: 'danger' });
    return false;
  }
  if (done) toast({ text: done });
  return true;
}

/** What is wrong with single fields, which here stand beside none of them. */
const fieldTexts = (error: unknown) =>
  error instanceof ApiError ? new Set(error.fields.map(({ message }) => message)) : [];
