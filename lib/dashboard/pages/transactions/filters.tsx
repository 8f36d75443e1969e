import { useState } from 'preact/hooks';
import { countFilters, NO_FILTERS, type FilterName, type FilterValues } from './filter-values.ts';

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

const RANGES = [
  { name: 'min_amount', title: 'Amount from' },
  { name: 'max_amount', title: 'Amount to' },
] as const;

const TIMES = [
  { name: 'from', title: 'From' },
  { name: 'to', title: 'To' },
] as const;

/** What is filtered lives in the page's address. */
export function Filters({ values, onChange }: FiltersProps) {
  const change = (name: FilterName | 'show') => (event: Event) => onChange({ [name]: valueOf(event) });
  const set = countFilters(values);
  const [isOpen, setOpen] = useState(false);
  return (
    <search class={isOpen ? 'filters' : 'filters is-folded'} aria-label="Filters">
      <label class="field">
        Show
        <select value={values.show ?? ''} onChange={change('show')}>
          <option value="">Anomalies</option>
          <option value="all">All transactions</option>
        </select>
      </label>
      <button class="unfold" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {isOpen ? 'Fewer filters' : 'More filters'}
      </button>
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
        <label class="field foldable" key={name}>
          {title}
          <input type="text" value={values[name] ?? ''} onChange={change(name)} autocomplete="off" spellcheck={false} />
        </label>
      ))}
      {RANGES.map(({ name, title }) => (
        <label class="field foldable" key={name}>
          {title}
          <input type="number" min="0" step="any" value={values[name] ?? ''} onChange={change(name)} />
        </label>
      ))}
      {TIMES.map(({ name, title }) => (
        <label class="field foldable" key={name}>
          {title}
          <input
            type="datetime-local"
            step="1"
            value={(values[name] ?? '').replace(' ', 'T')}
            onChange={(event) => onChange({ [name]: timestampOf(valueOf(event)) })}
          />
        </label>
      ))}
      {set > 0 && (
        <button type="button" onClick={() => onChange(NO_FILTERS)}>
          Clear {set === 1 ? 'the filter' : `${set} filters`}
        </button>
      )}
    </search>
  );
}

function valueOf(event: Event): string {
  return (event.currentTarget as HTMLInputElement | HTMLSelectElement).value.trim();
}

/** `2026-11-21T10:00` as the API has it. */
function timestampOf(local: string): string {
  const [date, time] = local.split('T');
  if (date === undefined || time === undefined) return '';
  return `${date} ${time.length === 5 ? `${time}:00` : time}`;
}
