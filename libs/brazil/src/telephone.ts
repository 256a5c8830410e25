/** Area codes by their first digit. */
const AREA_CODES = '(?:1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9])';
/** With its area code, of a line that does not move, or of one that does. */
const NATIONAL = new RegExp(`^(${AREA_CODES})([2-5]\\d{3}|9\\d{4})(\\d{4})$`);
/** Dialled alike from everywhere: 0800 and its like, and the four digits of large companies. */
const SERVICE = /^(0[3589]00)(\d{3})(\d{3,4})$/;
const COMPANY = /^(300\d|400\d|4020|4062)(\d{4})$/;
/** As E.164 has it; the shortest ones that are in use have seven digits behind the country's. */
const INTERNATIONAL = /^(?!55)[1-9]\d{7,14}$/;
/** Digits and what people put between them, and an extension. */
const WRITTEN = /^(\+?)([\d\s().\-/\u2010-\u2013]+?)(?:,?\s*(?:ramal|r\.|ext\.?|x)\s*(\d{1,6}))?$/i;

/** Longer ones are looked at no further. */
const LONGEST = 60;

/** Digits behind `+`, and those of a number in Brazil without the 0 before its area code. */
function partsOf(text: string): { country: boolean; digits: string; extension?: string } | undefined {
  const [, plus, written, extension] = (text.length <= LONGEST && WRITTEN.exec(text.trim())) || [];
  if (written === undefined) return undefined;
  const digits = written.replace(/\D/g, '');
  if (plus && digits.startsWith('55')) return { country: true, digits: digits.slice(2), extension };
  if (plus) return { country: true, digits: `+${digits}`, extension };
  return { country: false, digits: SERVICE.test(digits) ? digits : digits.replace(/^0/, ''), extension };
}

/** Whether a text is a telephone that can be called: of Brazil with its area code, or of another country behind a `+`. */
export function isTelephone(text: string): boolean {
  const { country, digits = '' } = partsOf(text) ?? {};
  if (digits.startsWith('+')) return INTERNATIONAL.test(digits.slice(1));
  return NATIONAL.test(digits) || (!country && (SERVICE.test(digits) || COMPANY.test(digits)));
}

/** A telephone of Brazil as people write it, (19) 3555-0142; anything else as it is. */
export function formatTelephone(text: string): string {
  const { country, digits, extension } = partsOf(text) ?? {};
  if (digits === undefined || digits.startsWith('+')) return text;
  const line = NATIONAL.test(digits)
    ? digits.replace(NATIONAL, country ? '+55 $1 $2-$3' : '($1) $2-$3')
    : country
      ? digits
      : digits.replace(SERVICE, '$1 $2 $3').replace(COMPANY, '$1-$2');
  if (line === digits) return text;
  return extension ? `${line}, ramal ${extension}` : line;
}
