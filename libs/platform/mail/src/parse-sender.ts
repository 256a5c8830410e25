import { emailAddress } from '@balcao/contracts';
import { plainName } from './plain-name.js';

/** Reads MAIL_FROM: "Name <address>" or a bare address. @throws Error naming the variable */
export function parseSender(value: string): { name: string | null; address: string } {
  const [, name, bracketed] = /^([^<>]*)<([^<>]+)>$/.exec(value.trim()) ?? [];
  const typed = (bracketed ?? value).trim();
  // A host of the own network may be a single word.
  const address = emailAddress(typed) ?? (emailAddress(`${typed}.example`) && typed);
  if (address === undefined)
    throw new Error('MAIL_FROM must be an address, or a name and an address in angle brackets');
  return { name: plainName(name), address };
}
