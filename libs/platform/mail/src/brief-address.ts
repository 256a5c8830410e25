/**
 * An e-mail address that anybody may have typed, as mails to others say it. What stands before its @ may look like an address of
 * the web up to a sign that addresses of people hardly have (`www.evil.example?x=1@a.example`): around those it is taken apart, so
 * that what is left before the last of them is no word with an @, and the layout breaks its dots.
 */
export const briefAddress = (email: string): string => email.replace(/[^\p{L}\p{N}@._+-]+/gu, ' $& ').trim();
