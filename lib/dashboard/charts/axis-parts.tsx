interface LabelProps {
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  /** Of the drawing: the label stays within. */
  readonly width: number;
  readonly text: string;
}

// About as wide as a letter is.
const LETTER = 7.2;

/** A label centred on a place, moved as far as the edges need. */
export function LabelAt({ kind, x, y, width, text }: LabelProps) {
  const half = (text.length * LETTER) / 2;
  const middle = Math.min(Math.max(x, half), Math.max(half, width - half));
  return (
    <text class={kind} x={middle} y={y} text-anchor="middle">
      {text}
    </text>
  );
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
