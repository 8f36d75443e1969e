import { useAnswer } from '../../data/use-answer.ts';

interface PurchaseFiltersProps {
  readonly network: string | undefined;
  readonly user: string | undefined;
  readonly onChange: (change: { network?: string; user?: string; open?: undefined }) => void;
}

/** By network and buyer; in the page's address. */
export function PurchaseFilters({ network = '', user = '', onChange }: PurchaseFiltersProps) {
  const [networks] = useAnswer({ route: 'networks' });
  const known = networks.state === 'ready' ? networks.value.items.map((each) => each.network) : [];
  const names = known.includes(network) || network === '' ? known : [network, ...known];
  return (
    <search class="filters" aria-label="Filters">
      <label class="field">
        Network
        <select value={network} onChange={(event) => onChange({ network: valueOf(event), open: undefined })}>
          <option value="">All networks</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        Buyer
        <input
          type="text"
          value={user}
          autocomplete="off"
          spellcheck={false}
          onChange={(event) => onChange({ user: valueOf(event), open: undefined })}
        />
      </label>
      {(network !== '' || user !== '') && (
        <button type="button" onClick={() => onChange({ network: '', user: '', open: undefined })}>
          Clear filters
        </button>
      )}
    </search>
  );
}

function valueOf(event: Event): string {
  return (event.currentTarget as HTMLInputElement | HTMLSelectElement).value.trim();
}
