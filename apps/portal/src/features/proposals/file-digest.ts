/** Larger ones are no document of ours, and are not read. */
export const LARGEST_FILE = 50 * 1024 * 1024;

/** Whether this browser reckons digests here: on pages that come without https none does. */
export const canDigest = (): boolean => Boolean(globalThis.crypto?.subtle);

/** SHA-256 of a file's bytes, in hexadecimal digits; reckoned here, so that the file goes nowhere. */
export async function fileDigest(file: Blob): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
