import { parsedUrl } from '@balcao/contracts';

/**
 * An address fit to be opened from a mail.
 * @throws Error for anything but http and https
 */
export function webAddress(url: string): string {
  const parsed = parsedUrl(url);
  if (!parsed || !['http:', 'https:'].includes(parsed.protocol))
    throw new Error('A mail can only link to http and https addresses');
  return parsed.href;
}
