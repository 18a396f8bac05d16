import { factsOf, typeOf } from "../../../constructs/report/type-facts";
import { type Stack, standInAddress } from "../../../scripts/engine/stand-in";

/** Addresses of the stand-ins of what holds data in a stack. */
export const dataAddresses = (stack: Stack): readonly string[] =>
  Object.entries(stack.resource ?? {}).flatMap(([type, blocks]) =>
    Object.keys(blocks).flatMap((name) => {
      const address = `${type}.${name}`;
      const { holds } = factsOf(typeOf({ type, before: null, after: blocks[name] })) ?? {};
      return holds === undefined ? [] : [standInAddress(address)];
    }),
  );

/** Where an address is in a stack that moves some: itself, or where a block says. */
export const movedTo = (stack: Stack, address: string): string =>
  (stack.moved ?? [])
    .map(({ from, to }) => ({ from: standInAddress(from), to: standInAddress(to) }))
    .find(({ from }) => from === address)?.to ?? address;
