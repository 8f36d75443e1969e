import { showName, showShare } from '../parts/format.ts';

interface BarsProps {
  readonly items: readonly { readonly name: string; readonly share: number }[];
  /** The one that a transaction is being compared by. */
  readonly marked?: string | undefined;
}

/** Shares, the largest first. */
export function Bars({ items, marked }: BarsProps) {
  return (
    <ul class="bars">
      {items.map(({ name, share }) => (
        <li key={name}>
          <span class={name === marked ? 'flagged' : undefined}>{showName(name)}</span>
          <meter min={0} max={1} value={share} aria-label={`${name}: ${showShare(share)}`} />
          <span class="number quiet">{showShare(share)}</span>
        </li>
      ))}
    </ul>
  );
}
