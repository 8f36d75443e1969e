import { S3Error } from './s3-error.ts';

export interface XmlElement {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

const TOKEN = /<\?.*?\?>|<!--.*?-->|<(\/?)([^\s<>/!?]+)[^<>]*?(\/?)>|([^<]+)/gsy;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Reads the small documents that clients of S3 send: elements and text. @throws MalformedXML */
export function readXml(source: string): XmlElement {
  const document: XmlElement = { name: '', children: [], text: '' };
  const open = [document];
  let end = 0;
  for (const match of source.matchAll(TOKEN)) {
    end = match.index + match[0].length;
    take(match, open);
  }
  const [root] = document.children;
  if (root === undefined || end !== source.length || open.length > 1) throw new S3Error('MalformedXML');
  return root;
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The text of a child; `''` if there is none. */
export function textOf(element: XmlElement, name: string): string {
  return childOf(element, name)?.text ?? '';
}

function take(match: RegExpMatchArray, open: XmlElement[]): void {
  const [, slash, name, selfClosing, text] = match;
  const parent = open.at(-1);
  if (parent === undefined) throw new S3Error('MalformedXML');
  if (text !== undefined) parent.text += decode(text);
  else if (slash === '/' && (open.pop()?.name !== name || open.length === 0)) throw new S3Error('MalformedXML');
  else if (slash === '' && name !== undefined) {
    const element: XmlElement = { name: withoutPrefix(name), children: [], text: '' };
    parent.children.push(element);
    if (selfClosing !== '/') open.push(element);
  }
}

function withoutPrefix(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function decode(text: string): string {
  return text.replaceAll(/&([#\w]+);/g, (reference, name: string) => {
    const hexadecimal = /^#x([0-9a-f]+)$/i.exec(name)?.[1];
    if (hexadecimal !== undefined) return characterOf(Number.parseInt(hexadecimal, 16));
    const decimal = /^#(\d+)$/.exec(name)?.[1];
    return decimal === undefined ? (ENTITIES[name] ?? reference) : characterOf(Number(decimal));
  });
}

function characterOf(codePoint: number): string {
  if (codePoint > 0x10ffff) throw new S3Error('MalformedXML');
  return String.fromCodePoint(codePoint);
}
