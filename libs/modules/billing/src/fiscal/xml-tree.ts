import { SaxesParser } from 'saxes';

/** Of a file that somebody else wrote: in bytes, elements, of elements in elements, and of attributes of one. */
export const LARGEST_XML = 1024 * 1024;
const MOST_ELEMENTS = 20_000;
const DEEPEST = 40;
const MOST_ATTRIBUTES = 20;
const MOST_NAMESPACES = 10;

/** An element of the namespace that was asked for; those of other namespaces are left out, with what is in them. */
export interface XmlElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: XmlElement[];
  text: string;
}

/** What is no XML that is read here: `broken` is not well-formed or not in UTF-8, `unsafe` declares or asks for too much. */
export class XmlRefusal extends Error {
  constructor(readonly reason: 'broken' | 'unsafe') {
    super(`The XML is ${reason}`);
  }
}

/**
 * Reads a file as what stands in it and nothing else: it has no document type and so no entities of its own, asks for no other
 * file, and has an end. What is not of `namespace` (a signature) is left out.
 * @throws XmlRefusal
 */
export function readXml(file: Uint8Array, namespace: string): XmlElement {
  if (file.length > LARGEST_XML) throw new XmlRefusal('unsafe');
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' };
  const open: (XmlElement | undefined)[] = [top];
  let elements = 0;
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (reason: XmlRefusal['reason']) => {
    throw new XmlRefusal(reason);
  };
  parser.on('error', () => refuse('broken'));
  parser.on('doctype', () => refuse('unsafe'));
  parser.on('processinginstruction', () => refuse('unsafe'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding && !/^utf-?8$/i.test(encoding)) refuse('broken');
  });
  parser.on('opentag', ({ local, uri, attributes, ns }) => {
    elements += 1;
    const own = Object.values(attributes);
    if (elements > MOST_ELEMENTS || open.length > DEEPEST || own.length > MOST_ATTRIBUTES) refuse('unsafe');
    if (Object.keys(ns).length > MOST_NAMESPACES) refuse('unsafe');
    const parent = open.at(-1);
    const element =
      uri === namespace && parent
        ? {
            name: local,
            attributes: Object.fromEntries(
              own.filter((each) => each.uri === '').map((each) => [each.local, each.value]),
            ),
            children: [],
            text: '',
          }
        : undefined;
    if (element) parent!.children.push(element);
    open.push(element);
  });
  const say = (text: string) => {
    const element = open.at(-1);
    if (element && element !== top) element.text += text;
  };
  parser.on('text', say);
  parser.on('cdata', say);
  parser.on('closetag', () => void open.pop());
  parser.write(utf8(file)).close();
  return top.children[0] ?? top;
}

function utf8(file: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    throw new XmlRefusal('broken');
  }
}

/** The element that a path leads to: `infDPS/toma`. */
export function elementAt(from: XmlElement | undefined, path: string): XmlElement | undefined {
  return path
    .split('/')
    .reduce<XmlElement | undefined>((at, name) => at?.children.find((child) => child.name === name), from);
}

/** What the first of these paths that says something says, without the spaces around it; undefined where none does. */
export function textAt(from: XmlElement | undefined, ...paths: string[]): string | undefined {
  for (const path of paths) {
    const text = elementAt(from, path)?.text.trim();
    if (text) return text;
  }
  return undefined;
}
