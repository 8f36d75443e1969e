type XmlContent = string | number | boolean | readonly XmlNode[];
/** An element: its name, and its text or its elements. */
export type XmlNode = readonly [name: string, content: XmlContent];

const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** A document; what is undefined is left out. */
export function xmlDocument(name: string, nodes: readonly (XmlNode | undefined)[]): string {
  const content = nodes.filter((node) => node !== undefined).map(elementOf);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${NAMESPACE}">${content.join('')}</${name}>`;
}

/** Errors alone stand in no namespace. */
export function xmlError(nodes: readonly XmlNode[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${elementOf(['Error', nodes])}`;
}

/** The element, unless it has no content. */
export function optional(name: string, content: string | number | undefined): XmlNode | undefined {
  return content === undefined ? undefined : [name, content];
}

function elementOf([name, content]: XmlNode): string {
  const inner = Array.isArray(content) ? content.map(elementOf).join('') : escapeText(String(content));
  return `<${name}>${inner}</${name}>`;
}

// eslint-disable-next-line no-control-regex -- keys may hold control characters; only as references do they get through XML
const SPECIAL = /[&<>"\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g;

function escapeText(text: string): string {
  return text.replaceAll(SPECIAL, (character) => `&#${character.charCodeAt(0)};`);
}
