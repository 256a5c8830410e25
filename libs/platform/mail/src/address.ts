/**
 * The addresses that we send to: RFC 5321 §4.1.2 without quoted local parts and address literals, at most 254
 * octets (§4.5.3.1.3). Neither spaces nor control characters fit, so an address cannot carry a header.
 */
const ADDRESS =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\u00a1-\u{10ffff}-]{1,64}@(?=.{1,253}$)[A-Za-z0-9\u00a1-\u{10ffff}](?:[A-Za-z0-9.\u00a1-\u{10ffff}-]*[A-Za-z0-9\u00a1-\u{10ffff}])?$/u;

/** Whether a mail can be addressed to `value`. */
export function isMailAddress(value: string): boolean {
  return value.isWellFormed() && ADDRESS.test(value) && Buffer.byteLength(value) <= 254 && !value.includes('..');
}

/** A person's name fit for a header: one line, without control characters, at most 200 characters. */
export function plainName(name: string | null | undefined): string | null {
  const plain = name
    ?.toWellFormed()
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim()
    .slice(0, 200)
    .toWellFormed();
  return plain ? plain : null;
}
