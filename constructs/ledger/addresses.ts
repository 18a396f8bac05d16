import { own } from "../model/own";

/*
 * Addresses that hold data, as a list that is kept beside the program. A state records the same by name, and is the truth; this list is there before
 * any state is asked, so that an edit which would lose an address fails where the edit is made.
 */

/** Addresses of one stack that hold data. */
export interface StackData {
  /** Whether a plan alone may delete nothing of it. */
  readonly protected: boolean;
  /**
   * What each is of, in the words of `drops`: `orders-db`, `backend/uploads`, `orders-db/copies`. What all of a stack share is of the
   * stack: `application`, `cluster`, `platform`, `state`.
   */
  readonly addresses: Readonly<Record<string, string>>;
}

/** The list, by the names of stacks. */
export type DataList = Readonly<Record<string, StackData>>;

/** The stacks as they are now, and what may go of each. */
export interface DataNow {
  /** Those that have an address. */
  readonly list: DataList;
  /** Words of every stack, also of one without an address: that is a stack all the same. */
  readonly drops: Readonly<Record<string, readonly string[]>>;
  /** What becomes of addresses by blocks of the stack: what `moved` takes where, and what `removed` leaves. @default - none is moved or left */
  readonly blocks?: Readonly<Record<string, DataBlocks>>;
}

/** What blocks of a stack say of addresses. */
export interface DataBlocks {
  readonly moved: Readonly<Record<string, string>>;
  readonly left: readonly string[];
}

/** A way in which the list is not what the stacks have. */
export interface DataProblem {
  readonly stack: string;
  /** Absent where it is about the whole stack. */
  readonly address?: string;
  /** What is so, in a sentence without a full stop. */
  readonly says: string;
  /** What to do, in the same form. */
  readonly fix: string;
  /** Whether data would be lost: the list is not written anew then. */
  readonly isLoss: boolean;
}

/**
 * All in which a list and the stacks differ, in the order of stacks and addresses. What goes of a stack that is not protected, or is
 * named in its `drops`, is no loss.
 */
export function dataProblems(kept: DataList, now: DataNow): readonly DataProblem[] {
  const stacks = [...new Set([...Object.keys(kept), ...Object.keys(now.list)])].sort();
  return stacks.flatMap((stack) => {
    const before = own(kept, stack);
    const isStack = own(now.drops, stack) !== undefined;
    const is = own(now.list, stack) ?? (isStack && before !== undefined ? { ...before, addresses: {} } : undefined);
    if (is === undefined) return before === undefined ? [] : [goneStack(stack, before)];
    if (before === undefined) return [outdated(stack, "is a stack that the list does not have")];
    return inStack({ stack, before, is, drops: own(now.drops, stack) ?? [], blocks: own(now.blocks ?? {}, stack) });
  });
}

function inStack(both: Omit<Lost, "address">): DataProblem[] {
  const { stack, before, is } = both;
  const gone = Object.keys(before.addresses).filter((address) => !Object.hasOwn(is.addresses, address));
  const come = Object.keys(is.addresses).filter((address) => !Object.hasOwn(before.addresses, address));
  return [
    ...gone.map((address) => lost({ ...both, address })),
    ...come.map((address) => outdated(stack, "holds data, and the list does not have it", address)),
    ...(before.protected === is.protected
      ? []
      : [
          outdated(
            stack,
            `is ${is.protected ? "" : "not "}protected, and is ${before.protected ? "" : "not "}in the list`,
          ),
        ]),
  ];
}

function outdated(stack: string, says: string, address?: string): DataProblem {
  return {
    ...{ stack, says, isLoss: false },
    ...(address !== undefined && { address }),
    fix: "write the list anew, and commit it",
  };
}

function goneStack(stack: string, { protected: isProtected, addresses }: StackData): DataProblem {
  const count = Object.keys(addresses).length;
  return {
    ...{ stack, isLoss: isProtected && count > 0 },
    says: `is in the list with ${count} ${count === 1 ? "address" : "addresses"}, and is no stack any more: what it has stays where it is, and nobody sees it`,
    fix: "put its environment or application back under that name, or take it down from the last commit that has it and its entry out of the list",
  };
}

interface Lost {
  readonly stack: string;
  readonly address: string;
  readonly before: StackData;
  readonly is: StackData;
  readonly drops: readonly string[];
  readonly blocks: DataBlocks | undefined;
}

function lost({ stack, address, before, is, drops, blocks = { moved: {}, left: [] } }: Lost): DataProblem {
  const of = before.addresses[address] ?? "";
  const moved = movedTo(address, blocks.moved);
  // Where it goes has to hold data, and to have been nothing before: two never come to be one.
  if (moved !== undefined && Object.hasOwn(is.addresses, moved) && !Object.hasOwn(before.addresses, moved))
    return outdated(stack, `held data, and is ${moved} now`, address);
  if ([address, withoutKey(address)].some((one) => blocks.left.includes(one)))
    return outdated(stack, "held data, and is left where it is, in no state", address);
  if (!before.protected) return outdated(stack, "held data, and is gone: its stack is not protected", address);
  if (mayGo(of, before, drops))
    return outdated(stack, `held data, and may go: drops names ${drops.join(", ")}`, address);
  const [type = ""] = address.split(".");
  const other = Object.entries(is.addresses).find(
    ([one, its]) => its === of && one.startsWith(`${type}.`) && !Object.hasOwn(before.addresses, one),
  );
  const at = { stack, address, isLoss: true };
  if (other !== undefined) {
    return {
      ...at,
      says: `holds data (${of}), and has another address now: a plan would make it anew, empty`,
      fix: `put back what its address is made of, or say that it is the same: moved { from = ${address}, to = ${other[0]} }`,
    };
  }
  return {
    ...at,
    says: `holds data (${of}), and is in no stack any more: a plan would delete it`,
    fix:
      `put it back; or ${isShared(of) ? "where nothing is in it or encrypted by it, take its line out of the list" : `name "${of}" in drops, deploy that, and take it out then`}; ` +
      `or leave it where it is, in no state: removed { from = ${address}, lifecycle { destroy = false } }`,
  };
}

function movedTo(address: string, moved: DataBlocks["moved"]): string | undefined {
  const of = withoutKey(address);
  const whole = own(moved, of);
  return own(moved, address) ?? (whole === undefined ? undefined : `${whole}${address.slice(of.length)}`);
}

const SHARED = ["application", "cluster", "platform", "state"];

function isShared(of: string): boolean {
  return SHARED.includes(of);
}

/** What services share, such as their key, goes with the last of them. What an environment's stack drops has other words than its addresses. */
function mayGo(of: string, { addresses }: StackData, drops: readonly string[]): boolean {
  if (drops.includes(of)) return true;
  if (of === "platform") return drops.length > 0;
  if (of !== "application") return false;
  const holdings = Object.values(addresses).filter((one) => !isShared(one));
  return holdings.length > 0 && holdings.every((one) => drops.includes(one));
}

function withoutKey(address: string): string {
  return address.replace(/\[.*$/s, "");
}
