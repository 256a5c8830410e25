/** What the page came with so that nobody asks for it, by name; once, since what is asked for again has to be new. */
export function given<Answer>(name: string): Answer | undefined {
  const block = document.querySelector(`script[type="application/json"]#${name}`);
  block?.remove();
  return block ? (JSON.parse(block.textContent) as Answer) : undefined;
}
