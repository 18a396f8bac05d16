import type { EnvironmentSpec } from "../../../constructs/environment";
import { bucketsOf, type Entry } from "../../../constructs/ledger/entries";
import { production } from "../../../environments/production";
import { type Block, type StackJson, synthesizeEnvironments } from "../../support/reference";

const PLACE = "aws/222222222222/eu-central-1/production/my-app-prod";

interface Records {
  readonly moved?: unknown;
  readonly Owner?: Block;
  readonly Ledger?: Block;
  readonly Kept?: Block;
  readonly Released?: Block;
}

function records(
  spec: Partial<EnvironmentSpec> & { readonly drops?: readonly string[] } = {},
  stack = "production",
): Records {
  const { drops, ...more } = spec;
  const applications = production.applications.map((placed) => ({ ...placed, ...(drops && { drops }) }));
  const json = synthesizeEnvironments([{ ...production, applications, ...more }]).stacks[stack] as StackJson & {
    moved?: readonly { readonly from: string }[];
  };
  // Policies move to their first revisions.
  const moved = json.moved?.filter(({ from }) => from.startsWith("terraform_data."));
  return {
    moved: moved?.length === 0 ? undefined : moved,
    ...(json.resource.terraform_data as Omit<Records, "moved">),
  };
}

const entry = (name: string, state: Entry["state"] = "kept"): Entry => ({ state, name, kind: "mysql" });

describe("what a protected application holds", () => {
  test("is recorded by name, kind and place, and as one record each that Terraform destroys for nobody", () => {
    const { Kept: kept, Ledger: ledger, Released: released, moved } = records();
    const text = String(ledger?.input);
    for (const what of [
      "orders-db mysql",
      "cache redis",
      "events rabbitmq",
      "uploads bucket",
      "backend/uploads volume",
    ]) {
      expect(text).toContain(`"kept ${what} ${PLACE}"`);
    }
    const keys = ["backend/uploads", "cache", "events", "orders-db", "uploads"].map((name) => `"${PLACE}/${name}"`);
    expect(kept).toMatchObject({ for_each: `\${toset([${keys.join(", ")}])}`, lifecycle: { prevent_destroy: true } });
    expect([released, moved]).toEqual([undefined, undefined]);
  });

  test("is released by the word in drops, under an address that lets it go", () => {
    const { Kept: kept, Ledger: ledger, Released: released, moved } = records({ drops: ["events", "gone"] });
    expect(String(ledger?.input)).toContain(`"released events rabbitmq ${PLACE}"`);
    expect(kept?.for_each).not.toContain("/events");
    expect(released).toMatchObject({ for_each: `\${toset(["${PLACE}/events"])}` });
    expect(released).not.toHaveProperty("lifecycle");
    const address = (of: string) => `terraform_data.${of}["${PLACE}/events"]`;
    expect(moved).toEqual([{ from: address("Kept"), to: address("Released") }]);
  });

  test("is left as it was recorded where the environment is not protected any more", () => {
    const { Kept: kept, Ledger: ledger } = records({ protect: false });
    expect(kept).toBeUndefined();
    expect(ledger?.input).toBe('${tomap({"format" = "1"})}');
    expect((ledger?.lifecycle as { ignore_changes: string[] }).ignore_changes).toHaveLength(256);
  });

  test("stands on the stack itself, so that its address names no application", () => {
    expect(Object.keys(records())).toEqual(expect.arrayContaining(["Owner", "Ledger", "Kept"]));
    expect(records().Owner).toMatchObject({ input: { application: "my-app", environment: "production" } });
  });
});

test.each(["cluster", "platform"])("the %s records where it is", (part) => {
  const { Owner: owner, Kept: kept } = records({}, `production-${part}`);
  expect(owner).toMatchObject({ input: { environment: "production", part } });
  const places = [...(part === "platform" ? ["logs", part, "traces"] : [part])].map(
    (name) => `"aws/222222222222/eu-central-1/production/${name}"`,
  );
  expect(kept?.for_each).toBe(`\${toset([${places.join(", ")}])}`);
});

describe("buckets", () => {
  /** Two names that come to one bucket. */
  const [one, other] = collision();

  test("depend on a name and its place alone, in whatever order names are given", () => {
    const names = ["a", "b", "c"].map((name) => entry(name));
    expect(bucketsOf("here", [...names].reverse())).toEqual(bucketsOf("here", names));
    expect(Object.keys(bucketsOf("here", names))).not.toEqual(Object.keys(bucketsOf("there", names)));
  });

  test("hold both of two names that share one", () => {
    const shared = Object.values(bucketsOf("here", [entry(other, "released"), entry(one)]));
    expect(shared).toEqual([`kept ${one} mysql here, released ${other} mysql here`]);
  });

  function collision(): readonly [string, string] {
    const seen = new Map<string, string>();
    for (let number = 0; ; number += 1) {
      const name = `db-${number}`;
      const [bucket = ""] = Object.keys(bucketsOf("here", [entry(name)]));
      const before = seen.get(bucket);
      if (before !== undefined) return [before, name];
      seen.set(bucket, name);
    }
  }
});
