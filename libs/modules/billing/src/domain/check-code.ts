/** An alphabet that nobody confuses when reading aloud: no 0, 1, I, L, O. */
const CHECK_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const LENGTH = 8;
const HALF = LENGTH / 2;

/** A code by which anybody can ask whether a bill is genuine: eight letters and digits, from eight random bytes. */
export function checkCodeOf(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, LENGTH), (byte) => CHECK_LETTERS[byte % CHECK_LETTERS.length]!).join('');
}

/** As it is printed: who reads it aloud pauses in its middle. */
export const printedCheckCode = (code: string): string => `${code.slice(0, HALF)}-${code.slice(HALF)}`;

/** The code that a text is, whatever stands between its characters; undefined where it is none. */
export function readCheckCode(text: string): string | undefined {
  const code = text.replace(/[\s.-]/g, '').toUpperCase();
  return code.length === LENGTH && [...code].every((letter) => CHECK_LETTERS.includes(letter)) ? code : undefined;
}
