import { useLocation } from 'preact-iso';

type Values<Name extends string> = { readonly [Key in Name]?: string | undefined };

/** Parameters that live in the page's address, so that a view can be shared and the back button works. */
export function useAddress<const Name extends string>(
  names: readonly Name[],
): readonly [Values<Name>, (change: Values<Name>) => void] {
  const { path, query, route } = useLocation();
  const values = Object.fromEntries(names.map((name) => [name, query[name]])) as Values<Name>;
  const change = (changed: Values<Name>) => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries<string | undefined>({ ...query, ...changed })) {
      if (value !== undefined && value !== '') next.set(name, value);
    }
    route(next.size === 0 ? path : `${path}?${next.toString()}`);
  };
  return [values, change];
}
