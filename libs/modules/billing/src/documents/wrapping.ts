const SEGMENTER = new Intl.Segmenter('pt-BR', { granularity: 'grapheme' });
/** Behind these a word without spaces may be parted: addresses, codes, ranges. */
const JOINT = /[-/.,;:_@?&=)]/;

/** Breaks a text into lines of at most `width`: at spaces, and within words that are longer than a line. */
export function wrapped(text: string, width: number, measure: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => wrappedParagraph(paragraph, width, measure));
}

/** Breaks a text that is one word, with its spaces, anywhere: into as few lines as it takes, of one length. */
export function evenly(text: string, width: number, measure: (text: string) => number): string[] {
  const whole = measure(text);
  const share = whole / Math.ceil(whole / width) + measure('0');
  return partsOf(text, Math.min(width, share), measure, /$^/);
}

function wrappedParagraph(paragraph: string, width: number, measure: (text: string) => number): string[] {
  const whole = paragraph.trimEnd();
  if (measure(whole) <= width) return [whole];
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of whole.split(' ').filter(Boolean)) {
    const wide = measure(word);
    const space = line ? measure(' ') : 0;
    if (used + space + wide <= width) {
      line += (line ? ' ' : '') + word;
      used += space + wide;
      continue;
    }
    if (line) lines.push(line);
    [line, used] = [word, wide];
    if (wide <= width) continue;
    const parts = partsOf(word, width, measure);
    line = parts.pop()!;
    used = measure(line);
    lines.push(...parts);
  }
  return [...lines, line];
}

/** A word that is longer than a line, in parts that are not: behind a joint in their last third, else anywhere. */
function partsOf(word: string, width: number, measure: (text: string) => number, joints = JOINT): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let used = 0;
  for (const { segment } of SEGMENTER.segment(word)) {
    const wide = measure(segment);
    if (part.length > 0 && used + wide > width) {
      const joint = part.findLastIndex((character) => joints.test(character)) + 1;
      const cut = joint > (part.length * 2) / 3 ? joint : part.length;
      parts.push(part.slice(0, cut).join(''));
      part = part.slice(cut);
      used = part.reduce((sum, character) => sum + measure(character), 0);
    }
    part.push(segment);
    used += wide;
  }
  return [...parts, part.join('')];
}
