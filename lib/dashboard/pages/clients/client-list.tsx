import type { ClientAnswer } from '../../../core/api/clients.ts';
import { showAge, showNumberOf } from '../../parts/format.ts';
import { linkToClient } from '../../parts/links.ts';

export function ClientList({ items }: { readonly items: readonly ClientAnswer[] }) {
  return (
    <ul class="feed">
      {items.map((client) => (
        <li key={client.client_id}>
          <a href={linkToClient(client.client_id)} class="feed-line">
            <span class="feed-title">
              <span class={client.active ? 'dot dot-on' : 'dot'} aria-hidden="true" />
              {client.client_id}
            </span>
            <span class="quiet small">
              {showNumberOf(client.points, 'point')}, {showNumberOf(client.alerts, 'alert')}
              {client.active ? '' : `, ${client.last_seen === '' ? 'gone' : `left ${showAge(client.last_seen)}`}`}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
