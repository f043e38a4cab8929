/** References that come with every network's record: drawn once where the records agree, else once for each network. */
import type { Reference } from "./curve.ts";

/**
 * The references of labelled records.
 *
 * @param value - a record's reference; null where it has none
 * @returns one without an owner where all are equal, else those of every network, named after it and in its colour
 */
export function sharedReference<Labelled extends { readonly label: string }>(
  networks: readonly Labelled[],
  { label, kind }: Pick<Reference, "label" | "kind">,
  value: (network: Labelled) => Reference["value"] | null,
): Reference[] {
  const own = networks.flatMap((network) => {
    const found = value(network);
    return found === null ? [] : [{ owner: network.label, value: found }];
  });
  const texts = new Set(own.map((reference) => JSON.stringify(reference.value)));
  if (own.length > 0 && texts.size === 1) return [{ label, kind, value: own[0]!.value }];
  return own.map(({ owner, value }) => ({ label: `${label}, as ${owner}`, kind, value, of: owner }));
}
