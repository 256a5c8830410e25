import { initialsOf } from '@balcao/contracts';

/**
 * Letters and digits of the font files that icons are written with (`draw-icons.ts`), narrower than those have them: what the
 * font lacks is drawn as an empty box, and the canvas does not tell.
 */
const WRITTEN = /[0-9A-Za-zÀ-ÖØ-öø-ɏḀ-ẟỲ-ỿ]/;

/** The initials of a name as an icon can show them, those of what it can write of it where it cannot show all; else none. */
export function iconInitials(name: string): string {
  const initials = initialsOf(name);
  if ([...initials].every((letter) => WRITTEN.test(letter))) return initials;
  const writable = Array.from(name.normalize(), (letter) => (WRITTEN.test(letter) ? letter : ' ')).join('');
  // A few small letters have a capital only with a mark of its own.
  return initialsOf(writable).replace(/\p{M}/gu, '');
}
