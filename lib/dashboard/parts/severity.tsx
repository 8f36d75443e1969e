import type { StoredTransactionAnswer } from '../../core/api/transactions.ts';

const CLASSES = { high: 'badge badge-high', medium: 'badge badge-medium', low: 'badge' } as const;

export function Severity({ severity }: Pick<StoredTransactionAnswer, 'severity'>) {
  if (severity === undefined) return <span class="quiet">–</span>;
  return <span class={CLASSES[severity]}>{severity}</span>;
}

export function Reasons({ reasons }: Pick<StoredTransactionAnswer, 'reasons'>) {
  return (
    <ul class="reasons">
      {reasons.map(({ kind, text }) => (
        <li key={kind}>{text}</li>
      ))}
    </ul>
  );
}
