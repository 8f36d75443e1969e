import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { NeighbourhoodAnswer } from '../../core/api/flagged-purchases.ts';
import { THEME_CHANGED } from '../parts/theme.ts';
import { GraphDrawing } from './graph-drawing.ts';
import { layOut, type Member } from './graph-layout.ts';

const STEP = 40;
const ZOOM = 1.3;

const KEYS: Readonly<Record<string, (drawing: GraphDrawing) => void>> = {
  ArrowLeft: (drawing) => drawing.move(STEP, 0),
  ArrowRight: (drawing) => drawing.move(-STEP, 0),
  ArrowUp: (drawing) => drawing.move(0, STEP),
  ArrowDown: (drawing) => drawing.move(0, -STEP),
  '+': (drawing) => drawing.zoom(ZOOM),
  '=': (drawing) => drawing.zoom(ZOOM),
  '-': (drawing) => drawing.zoom(1 / ZOOM),
  '0': (drawing) => drawing.fit(),
};

const BUTTONS = [
  { sign: '+', name: 'Zoom in', act: (drawing: GraphDrawing) => drawing.zoom(ZOOM) },
  { sign: '−', name: 'Zoom out', act: (drawing: GraphDrawing) => drawing.zoom(1 / ZOOM) },
  { sign: '⤢', name: 'Show everybody', act: (drawing: GraphDrawing) => drawing.fit() },
] as const;

/** A user's network: moved by dragging, zoomed by wheel, keys or buttons; everybody is in a list below, too. */
export function NetworkGraph({ network }: { readonly network: NeighbourhoodAnswer }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawing = useRef<GraphDrawing>(undefined);
  const layout = useMemo(() => layOut(network), [network]);
  const [pointed, setPointed] = useState<Member>();
  const point = (member: Member | undefined): void => {
    drawing.current?.point(member);
    setPointed(member);
  };
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const graph = new GraphDrawing(canvas.current, layout);
    drawing.current = graph;
    graph.fit();
    return listen(canvas.current, graph, point);
  }, [layout]);
  return (
    <div class="network">
      <div class="network-frame">
        <canvas ref={canvas} tabIndex={0} role="img" aria-label={describe(network)} />
        <div class="network-buttons">
          {BUTTONS.map(({ sign, name, act }) => (
            <button
              key={name}
              type="button"
              aria-label={name}
              title={name}
              onClick={() => drawing.current && act(drawing.current)}
            >
              {sign}
            </button>
          ))}
        </div>
        {pointed !== undefined && (
          <p class="network-name">
            User <strong>{pointed.user}</strong>, {distance(pointed.degree)}
          </p>
        )}
      </div>
      <Members members={layout.members} onPoint={point} />
    </div>
  );
}

interface MembersProps {
  readonly members: readonly Member[];
  readonly onPoint: (member: Member | undefined) => void;
}

function Members({ members, onPoint }: MembersProps) {
  return (
    <ul class="members" aria-label="Members of the network, nearest first" tabIndex={0}>
      {members.map((member) => (
        <li
          key={member.user}
          class={MEMBER_CLASSES[Math.min(member.degree, 2)]}
          onPointerEnter={() => onPoint(member)}
          onPointerLeave={() => onPoint(undefined)}
        >
          {member.user}
          <span class="visually-hidden">, {distance(member.degree)}</span>
        </li>
      ))}
    </ul>
  );
}

const MEMBER_CLASSES = ['is-buyer', 'is-friend', undefined] as const;

function distance(degree: number): string {
  if (degree === 0) return 'the buyer';
  return degree === 1 ? 'a friend' : `${degree} friendships away`;
}

function describe({ user, members, friendships, degrees }: NeighbourhoodAnswer): string {
  return `User ${user} has ${members.length - 1} people within ${degrees} degrees, with ${friendships.length} friendships between them. Arrow keys move the drawing, plus and minus zoom, zero shows everybody.`;
}

function listen(canvas: HTMLCanvasElement, drawing: GraphDrawing, point: (member?: Member) => void): () => void {
  const leaving = new AbortController();
  const { signal } = leaving;
  canvas.addEventListener('wheel', (event) => zoomByWheel(event, canvas, drawing), { signal, passive: false });
  canvas.addEventListener('pointerdown', ({ pointerId }) => canvas.setPointerCapture(pointerId), { signal });
  canvas.addEventListener(
    'pointermove',
    (event) => {
      if (event.buttons > 0) drawing.move(event.movementX, event.movementY);
      else point(drawing.memberAt(event));
    },
    { signal },
  );
  // A tap points, too.
  canvas.addEventListener('click', (event) => point(drawing.memberAt(event)), { signal });
  canvas.addEventListener('pointerleave', () => point(undefined), { signal });
  canvas.addEventListener(
    'keydown',
    (event) => {
      const act = KEYS[event.key];
      if (act === undefined || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      act(drawing);
    },
    { signal },
  );
  document.addEventListener(THEME_CHANGED, () => drawing.draw(), { signal });
  const watcher = new ResizeObserver(() => drawing.fit());
  watcher.observe(canvas);
  return () => {
    leaving.abort();
    watcher.disconnect();
  };
}

/** A wheel scrolls the page, until the drawing was chosen; pinching on a touchpad, which comes as Ctrl, always zooms. */
function zoomByWheel(event: WheelEvent, canvas: HTMLCanvasElement, drawing: GraphDrawing): void {
  if (!event.ctrlKey && document.activeElement !== canvas) return;
  event.preventDefault();
  const at = { x: event.offsetX - canvas.clientWidth / 2, y: event.offsetY - canvas.clientHeight / 2 };
  drawing.zoom(Math.exp(-event.deltaY / 400), at);
}
