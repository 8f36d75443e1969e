interface LabelProps {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  /** Of the drawing: the label stays within. */
  readonly width: number;
  readonly text: string;
}

// Wider than most letters are.
const LETTER = 8.5;

/** A label centred on a place, or at the edge where that would not fit. */
export function LabelAt({ kind, x, y, width, text }: LabelProps) {
  const half = (text.length * LETTER) / 2;
  const { anchor, at } = placeOf({ x, half, width });
  return (
    <text class={kind} x={at} y={y} text-anchor={anchor}>
      {text}
    </text>
  );
}

function placeOf({ x, half, width }: { readonly x: number; readonly half: number; readonly width: number }) {
  if (x < half) return { anchor: 'start', at: 0 } as const;
  if (x > width - half) return { anchor: 'end', at: width } as const;
  return { anchor: 'middle', at: x } as const;
}

/** Says that an axis goes on further away. */
export function AxisGap({ x, y }: { readonly x: number; readonly y: number }) {
  return (
    <g>
      <rect class="axis-gap" x={x - 5} y={y - 3} width={10} height={6} />
      <path class="axis" d={`M${x - 8} ${y + 6}l6 -12M${x + 2} ${y + 6}l6 -12`} />
      <title>The axis is broken here: what follows is further away than it looks</title>
    </g>
  );
}
