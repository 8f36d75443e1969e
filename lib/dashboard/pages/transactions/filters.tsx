export const FILTERS = [
  'severity',
  'user',
  'category',
  'location',
  'method',
  'min_amount',
  'max_amount',
  'sort',
] as const;

export type FilterValues = { readonly [Name in (typeof FILTERS)[number] | 'show']?: string | undefined };

interface FiltersProps {
  readonly values: FilterValues;
  readonly onChange: (change: FilterValues) => void;
}

const TEXTS = [
  { name: 'user', title: 'User' },
  { name: 'category', title: 'Category' },
  { name: 'location', title: 'Location' },
  { name: 'method', title: 'Payment method' },
] as const;

const SORTS = [
  { value: '', title: 'Newest first' },
  { value: '-amount', title: 'Largest amount' },
  { value: 'amount', title: 'Smallest amount' },
  { value: '-score', title: 'Highest score' },
  { value: 'score', title: 'Lowest score' },
] as const;

/** What is filtered lives in the page's address. */
export function Filters({ values, onChange }: FiltersProps) {
  const change = (name: keyof FilterValues) => (event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement | HTMLSelectElement;
    onChange({ [name]: value.trim() });
  };
  return (
    <search class="filters" aria-label="Filters">
      <label class="field">
        Show
        <select value={values.show ?? ''} onChange={change('show')}>
          <option value="">Anomalies</option>
          <option value="all">All transactions</option>
        </select>
      </label>
      {values.show !== 'all' && (
        <label class="field">
          Severity
          <select value={values.severity ?? ''} onChange={change('severity')}>
            <option value="">Any</option>
            <option value="high">High</option>
            <option value="medium">Medium</option>
            <option value="low">Low</option>
          </select>
        </label>
      )}
      {TEXTS.map(({ name, title }) => (
        <label class="field" key={name}>
          {title}
          <input type="text" value={values[name] ?? ''} onChange={change(name)} autocomplete="off" spellcheck={false} />
        </label>
      ))}
      <label class="field">
        Amount from
        <input type="number" min="0" step="any" value={values.min_amount ?? ''} onChange={change('min_amount')} />
      </label>
      <label class="field">
        to
        <input type="number" min="0" step="any" value={values.max_amount ?? ''} onChange={change('max_amount')} />
      </label>
      <label class="field">
        Sort
        <select value={values.sort ?? ''} onChange={change('sort')}>
          {SORTS.map(({ value, title }) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
