import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plant, plantedId } from "./planted";
import { type Finding, type Scan, ScanError, type Subject } from "./scan";
import type { ScannedStack } from "./stacks";
import { IN_EACH_STACK, PLANTED } from "./tflint-planted";
import { PLUGINS, run } from "./tools";

interface Report {
  readonly issues: readonly Issue[];
  readonly errors: readonly { readonly message: string }[];
}

interface Issue {
  readonly rule: { readonly name: string };
  readonly message: string;
  readonly range: { readonly filename: string; readonly start: { readonly line: number } };
}

/** Its rules about style judge what people write, not what is synthesized. */
const CONFIG = `
config {
  call_module_type = "none"
}
plugin "terraform" {
  enabled = false
}
plugin "aws" {
  enabled = true
}
`;

const OURS = "cdk.tf.json";
const PLANTED_FILE = "planted.tf.json";
const PLANTED_FOLDER = "planted";

/** Enums, lengths and patterns of AWS arguments against AWS's own service models, by tflint's AWS rules. */
export async function tflint(stacks: readonly ScannedStack[], work: string): Promise<Scan> {
  const root = join(work, "tflint");
  mkdirSync(root);
  writeFileSync(join(root, "config.hcl"), CONFIG);
  const findings: Finding[] = [];
  const failures: string[] = [];
  for (const { name, json, resources } of stacks) {
    const text = JSON.stringify(json, null, 2);
    const report = await lint(root, name, { [OURS]: text, [PLANTED_FILE]: JSON.stringify(IN_EACH_STACK) });
    failures.push(...report.errors.map(({ message }) => `${name}: ${message}`));
    const [ours, planted] = [OURS, PLANTED_FILE].map((file) =>
      report.issues.filter(({ range }) => range.filename === file),
    );
    findings.push(...(ours ?? []).map((issue) => finding(issue, name, text, resources)));
    if (planted?.[0]?.rule.name !== IN_EACH_STACK.check) failures.push(`did not look at ${name}`);
  }
  const text = JSON.stringify(plant(PLANTED, stacks), null, 2);
  const { issues } = await lint(root, PLANTED_FOLDER, { [PLANTED_FILE]: text });
  const found = issues.map(({ rule, range }) => `${resourceAt(text, range.start.line)} ${rule.name}`);
  const missed = PLANTED.filter(({ check }, index) => !found.includes(`${plantedId(index)} ${check}`));
  const aws = stacks.flatMap(({ resources }) => [...resources.values()]).filter(({ title }) => / aws_/.test(title));
  return {
    tool: await version(root),
    scope: `${aws.length} AWS resources in ${stacks.length} stacks`,
    subjects: stacks.flatMap(({ resources }) => [...resources.values()]),
    owns: (check) => check.startsWith("aws_"),
    findings,
    planted: PLANTED.length + stacks.length,
    failures: [
      ...failures,
      ...missed.map(({ type, check }) => `did not find a planted violation: ${check} in an ${type}`),
    ],
  };
}

async function lint(root: string, name: string, files: Readonly<Record<string, string>>): Promise<Report> {
  const folder = join(root, name);
  mkdirSync(folder);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  const args = ["--config", join(root, "config.hcl"), "--format", "json"];
  const { stdout, stderr } = await run("tflint", args, folder, { TFLINT_PLUGIN_DIR: PLUGINS });
  try {
    return JSON.parse(stdout) as Report;
  } catch {
    throw new ScanError(`tflint answered with something else than a report on ${name}:\n${stdout}${stderr}`);
  }
}

/** `tflint 0.64.0, ruleset aws 0.48.0` */
async function version(root: string): Promise<string> {
  const args = ["--config", join(root, "config.hcl"), "--version"];
  const { stdout } = await run("tflint", args, root, { TFLINT_PLUGIN_DIR: PLUGINS });
  const [own = "?", ruleset = "?"] = ["TFLint version", "ruleset.aws"].map(
    (what) => new RegExp(`${what} \\(?([\\d.]+)`).exec(stdout)?.[1],
  );
  return `tflint ${own} with AWS rules ${ruleset}`;
}

function finding(issue: Issue, stack: string, text: string, resources: ReadonlyMap<string, Subject>): Finding {
  const id = resourceAt(text, issue.range.start.line);
  const subject = resources.get(id) ?? { title: `${stack}: ${id}`, exceptions: [] };
  return { subject, check: issue.rule.name, text: issue.message };
}

/** Logical id of the resource around a line of a file that was written with two spaces to a level. */
function resourceAt(text: string, line: number): string {
  const above = text.split("\n").slice(0, line).reverse();
  return above.flatMap((candidate) => /^ {6}"([^"]+)": \{/.exec(candidate)?.[1] ?? [])[0] ?? "?";
}
