/** Texts of values that JSON has no kind for: what is kept is read as it was, amounts and moments too. */
export const pack = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key, given: unknown) {
    // Moments have become texts by the time they come here.
    const own = this[key];
    if (own instanceof Date) return { $moment: own.toISOString() };
    return typeof given === 'bigint' ? { $amount: String(given) } : given;
  });

/** What `pack` has made, read from JSON already. */
export function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (typeof value !== 'object' || value === null) return value;
  const { $moment, $amount } = value as { $moment?: string; $amount?: string };
  if ($moment !== undefined) return new Date($moment);
  if ($amount !== undefined) return BigInt($amount);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, unpack(each)]));
}
