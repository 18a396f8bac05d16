import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Change, Edit } from "./support/everyday";
import { ENVIRONMENTS } from "./support/everyday-environments";
import { WORKLOADS } from "./support/everyday-workloads";
import { Project, ROOT } from "./support/project";

/* A newcomer's first days: each change is a few lines of a clean copy, and what was meant is in every output. */

const MOST_LINES = 15;

const project = new Project(["cli", "cdktf.json", "package.json", "constructs", "stacks", "environments"]);
for (const name of readdirSync(join(ROOT, "node_modules"))) {
  if (!name.startsWith(".")) project.link(name);
}

afterAll(() => {
  project.remove();
});

const OUTPUTS = ["terraform", "chart", "compose"] as const;
type Outputs = Readonly<Record<(typeof OUTPUTS)[number], string>>;

function goldenpath(...args: readonly string[]): void {
  expect(project.goldenpath(...args)).toEqual({ status: 0, stdout: expect.any(String) as string, stderr: "" });
}

/** Every file below a folder, with its path before it. */
const textsOf = (folder: string, part = ""): string =>
  readdirSync(project.path(folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => file.includes(part))
    .sort()
    .map((file) => `${file}\n${readFileSync(file, "utf8")}`)
    .join("\n");

/** Stacks of an environment and everything that is rendered, as the files now say. */
function outputs(environment: string): Outputs {
  goldenpath("synth", "--quiet", environment);
  goldenpath("render");
  return {
    terraform: textsOf("cdktf.out/stacks", environment),
    chart: textsOf("helm"),
    compose: readFileSync(project.path("compose.yaml"), "utf8") + textsOf("docker/nginx"),
  };
}

const shipped = new Map<string, Outputs>();

function shippedOutputs(environment: string): Outputs {
  const known = shipped.get(environment) ?? outputs(environment);
  shipped.set(environment, known);
  return known;
}

const pathOf = ({ file }: Pick<Edit, "file">): string => project.path(`environments/${file}`);

/** Makes the edits, and says how what was there is put back. */
function edited(edits: readonly Edit[]): () => void {
  const before = new Map<string, string | undefined>();
  for (const edit of edits) {
    const path = pathOf(edit);
    const text = edit.from === undefined ? undefined : readFileSync(path, "utf8");
    if (!before.has(edit.file)) before.set(edit.file, text);
    if (text !== undefined) expect(text.split(edit.from ?? "")).toHaveLength(2);
    writeFileSync(path, text === undefined ? edit.to : text.replace(edit.from ?? "", () => edit.to));
  }
  return () => {
    for (const [file, text] of before) {
      if (text === undefined) project.remove(`environments/${file}`);
      else writeFileSync(pathOf({ file }), text);
    }
  };
}

/** Lines that a diff would show: those that are gone, and those that are new. */
function changedLines({ from = "", to }: Edit): number {
  const left = to.split("\n");
  const gone = from.split("\n").filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
  return [...gone, ...left].filter((line) => line.trim() !== "").length;
}

const lines = ({ edits }: Change): number => edits.reduce((sum, edit) => sum + changedLines(edit), 0);

test.each([...WORKLOADS, ...ENVIRONMENTS])("$name", (change) => {
  expect(lines(change)).toBeLessThanOrEqual(MOST_LINES);
  const before = shippedOutputs(change.environment);
  const restore = edited(change.edits);
  try {
    const after = outputs(change.environment);
    for (const output of OUTPUTS) {
      const outcome = change[output];
      if ("same" in outcome) expect(after[output]).toBe(before[output]);
      else {
        expect(before[output]).not.toMatch(outcome);
        expect(after[output]).toMatch(outcome);
      }
    }
  } finally {
    restore();
  }
});

test("without the changes everything is as it was", () => {
  expect(outputs("production")).toEqual(shippedOutputs("production"));
});
