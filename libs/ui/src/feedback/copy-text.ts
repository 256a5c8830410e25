import { translate } from '../i18n/i18n.js';
import { toast } from './toasts.js';

/**
 * Puts a text on the clipboard and says so. Browsers have none for pages without TLS, or where somebody forbade it: then it says
 * what to do instead.
 */
export async function copyText(text: string, done = translate('ui.copy.done')): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ text: done });
  } catch {
    toast({ text: translate('ui.copy.failed'), tone: 'danger' });
  }
}
