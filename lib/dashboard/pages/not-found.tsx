import { PageHead } from '../parts/page-head.tsx';

export function NotFound() {
  return (
    <>
      <PageHead title="There is no such page">
        <p>The address may be mistyped, or what it named is gone.</p>
      </PageHead>
      <p>
        <a class="button" href="/">
          To the overview
        </a>
      </p>
    </>
  );
}
