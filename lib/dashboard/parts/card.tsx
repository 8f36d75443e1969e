import type { ComponentChildren } from 'preact';

interface CardProps {
  readonly title: string;
  readonly note?: ComponentChildren;
  /** Lets the content reach to the edges, as tables do. */
  readonly flush?: boolean;
  readonly children: ComponentChildren;
}

export function Card({ title, note, flush = false, children }: CardProps) {
  return (
    <section class="card" aria-label={title}>
      <div class="card-head">
        <h2>{title}</h2>
        {note !== undefined && <p>{note}</p>}
      </div>
      <div class={flush ? 'card-flush' : 'card-body'}>{children}</div>
    </section>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
}

export function Figure({ name, value, note }: FigureProps) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>
        {value}
        <small>{note}</small>
      </dd>
    </div>
  );
}

/** Keeps the place of so many figures. */
export function WaitingFigures({ count }: { readonly count: number }) {
  return (
    <div class="figures" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, figure) => (
        <div class="figure" key={figure}>
          <div class="skeleton-figure" />
        </div>
      ))}
    </div>
  );
}
