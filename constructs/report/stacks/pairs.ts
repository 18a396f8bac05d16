import type { WrittenResource, WrittenStack } from "./read-stack";

/** A resource as it was written and as it is. */
export interface Pair {
  /** `undefined`: there was none. */
  readonly was?: WrittenResource;
  /** `undefined`: there is none any more. */
  readonly is?: WrittenResource;
  /** Address that it had, where it is moved. */
  readonly movedFrom?: string;
  /** What it is taken in by, where there was none. */
  readonly importedBy?: string;
  /** Whether it leaves the state and goes on existing. */
  readonly isForgotten?: true;
}

/** Resources of two stacks by their addresses, as `moved`, `removed` and `import` say. */
export function pairsOf(base: WrittenStack, head: WrittenStack): Pair[] {
  const moves = movesOf(base, head);
  const from = new Map([...moves].map(([was, is]) => [is, was]));
  const gone = [...base.resources.values()].filter(
    ({ address }) => !head.resources.has(address) && !moves.has(address),
  );
  return [
    ...[...head.resources.values()].map((is): Pair => {
      const movedFrom = from.get(is.address);
      const was = base.resources.get(movedFrom ?? is.address);
      const importedBy = was === undefined ? head.imports.get(is.address) : undefined;
      return {
        is,
        ...(was !== undefined && { was }),
        ...(movedFrom !== undefined && { movedFrom }),
        ...(importedBy !== undefined && { importedBy }),
      };
    }),
    ...gone.map(
      (was): Pair => ({
        was,
        ...((head.forgotten.has(was.address) || head.forgotten.has(was.of)) && { isForgotten: true }),
      }),
    ),
  ];
}

/** Where each address that is moved goes: one by one, as a move may be followed by another. */
function movesOf(base: WrittenStack, head: WrittenStack): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const ways = new Map<string, { readonly from: string; readonly length: number }>();
  for (const { address, of } of base.resources.values()) {
    if (head.resources.has(address)) continue;
    const key = address.slice(of.length);
    let here = { of, key };
    let length = 0;
    // A chain of moves is no longer than the list.
    for (let left = head.moved.length; left > 0; left--) {
      const next = head.moved.find(({ from }) => from === here.of || from === `${here.of}${here.key}`);
      if (next === undefined) break;
      length += 1;
      const isWhole = next.from === here.of && !/\]$/.test(next.to);
      here = isWhole ? { of: next.to, key: here.key } : parted(next.to);
    }
    const to = `${here.of}${here.key}`;
    if (to === address || !head.resources.has(to) || base.resources.has(to)) continue;
    // Of two that would be one, the nearer is: the other has no place to go to.
    const other = ways.get(to);
    if (other !== undefined && other.length <= length) continue;
    if (other !== undefined) found.delete(other.from);
    ways.set(to, { from: address, length });
    found.set(address, to);
  }
  return found;
}

function parted(address: string): { readonly of: string; readonly key: string } {
  const at = address.indexOf("[");
  return at < 0 ? { of: address, key: "" } : { of: address.slice(0, at), key: address.slice(at) };
}
