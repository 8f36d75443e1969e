import { colour } from '../parts/theme.ts';
import type { Friendship, Layout, Member } from './graph-layout.ts';

interface View {
  x: number;
  y: number;
  scale: number;
}

const NAMED_FROM_SCALE = 1.5;
const MOST_NAMED = 40;
const LARGEST_SCALE = 8;
const SMALLEST_SCALE = 0.05;
// Room for the names.
const MARGIN = 70;
// A member is seen at every scale.
const SMALLEST_ON_SCREEN = 0.7;

/** Draws a network on a canvas: moved, zoomed, and with one member pointed out. */
export class GraphDrawing {
  readonly #canvas: HTMLCanvasElement;
  readonly #layout: Layout;
  readonly #view: View = { x: 0, y: 0, scale: 1 };
  #pointed: Member | undefined;

  constructor(canvas: HTMLCanvasElement, layout: Layout) {
    this.#canvas = canvas;
    this.#layout = layout;
  }

  /** Scales the drawing so that everybody is in it. */
  fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const across = extentOf(this.#layout.members.map(({ x }) => x));
    const down = extentOf(this.#layout.members.map(({ y }) => y));
    const scale = Math.min(1.6, width / (across.length + MARGIN), height / (down.length + MARGIN));
    Object.assign(this.#view, { x: -across.middle * scale, y: -down.middle * scale, scale });
    this.draw();
  }

  move(x: number, y: number): void {
    this.#view.x += x;
    this.#view.y += y;
    this.draw();
  }

  /** Zooms; what is at the given place, counted from the middle of the canvas, stays there. */
  zoom(factor: number, at = { x: 0, y: 0 }): void {
    const before = this.#view.scale;
    const scale = Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, before * factor));
    const change = scale / before;
    this.#view.x = at.x - (at.x - this.#view.x) * change;
    this.#view.y = at.y - (at.y - this.#view.y) * change;
    this.#view.scale = scale;
    this.draw();
  }

  point(member: Member | undefined): void {
    if (member === this.#pointed) return;
    this.#pointed = member;
    this.draw();
  }

  memberAt({ offsetX, offsetY }: Pick<PointerEvent, 'offsetX' | 'offsetY'>): Member | undefined {
    const { clientWidth, clientHeight } = this.#canvas;
    const { x, y, scale } = this.#view;
    const atX = (offsetX - clientWidth / 2 - x) / scale;
    const atY = (offsetY - clientHeight / 2 - y) / scale;
    return this.#layout.members.find((member) => Math.hypot(member.x - atX, member.y - atY) < 11 / Math.min(1, scale));
  }

  draw(): void {
    const canvas = this.#canvas;
    const context = canvas.getContext('2d');
    if (context === null) return;
    const ratio = globalThis.devicePixelRatio;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    context.scale(ratio, ratio);
    context.translate(canvas.clientWidth / 2 + this.#view.x, canvas.clientHeight / 2 + this.#view.y);
    context.scale(this.#view.scale, this.#view.scale);
    const own = this.#layout.friendships.filter((each) => this.#isOfPointed(each));
    this.#drawFriendships(context, this.#layout.friendships, { stroke: colour('--line-strong'), width: 1 });
    this.#drawFriendships(context, own, { stroke: colour('--accent'), width: 2 });
    const friends = new Set(own.flatMap(({ source, target }) => [source, target]));
    for (const member of this.#layout.members) this.#drawMember(context, member, friends.has(member));
  }

  #isOfPointed({ source, target }: Friendship): boolean {
    return this.#pointed !== undefined && (source === this.#pointed || target === this.#pointed);
  }

  #drawFriendships(
    context: CanvasRenderingContext2D,
    friendships: readonly Friendship[],
    { stroke, width }: { readonly stroke: string; readonly width: number },
  ): void {
    context.strokeStyle = stroke;
    context.lineWidth = width / Math.max(0.6, this.#view.scale);
    context.beginPath();
    for (const { source, target } of friendships) {
      context.moveTo(source.x, source.y);
      context.lineTo(target.x, target.y);
    }
    context.stroke();
  }

  #drawMember(context: CanvasRenderingContext2D, member: Member, isFriendOfPointed: boolean): void {
    const colours = [colour('--flag'), colour('--accent'), colour('--text-quiet')];
    const { scale } = this.#view;
    const isPointed = member === this.#pointed;
    context.fillStyle = colours[Math.min(member.degree, 2)] ?? '';
    context.beginPath();
    const radius = ((member.degree === 0 ? 9 : 6) + (isPointed ? 2 : 0)) * Math.max(1, SMALLEST_ON_SCREEN / scale);
    context.arc(member.x, member.y, radius, 0, 2 * Math.PI);
    context.fill();
    context.lineWidth = 1.5;
    context.strokeStyle = colour(isPointed ? '--text' : '--sunken');
    context.stroke();
    const namesAll = this.#layout.members.length <= MOST_NAMED || scale > NAMED_FROM_SCALE;
    if (!namesAll && member.degree > 0 && !isPointed && !isFriendOfPointed) return;
    // As large on the screen at every scale, and readable over lines.
    const size = Math.min(24, 11.5 / Math.min(1.4, scale));
    context.font = `${isPointed || member.degree === 0 ? '600 ' : ''}${size}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.lineWidth = size / 4;
    context.strokeStyle = colour('--sunken');
    context.strokeText(member.user, member.x, member.y + radius + size);
    context.fillStyle = colour('--text');
    context.fillText(member.user, member.x, member.y + radius + size);
  }
}

function extentOf(places: readonly number[]): { readonly middle: number; readonly length: number } {
  const least = Math.min(...places);
  const most = Math.max(...places);
  return { middle: (least + most) / 2, length: most - least };
}
