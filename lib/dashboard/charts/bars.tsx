import { showName, showShare } from '../parts/format.ts';

interface BarsProps {
  readonly items: readonly { readonly name: string; readonly share: number }[];
  /** What a transaction is compared by; it may be none of the items. */
  readonly marked?: string | undefined;
  /** Whether that is why it is anomalous. */
  readonly isUnusual?: boolean;
}

/** Shares, the largest first. */
export function Bars({ items, marked, isUnusual = false }: BarsProps) {
  const isKnown = marked === undefined || items.some(({ name }) => name === marked);
  const shown = isKnown ? items : [...items, { name: marked, share: 0 }];
  if (shown.length === 0) return <p class="quiet">Nothing is known yet.</p>;
  return (
    <ul class="bars">
      {shown.map(({ name, share }) => (
        <li key={name} class={name === marked ? markOf(isUnusual) : undefined}>
          <span class="bars-name" title={name}>
            {showName(name)}
          </span>
          <meter min={0} max={1} value={share} aria-label={`${name}: ${showShare(share)}`} />
          <span class="number">{showShare(share)}</span>
          {name === marked && <small>this transaction</small>}
        </li>
      ))}
    </ul>
  );
}

function markOf(isUnusual: boolean): string {
  return isUnusual ? 'is-unusual' : 'is-compared';
}
