export interface MarkedPart {
  text: string;
  marked: boolean;
}

/** Splits `a <mark>b</mark> c` at its marks; any other markup stays text. */
export function markedParts(text: string): MarkedPart[] {
  return text
    .split(/(<mark>.*?<\/mark>)/gs)
    .filter((part) => part !== '')
    .map((part) => {
      const marked = part.startsWith('<mark>') && part.endsWith('</mark>');
      return { text: marked ? part.slice('<mark>'.length, -'</mark>'.length) : part, marked };
    });
}
