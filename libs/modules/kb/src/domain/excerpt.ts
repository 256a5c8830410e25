const LONGEST = 200;
/** A sentence that ends before this says too little. */
const SHORTEST = 60;

/** The beginning of a text, up to the end of a sentence, or else of a word. */
export function excerptOf(text: string, longest = LONGEST): string {
  if (text.length <= longest) return text;
  const beginning = text.slice(0, longest + 1);
  const sentence = beginning.match(/^.*[.!?…]["”’)\]]*(?=\s)/s)?.[0] ?? '';
  if (sentence.length >= SHORTEST) return sentence;
  const space = beginning.lastIndexOf(' ');
  return `${beginning
    .slice(0, space > 0 ? space : longest)
    .toWellFormed()
    .replace(/[\s,;:(–—-]+$/, '')} …`;
}
