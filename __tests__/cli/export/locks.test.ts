import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { locksOf } from "../../../cli/export/locks";
import type { SynthesizedStack } from "../../../constructs/export/exported-stack";

const outdir = mkdtempSync(join(tmpdir(), "goldenpath-locks-"));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

const providers = { helm: { source: "helm", version: "3.1.1" }, time: { source: "hashicorp/time", version: "0.13.1" } };
const stack: SynthesizedStack = {
  ...{ name: "staging", after: [], elements: {}, beside: {} },
  written: { terraform: { required_providers: providers } },
};

const entry = (source: string, version: string): string =>
  `provider "registry.terraform.io/${source}" {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n    "h1:x=",\n  ]\n}\n`;

test.each([
  [
    "of the versions of the stack is taken",
    [
      ["hashicorp/helm", "3.1.1"],
      ["hashicorp/time", "0.13.1"],
    ],
    true,
  ],
  [
    "of another version stays",
    [
      ["hashicorp/helm", "3.1.0"],
      ["hashicorp/time", "0.13.1"],
    ],
    false,
  ],
  ["without a provider of the stack stays", [["hashicorp/helm", "3.1.1"]], false],
  [
    "of another source stays",
    [
      ["somebody/helm", "3.1.1"],
      ["hashicorp/time", "0.13.1"],
    ],
    false,
  ],
] as const)("a lock file %s", (_, entries, taken) => {
  mkdirSync(join(outdir, "stacks", "staging"), { recursive: true });
  const text = `# by init\n\n${entries.map(([source, version]) => entry(source, version)).join("\n")}`;
  writeFileSync(join(outdir, "stacks", "staging", ".terraform.lock.hcl"), text);
  expect(locksOf(outdir, [stack])).toEqual(taken ? { "staging/.terraform.lock.hcl": { content: text } } : {});
});

test("where no engine was, there is none", () => {
  expect(locksOf(join(outdir, "elsewhere"), [stack])).toEqual({});
});
