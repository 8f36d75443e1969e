import type { StoredTransactionAnswer } from '../../core/api/transactions.ts';

const CLASSES = { high: 'badge badge-high', medium: 'badge badge-medium', low: 'badge' } as const;

/** How far a transaction is from what is usual; nothing for one that is usual. */
export function Severity({ severity }: Pick<StoredTransactionAnswer, 'severity'>) {
  if (severity === undefined) return <span class="quiet">usual</span>;
  return <span class={CLASSES[severity]}>{severity}</span>;
}

export function Reasons({ reasons }: Pick<StoredTransactionAnswer, 'reasons'>) {
  if (reasons.length === 0) return null;
  return (
    <ul class="reasons">
      {reasons.map(({ kind, text }) => (
        <li key={kind}>{text}</li>
      ))}
    </ul>
  );
}
