import { find } from 'linkifyjs';
import { holdsAddress, nameAsRead } from '@balcao/contracts';

/** Ends that the world's domains do not have, and programs that go by the look of a name take for one. */
const RESERVED = /[\p{L}\p{N}]\.(?:example|invalid|localhost|test|internal|onion)(?![\p{L}\p{M}\p{N}])/iu;

/** Domains that could be, and in a name are abbreviations: "Silva & Cia.Ltda", "Ana Lima, M.Sc", "Ana M.de Souza". */
const ABBREVIATIONS = /^(?:cia\.ltda|m\.sc|\p{L}\.d[eo])$/iu;

/**
 * Whether a mail program would make a link of some part of a name, however its letters and dots are written.
 * @param company companies are called "Loja.com.br", and mails break what is left of a link in a name
 */
export function holdsLink(name: string, company = false): boolean {
  if (holdsAddress(name)) return true;
  const plain = nameAsRead(name);
  return (
    !company &&
    (RESERVED.test(plain) ||
      find(plain).some(({ value, end }) => !ABBREVIATIONS.test(value) && !/^[\p{L}\p{M}]/u.test(plain.slice(end))))
  );
}
