import { Empty } from '../parts/states.tsx';

export function NotFound() {
  return (
    <Empty title="There is no such page">
      <a class="button" href="/">
        To the overview
      </a>
    </Empty>
  );
}
