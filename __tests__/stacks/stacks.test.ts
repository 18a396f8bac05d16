import { countTypes, stack, synthesizeReference } from "../support/reference";
import { RESOURCE_TYPES } from "./resource-types";

const synthesis = synthesizeReference();

test("the stacks of the shipped environments", () => {
  expect(Object.keys(synthesis.stacks).sort()).toEqual(Object.keys(RESOURCE_TYPES));
});

describe.each(Object.entries(RESOURCE_TYPES))("%s", (name, types) => {
  test("contains exactly these resources", () => {
    expect(countTypes(stack(synthesis, name))).toEqual(types);
  });

  test("has not changed unnoticed", () => {
    expect(stack(synthesis, name)).toMatchSnapshot();
  });
});

test("two syntheses are the same files with the same bytes", () => {
  expect(synthesizeReference().files).toEqual(synthesis.files);
});

describe("the manifest that the cdktf CLI reads", () => {
  const manifest = JSON.parse(synthesis.files["manifest.json"] ?? "{}") as {
    stacks: Record<string, { dependencies: string[] }>;
  };
  const dependencies = Object.fromEntries(Object.entries(manifest.stacks).map(([name, s]) => [name, s.dependencies]));

  test("lets an application deploy alone, and orders the platform after the cluster", () => {
    expect(dependencies).toEqual({
      production: [],
      "production-cluster": [],
      "production-platform": ["production-cluster"],
      staging: [],
      "staging-cluster": [],
      "staging-platform": ["staging-cluster"],
      "state-production": [],
      "state-staging": [],
    });
  });

  test.each(["staging", "production"])("the glob '%s-*' means its cluster and its platform only", (environment) => {
    const caught = Object.keys(manifest.stacks).filter((name) => name.startsWith(`${environment}-`));
    expect(caught).toEqual([`${environment}-cluster`, `${environment}-platform`]);
  });

  test("no path of the machine is in any file", () => {
    const naming = Object.entries(synthesis.files).filter(([, text]) => text.includes(process.cwd()));
    expect(naming.map(([file]) => file)).toEqual([]);
  });
});

describe("state", () => {
  const stacks = Object.entries(synthesis.stacks);

  test.each(stacks.filter(([name]) => !name.startsWith("state-")))(
    "%s keeps it in its environment's bucket, locked natively, under its own key",
    (name, json) => {
      const account = name.startsWith("production") ? "222222222222" : "111111111111";
      expect(json.terraform.backend).toEqual({
        s3: {
          bucket: `${name.split("-")[0] ?? ""}-tfstate-${account}`,
          key: `${name}.tfstate`,
          region: "eu-central-1",
          use_lockfile: true,
          allowed_account_ids: [account],
        },
      });
    },
  );

  test.each(stacks)("%s pins the engine and every provider", (_name, json) => {
    expect(json.terraform.required_version).toBe(">= 1.11.0");
    const pins: Record<string, string> = {
      aws: "6.25.0",
      helm: "3.1.1",
      kubernetes: "2.38.0",
      random: "3.7.2",
      time: "0.13.1",
    };
    const required = json.terraform.required_providers as Record<string, { version: string }>;
    for (const [provider, { version }] of Object.entries(required)) expect(version).toBe(pins[provider]);
    expect(Object.keys(json.provider).sort()).toEqual(Object.keys(required).sort());
  });

  test.each(stacks)("%s refuses any other account", (name, json) => {
    const account = name.includes("production") ? "222222222222" : "111111111111";
    expect(json.provider.aws?.[0]?.allowed_account_ids).toEqual([account]);
  });
});
