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
    <section class="card">
      <div class="card-head">
        <h2>{title}</h2>
        {note !== undefined && <p>{note}</p>}
      </div>
      <div class={flush ? 'card-flush' : 'card-body'}>{children}</div>
    </section>
  );
}

interface PageHeadProps {
  readonly title: string;
  readonly children?: ComponentChildren;
}

export function PageHead({ title, children }: PageHeadProps) {
  return (
    <div class="page-head">
      <div>
        <h1>{title}</h1>
        {children}
      </div>
    </div>
  );
}

interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

export function Figure({ name, value, note }: FigureProps) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>
        {value} {note !== undefined && <small>{note}</small>}
      </dd>
    </div>
  );
}
