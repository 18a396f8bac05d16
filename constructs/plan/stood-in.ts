import type { FirstPlan } from "./assumptions";
import { type Mask, maskedKeys, maskOf } from "./mask";
import { isFields } from "./object";
import type { ResourceChange } from "./plan";
import { OBJECTS, STAND_IN, STANDS_IN } from "./stand-ins";

/** What Terraform calls the provider, where nothing else of a plan tells. */
const KUBERNETES = "registry.terraform.io/hashicorp/kubernetes";

/**
 * Takes the stand-in out of a plan's changes: what it holds is told as what it stands for.
 *
 * @returns the changes without it, and `first` where there was one
 */
export function withoutStandIn(changes: readonly ResourceChange[]): {
  readonly changes: readonly ResourceChange[];
  readonly first?: FirstPlan;
} {
  // It is always new: what goes or changes under such a name is somebody's.
  const [standIn, held] = [STAND_IN, OBJECTS].map((its) =>
    changes.find(({ address, kind }) => address === its && kind === "create"),
  );
  const input = isFields(standIn?.after) ? standIn.after.input : undefined;
  if (!isFields(input) || input.goldenpath !== STANDS_IN) return { changes };
  const provider = changes.find(({ type }) => type.startsWith("kubernetes_"))?.provider ?? KUBERNETES;
  return {
    changes: [
      ...changes.filter((one) => one !== standIn && one !== held),
      ...(held === undefined ? [] : objectsOf(held, provider)),
    ],
    first: {
      missing: listOf(input.missing).map(String),
      assumptions: listOf(input.assumptions)
        .filter(isFields)
        .map(({ address, says }) => ({ address: String(address), says: String(says) })),
    },
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Objects that only an API server can plan, with what is known of them; what the server makes of each is not. */
function objectsOf({ after: held, unknown, sensitiveAfter }: ResourceChange, provider: string): ResourceChange[] {
  const objects = isFields(held) && isFields(held.input) ? held.input : {};
  const at = (mask: Mask, address: string): Mask => maskOf(maskOf(mask, "input"), address);
  return Object.entries(objects).map(([address, after]) => {
    const [notKnown, hidden] = [at(unknown, address), at(sensitiveAfter, address)];
    const [type = ""] = address.split(".");
    return {
      kind: "create",
      actions: ["create"],
      address,
      isData: false,
      type,
      provider,
      before: null,
      after,
      unknown: { ...Object.fromEntries(maskedKeys(notKnown).map((key) => [key, maskOf(notKnown, key)])), object: true },
      sensitiveBefore: false,
      sensitiveAfter: hidden,
      replacePaths: [],
    };
  });
}
