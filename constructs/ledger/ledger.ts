import type { TerraformStack } from "cdktf";
import { serviceIn } from "../model/imported";
import { code, expression } from "../terraform/expression";
import { list } from "../terraform/expressions";
import { literalExpression } from "../terraform/literal";
import { Moved } from "../terraform/moved";
import { StateRecord } from "../terraform/state-record";
import { bucketMap, bucketsOf, type Entry, field, identityOf, keptWhere, leftAlone } from "./entries";

/** What a stack has that holds data, and what is said of it. */
export interface LedgerProps {
  /** Where all of it is: parts without spaces. */
  readonly place: readonly string[];
  /** Whether it is recorded. What was recorded once stays recorded. */
  readonly protect: boolean;
  readonly holdings: readonly Omit<Entry, "state">[];
  /** Names that may go, among `holdings` or not any more. */
  readonly drops: readonly string[];
  readonly refusals: Refusals;
}

/** Errors of a plan, as templates of Terraform. Each is told the expression for the entries that it is about. */
export interface Refusals {
  /** Refusal where it was kept here, and is neither in the model nor among what may go. */
  readonly gone: (entries: LostEntries) => string;
  /** Refusal where it may go and is out of the model, and was never applied as such: its protections are still on. */
  readonly stillProtected: (entries: LostEntries) => string;
  /** Refusal where it was kept in another place. */
  readonly elsewhere: (entries: LostEntries, here: string) => string;
  /**
   * Refusal where it is in the model as something else than it was: imported and made, or imported as another one.
   * @default - nothing of the stack is ever imported
   */
  readonly other?: (entries: LostEntries) => string;
}

/** Expression of a list: what `value` says of each entry. */
export type LostEntries = (value: string) => string;

/**
 * Remembers in the state what of a protected environment holds data. A plan destroys without asking what is gone from the
 * program, and `prevent_destroy` is gone with the block that bore it; this record stays, and stops the plan.
 *
 * `Ledger` knows what was there by name and says what to do. `Kept` is one record for each, which Terraform itself refuses
 * to destroy: by it the plan stops even where the ledger has forgotten one of two that share a bucket. Its instances leave
 * by `moved` alone. All stand directly on the stack, so that no name of an application is in their addresses.
 */
export function recordHoldings(stack: TerraformStack, props: LedgerProps): void {
  const { protect, holdings, drops } = props;
  const place = props.place.join("/");
  const entries = holdings.map((holding): Entry => ({
    ...holding,
    state: drops.includes(holding.name) ? "released" : "kept",
  }));
  const identities = (state: Entry["state"]): string[] =>
    entries
      .filter((entry) => entry.state === state)
      .map((entry) => identityOf(place, entry))
      .sort();
  const buckets = written(place, entries, protect);
  new StateRecord(stack, "Ledger", {
    input: bucketMap(buckets),
    lifecycle: {
      ignoreChanges: leftAlone((bucket) => bucket in buckets),
      postcondition: postconditions(place, props),
    },
  });
  if (!protect) return;
  new StateRecord(stack, "Kept", {
    input: expression`each.key`,
    lifecycle: { preventDestroy: true },
    keys: expression`toset(${code(list(identities("kept")))})`,
  });
  const released = identities("released");
  if (released.length === 0) return;
  new StateRecord(stack, "Released", {
    input: expression`each.key`,
    keys: expression`toset(${code(list(released))})`,
  });
  new Moved(stack, "Releases", {
    moves: released.map((identity) => ({
      from: `terraform_data.Kept[${JSON.stringify(identity)}]`,
      to: `terraform_data.Released[${JSON.stringify(identity)}]`,
    })),
  });
}

/**
 * What is written anew; everything else stays as the state has it. Without protection that is what may go, and with it
 * whatever shares a bucket: as kept, for it may have been.
 */
function written(place: string, entries: readonly Entry[], protect: boolean): Readonly<Record<string, string>> {
  const all = bucketsOf(place, entries);
  if (protect) return all;
  const released = bucketsOf(
    place,
    entries.filter(({ state }) => state === "released"),
  );
  return Object.fromEntries(Object.entries(all).filter(([bucket]) => bucket in released));
}

function postconditions(place: string, { holdings, drops, refusals }: LedgerProps) {
  const { gone, stillProtected, elsewhere, other } = refusals;
  const names = list(holdings.map(({ name }) => name).sort());
  const word = other === undefined ? field("name") : serviceIn(field("name"));
  const isHere = `${field("place")} == ${literalExpression(place)}`;
  const isLost = `${isHere} && !contains(${names}, ${field("name")})`;
  const isOther = `contains([for name in ${names} : ${serviceIn("name")}], ${word})`;
  const isGone = other === undefined ? isLost : `${isLost} && !${isOther}`;
  const isDropped = `contains(${list([...drops].sort())}, ${word})`;
  const rules: [condition: string, refusal: (entries: LostEntries) => string][] = [
    [`${isGone} && !${isDropped}`, gone],
    [`${isGone} && ${isDropped}`, stillProtected],
    [`!(${isHere})`, (entries) => elsewhere(entries, place)],
    ...(other === undefined ? [] : [[`${isLost} && ${isOther}`, other] satisfies [string, Refusals["gone"]]]),
  ];
  return rules.map(([condition, refusal]) => ({
    condition: expression`length(${code(keptWhere(condition, field("name")))}) == 0`,
    errorMessage: refusal((value) => keptWhere(condition, value)),
  }));
}
