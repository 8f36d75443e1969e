import { styleText } from 'node:util';
import type { Screen } from '../host.ts';

// Not a list of styles: Node 20 shows these also where there is no terminal.
type Style = Exclude<Parameters<typeof styleText>[0], readonly string[]>;

/** Styles text, where the screen is a terminal and the environment (NO_COLOR, FORCE_COLOR) lets us. */
export type Paint = (style: Style, text: string) => string;

export function paintFor(screen: Screen): Paint {
  return (style, text) => styleText(style, text, { stream: screen });
}
