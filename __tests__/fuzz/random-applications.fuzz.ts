import { TerraformStack } from "cdktf";
import type { EnvironmentSpec } from "../../constructs/environment";
import { namedByContent } from "../../constructs/kubernetes/by-content";
import { loadEnvironments } from "../../constructs/model/load";
import { literalObjects } from "../../scripts/engine/application-objects";
import { randomApplication } from "./support/application";
import { INPUTS } from "./support/inputs";
import { violations } from "./support/invariants";
import { make } from "./support/outcome";
import { Random, SEED } from "./support/random";
import { build, type Call, replaced, valueAt } from "./support/tree";

/* Valid applications of 1 to 40 workloads on every cloud, with every routing, profile and way of release. */

const RUNS = 12;

function inputOf(tree: readonly Call[], run: number, what: string): readonly unknown[] {
  const random = new Random(`${what} ${run}`);
  const { application, hosts } = randomApplication(random, run === 0 ? 40 : 12);
  const overlay = { application, hosts };
  const given = valueAt(tree, [0, "argument"]) as Record<string, unknown>;
  const profile = what === "a local cluster" ? "small" : random.one(["production", "small"]);
  const environment = {
    ...given,
    // It names services of the application that is not here.
    backups: undefined,
    profile,
    images: "immutable-tags",
    release: random.one(["terraform", "helm"]),
    protect: random.chance(50),
    sealedSecrets: false,
    applications: [overlay],
  };
  return replaced(tree, [0, "argument"], environment) as readonly unknown[];
}

/** Names of resources that expressions of a stack mention and that it does not have. */
function dangling(json: unknown): string[] {
  const { resource = {}, data = {}, ephemeral = {} } = json as Record<string, Record<string, Record<string, unknown>>>;
  // These name what a state may have, and a stack has not.
  const text = JSON.stringify({ ...(json as object), moved: undefined, removed: undefined });
  return Object.entries({ ...resource, ...data }).flatMap(([type]) =>
    [...text.matchAll(new RegExp(`\\b${type}\\.([A-Za-z][\\w-]*_[0-9A-F]{8})\\b`, "g"))]
      .map(([, name = ""]) => name)
      .filter((name) => [resource, data, ephemeral].every((blocks) => blocks[type]?.[name] === undefined))
      .map((name) => `${type}.${name}`),
  );
}

const stacksOf = (tree: readonly unknown[]): Record<string, unknown> | string => {
  const outcome = make(tree);
  if (outcome.is !== "accepted") return outcome.text;
  const stacks = outcome.app?.node.children.filter((node) => TerraformStack.isStack(node)) ?? [];
  return Object.fromEntries(
    stacks
      .filter(({ node }) => !/-(cluster|platform)$|^state-/.test(node.id))
      .map((stack): [string, unknown] => [stack.node.id, stack.toTerraform()]),
  );
};

describe.each(Object.entries(INPUTS))("%s", (what, tree) => {
  test.each(Array.from({ length: RUNS }, (_, run) => run))(`runs application ${SEED} %i, twice the same`, (run) => {
    const input = inputOf(tree, run, what);
    const first = stacksOf(input);
    // More connections than a database takes is the one thing that a valid part can add up to.
    if (typeof first === "string") {
      expect(first.split("\n").filter((line) => !/connections/.test(line))).toEqual([]);
      return;
    }
    expect(JSON.stringify(stacksOf(input))).toBe(JSON.stringify(first));
    expect(Object.values(first).flatMap(dangling)).toEqual([]);
    for (const environment of loadEnvironments(build(input) as EnvironmentSpec[])) {
      for (const application of environment.applications) {
        expect(violations(namedByContent(literalObjects(environment, application)))).toEqual([]);
      }
    }
  });
});
