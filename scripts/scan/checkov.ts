import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plantedFor } from "./checkov-planted/index";
import { plant, plantedId } from "./planted";
import { ANY_OBJECT, type Finding, type Scan, ScanError } from "./scan";
import type { ScannedStack } from "./stacks";
import { run } from "./tools";

interface Report {
  readonly results: {
    readonly passed_checks: readonly CheckRecord[];
    readonly failed_checks: readonly CheckRecord[];
    readonly parsing_errors: readonly string[];
  };
  readonly summary: { readonly checkov_version: string };
}

interface CheckRecord {
  readonly check_id: string;
  readonly check_name: string;
  /** `/production/cdk.tf.json` */
  readonly file_path: string;
  /** `resource.<id>`, or `<type>.<id>` where the check sees more than the resource. */
  readonly resource: string;
}

const SEEN = "GOLDENPATH_SEEN";
const EVERY_RESOURCE = join(__dirname, "..", "scripts", "scan", "every_resource");
const PLANTED_FOLDER = "planted";

/**
 * Checks that end with a stack trace on a list of blocks in JSON. CKV_GCP_50, `local_infile`, CKV_GCP_54 and CKV_GCP_57, what PostgreSQL logs
 * of locks and slow statements: tests of Cloud SQL hold the flags that there are.
 */
const CRASHES = ["CKV_GCP_50", "CKV_GCP_54", "CKV_GCP_57"];

const without = (block: Readonly<Record<string, unknown>>, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(block).filter(([key]) => !keys.includes(key)));

/**
 * Its parser takes no plain string in `terraform` and no list at the top, and then skips the file without an exit code. What
 * is said there of addresses before is no resource.
 */
const understood = ({ terraform, ...json }: ScannedStack["json"]): object => ({
  ...without(json, ["moved", "removed"]),
  terraform: without(terraform, ["required_version"]),
});

const where = (record: CheckRecord) => ({
  check: record.check_id,
  text: record.check_name,
  stack: record.file_path.split("/")[1] ?? "",
  id: record.resource.slice(record.resource.indexOf(".") + 1),
});

/** Best practice and compliance of resources in the clouds and in Kubernetes, by checkov. */
export async function checkov(stacks: readonly ScannedStack[], work: string): Promise<Scan> {
  const root = join(work, "checkov");
  const violations = plantedFor(stacks);
  for (const { name, json } of stacks) write(root, name, understood(json));
  write(root, PLANTED_FOLDER, plant(violations, stacks));
  const { stdout, stderr } = await run(
    "checkov",
    // prettier-ignore
    ["--directory", root, "--framework", "terraform_json", "--external-checks-dir", EVERY_RESOURCE, "--output", "json", "--compact", "--skip-download", "--skip-check", CRASHES.join(",")],
    work,
    { PYTHONDONTWRITEBYTECODE: "1" },
  );
  const report = parse(stdout, stderr);
  const records = report.results.passed_checks.map(where);
  const failed = report.results.failed_checks.map(where);
  const seen = new Set(records.filter(({ check }) => check === SEEN).map(({ stack, id }) => `${stack}/${id}`));
  const scanned = stacks.flatMap(({ name, resources }) =>
    [...resources].map(([id, subject]) => ({ name, id, subject })),
  );
  const missed = violations.filter(
    ({ check }, index) =>
      !failed.some((found) => found.stack === PLANTED_FOLDER && found.id === plantedId(index) && found.check === check),
  );
  return {
    tool: `checkov ${report.summary.checkov_version}`,
    scope: `${scanned.filter(({ name, id }) => seen.has(`${name}/${id}`)).length} resources in ${stacks.length} stacks`,
    subjects: [...scanned.map(({ subject }) => subject), ANY_OBJECT],
    owns: (check) => check.startsWith("CKV"),
    passed: records.filter(({ stack, check }) => stack !== PLANTED_FOLDER && check !== SEEN).length,
    findings: failed.filter(({ stack }) => stack !== PLANTED_FOLDER).map((found) => finding(found, stacks)),
    planted: violations.length,
    failures: [
      ...report.results.parsing_errors.map((file) => `did not understand ${file}`),
      // A check that crashes is neither passed nor failed, and is told here alone.
      ...(stderr === "" ? [] : [`complained:\n${stderr.trimEnd()}`]),
      ...scanned
        .filter(({ name, id }) => !seen.has(`${name}/${id}`))
        .map(({ subject }) => `did not look at ${subject.title}`),
      ...missed.map(({ type, check }) => `did not find a planted violation: ${check} in an ${type}`),
    ],
  };
}

function write(root: string, name: string, json: object): void {
  const folder = join(root, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(json, null, 2));
}

function parse(stdout: string, stderr: string): Report {
  try {
    const report = JSON.parse(stdout) as Report | readonly Report[];
    if ("summary" in report && "results" in report) return report;
  } catch {
    // Said below.
  }
  throw new ScanError(`checkov answered with something else than one report:\n${stdout.slice(0, 2000)}${stderr}`);
}

function finding(found: ReturnType<typeof where>, stacks: readonly ScannedStack[]): Finding {
  const { check, text, stack, id } = found;
  const subject = stacks.find(({ name }) => name === stack)?.resources.get(id);
  // Of a data source or a provider: nothing is excepted there.
  return { check, text, subject: subject ?? { title: `${stack}: ${id}`, exceptions: [] } };
}
