import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentSpec } from "../constructs/environment";
import { FORMATS } from "../constructs/portability/formats";
import { movesOf } from "../constructs/portability/moves";
import { environments } from "../environments";
import { RESOURCE_TYPES } from "./stacks/resource-types";
import { stack, type StackJson, synthesizeEnvironments } from "./support/reference";

/* What the README shows is what the program says and does today. */

const README = readFileSync(join(__dirname, "..", "README.md"), "utf8");

/** Lines of the block that has this in it. */
function block(part: string): string[] {
  const found = [...README.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, , text = ""]) => text);
  return found.find((text) => text.includes(part))?.split("\n") ?? [];
}

const staging = environments.filter(({ name }) => name === "staging");

test("the stacks that it lists are those of the shipped environments", () => {
  const [command, ...lines] = block("$ ls cdktf.out/stacks");
  expect(command).toBe("$ ls cdktf.out/stacks");
  const listed = lines.join(" ").split(/\s+/).filter(Boolean);
  expect(listed.sort()).toEqual(Object.keys(RESOURCE_TYPES).sort());
  expect(README).toContain(`${listed.length} stacks for five environments`);
  expect(environments).toHaveLength(5);
});

test("the lines of the portability report stand in it, in this order", () => {
  const report = staging.map((environment) => FORMATS.text(movesOf(environment, environments))).join("");
  const shown = block("staging: from AWS to Google Cloud").filter((line) => line !== "…");
  expect(shown.length).toBeGreaterThan(8);
  let from = 0;
  for (const line of shown) {
    const at = `\n${report}`.indexOf(`\n${line}`, from);
    expect({ line, found: at >= 0 }).toEqual({ line, found: true });
    from = at + 1;
  }
});

describe("the first change", () => {
  const [, , taken = "", given = ""] = block("notifications: http({");

  test("takes out what is there", () => {
    const model = readFileSync(join(__dirname, "..", "environments", "my-app.ts"), "utf8");
    const [, after = ""] = model.split("notifications: http({");
    expect(taken.slice(1)).toBe(after.split("\n").find((line) => line.includes("needs:")));
  });

  test("gives the stack three entries and changes nine", () => {
    const needs = [...given.matchAll(/"(\w+)"/g)].map(([, name = ""]) => name);
    const before = entries(stack(synthesizeEnvironments(staging), "staging"));
    const after = entries(stack(synthesizeEnvironments(staging.map((one) => calling(one, needs))), "staging"));
    const added = [...after.keys()].filter((name) => !before.has(name));
    const changed = [...after.keys()].filter((name) => before.has(name) && before.get(name) !== after.get(name));
    expect([...before.keys()].filter((name) => !after.has(name))).toEqual([]);
    expect(added.map((name) => name.split(".")[0]).sort()).toEqual([
      "aws_secretsmanager_secret",
      "aws_secretsmanager_secret_version",
      "random_password",
    ]);
    expect(changed).toHaveLength(9);
    expect(README).toMatch(/three new entries[\s\S]{1,200}changes\s+nine/);
  });
});

/** The environment, with other needs of `notifications`. */
const calling = (environment: EnvironmentSpec, needs: readonly string[]): EnvironmentSpec => ({
  ...environment,
  applications: environment.applications.map((overlay) => {
    const { workloads } = overlay.application;
    const notifications = workloads["notifications"];
    if (notifications === undefined) throw new Error("the README's first change is of a workload that is not there");
    const changed = { ...workloads, notifications: { ...notifications, needs } };
    return { ...overlay, application: { ...overlay.application, workloads: changed } };
  }),
});

/** Resources, data sources and what is ephemeral, by type and name. */
const entries = ({ resource, data = {}, ephemeral = {} }: StackJson): Map<string, string> =>
  new Map(
    [resource, data, ephemeral].flatMap((blocks) =>
      Object.entries(blocks).flatMap(([type, named]) =>
        Object.entries(named).map(([name, value]): [string, string] => [`${type}.${name}`, JSON.stringify(value)]),
      ),
    ),
  );
