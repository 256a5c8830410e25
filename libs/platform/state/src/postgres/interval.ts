/** PostgreSQL's text for a length of time given in milliseconds. */
export function interval(milliseconds: number): string {
  return `${Math.round(milliseconds)} milliseconds`;
}
