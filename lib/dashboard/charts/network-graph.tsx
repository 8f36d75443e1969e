import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type SimulationNodeDatum,
} from 'd3-force';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { NeighbourhoodAnswer } from '../../core/api/flagged-purchases.ts';
import { colour, THEME_CHANGED } from '../parts/theme.ts';

interface Member extends SimulationNodeDatum {
  readonly user: string;
  readonly degree: number;
  x: number;
  y: number;
}

interface View {
  x: number;
  y: number;
  scale: number;
}

const MOST_NAMED = 40;

/** A user's network: drawn on a canvas, to be moved by dragging and zoomed by wheel, keys or buttons. */
export function NetworkGraph({ network }: { readonly network: NeighbourhoodAnswer }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pointed, setPointed] = useState<string>();
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const graph = new Graph(canvas.current, network);
    return graph.start((member) => setPointed(member && `User ${member.user}, ${distance(member.degree)}`));
  }, [network]);
  return (
    <div class="network">
      <canvas ref={canvas} tabIndex={0} role="img" aria-label={describe(network)} />
      {pointed !== undefined && <div class="network-name">{pointed}</div>}
    </div>
  );
}

function distance(degree: number): string {
  if (degree === 0) return 'the buyer';
  return degree === 1 ? 'a friend' : `${degree} friendships away`;
}

function describe({ user, members, friendships, degrees }: NeighbourhoodAnswer): string {
  return `User ${user} has ${members.length - 1} people within ${degrees} degrees, with ${friendships.length} friendships between them. Arrow keys move the drawing, plus and minus zoom.`;
}

class Graph {
  readonly #canvas: HTMLCanvasElement;
  readonly #members: Member[];
  readonly #links: { readonly source: Member; readonly target: Member }[];
  readonly #view: View = { x: 0, y: 0, scale: 1 };
  #pointed: Member | undefined;

  constructor(canvas: HTMLCanvasElement, network: NeighbourhoodAnswer) {
    this.#canvas = canvas;
    // Rings by degree to begin with: the forces then need little time, and the same network looks the same again.
    this.#members = network.members.map(({ user, degree }, index) => {
      const angle = index * 2.399963;
      return { user, degree, x: Math.cos(angle) * degree * 90, y: Math.sin(angle) * degree * 90 };
    });
    this.#links = network.friendships.flatMap(([from, to]) => {
      const source = this.#members[from];
      const target = this.#members[to];
      return source && target ? [{ source, target }] : [];
    });
    const [buyer] = this.#members;
    if (buyer !== undefined) Object.assign(buyer, { fx: 0, fy: 0 });
  }

  start(onPointed: (member: Member | undefined) => void): () => void {
    const forces = forceSimulation(this.#members)
      .force('link', forceLink(this.#links).distance(46).strength(0.4))
      .force('apart', forceManyBody().strength(-90))
      .force('collide', forceCollide(9))
      .force('x', forceX(0).strength(0.04))
      .force('y', forceY(0).strength(0.06))
      .stop();
    forces.tick(Math.min(200, 20_000 / Math.max(1, this.#members.length)));
    this.#fit();
    const leaving = new AbortController();
    this.#listen(leaving.signal, onPointed);
    const watcher = new ResizeObserver(() => this.#draw());
    watcher.observe(this.#canvas);
    return () => {
      leaving.abort();
      watcher.disconnect();
    };
  }

  #listen(signal: AbortSignal, onPointed: (member: Member | undefined) => void): void {
    const canvas = this.#canvas;
    canvas.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        this.#zoom(Math.exp(-event.deltaY / 400));
      },
      { signal, passive: false },
    );
    canvas.addEventListener('pointerdown', (event) => canvas.setPointerCapture(event.pointerId), { signal });
    canvas.addEventListener(
      'pointermove',
      (event) => {
        if (event.buttons > 0) this.#move(event.movementX, event.movementY);
        else this.#point(this.#memberAt(event), onPointed);
      },
      { signal },
    );
    canvas.addEventListener('pointerleave', () => this.#point(undefined, onPointed), { signal });
    canvas.addEventListener('keydown', (event) => this.#press(event), { signal });
    document.addEventListener(THEME_CHANGED, () => this.#draw(), { signal });
  }

  #press(event: KeyboardEvent): void {
    const keys: Readonly<Record<string, () => void>> = {
      ArrowLeft: () => this.#move(40, 0),
      ArrowRight: () => this.#move(-40, 0),
      ArrowUp: () => this.#move(0, 40),
      ArrowDown: () => this.#move(0, -40),
      '+': () => this.#zoom(1.25),
      '-': () => this.#zoom(0.8),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  }

  /** Scales the drawing so that everybody is in it. */
  #fit(): void {
    const reach = Math.max(60, ...this.#members.map(({ x, y }) => Math.max(Math.abs(x) * 0.6, Math.abs(y))));
    this.#view.scale = Math.min(1.4, this.#canvas.clientHeight / 2 / (reach + 24));
    this.#draw();
  }

  #move(x: number, y: number): void {
    this.#view.x += x;
    this.#view.y += y;
    this.#draw();
  }

  #zoom(factor: number): void {
    this.#view.scale = Math.min(8, Math.max(0.05, this.#view.scale * factor));
    this.#draw();
  }

  #point(member: Member | undefined, onPointed: (member: Member | undefined) => void): void {
    if (member === this.#pointed) return;
    this.#pointed = member;
    onPointed(member);
    this.#draw();
  }

  #memberAt({ offsetX, offsetY }: PointerEvent): Member | undefined {
    const { clientWidth, clientHeight } = this.#canvas;
    const { x, y, scale } = this.#view;
    const atX = (offsetX - clientWidth / 2 - x) / scale;
    const atY = (offsetY - clientHeight / 2 - y) / scale;
    return this.#members.find((member) => Math.hypot(member.x - atX, member.y - atY) < 10 / Math.min(1, scale));
  }

  #draw(): void {
    const canvas = this.#canvas;
    const context = canvas.getContext('2d');
    if (context === null) return;
    const ratio = globalThis.devicePixelRatio;
    canvas.width = canvas.clientWidth * ratio;
    canvas.height = canvas.clientHeight * ratio;
    context.scale(ratio, ratio);
    context.translate(canvas.clientWidth / 2 + this.#view.x, canvas.clientHeight / 2 + this.#view.y);
    context.scale(this.#view.scale, this.#view.scale);
    this.#drawLinks(context);
    this.#drawMembers(context);
  }

  #drawLinks(context: CanvasRenderingContext2D): void {
    context.strokeStyle = colour('--line-strong');
    context.lineWidth = 1 / Math.max(0.5, this.#view.scale);
    context.beginPath();
    for (const { source, target } of this.#links) {
      context.moveTo(source.x, source.y);
      context.lineTo(target.x, target.y);
    }
    context.stroke();
  }

  #drawMembers(context: CanvasRenderingContext2D): void {
    const colours = [colour('--flag'), colour('--accent'), colour('--text-quiet')];
    const named = this.#members.length <= MOST_NAMED || this.#view.scale > 1.6;
    context.font = '11px system-ui, sans-serif';
    context.textAlign = 'center';
    for (const member of this.#members) {
      context.fillStyle = colours[Math.min(member.degree, 2)] ?? '';
      context.beginPath();
      context.arc(member.x, member.y, member.degree === 0 ? 9 : 6, 0, 2 * Math.PI);
      context.fill();
      if (!named && member.degree > 0 && member !== this.#pointed) continue;
      context.fillStyle = colour('--text');
      context.fillText(member.user, member.x, member.y + 20);
    }
  }
}
