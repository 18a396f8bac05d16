import type { Mask } from "./mask";
import { NotAPlan } from "./not-a-plan";
import { type Fields, isFields } from "./object";
import type { Kind, OutputChange, Plan, ResourceChange, ValueChange } from "./plan";
import { withoutStandIn } from "./stood-in";

const HOW = "give what `terraform show -json <plan file>` or `tofu show -json <plan file>` prints";

/** What a plan has, each from some release on. Where nothing changes there are no `resource_changes`. */
const ITS_OWN = ["resource_changes", "planned_values", "resource_drift", "configuration", "applyable", "errored"];

/** What Terraform runs beside resources, from 1.14 on. */
const ACTIONS = ["action_invocations", "deferred_action_invocations"];

/** The form that is read: of a later minor version too, never of another major one. */
const MAJOR = "1";

/**
 * Reads a plan.
 *
 * @param text what `terraform show -json` or `tofu show -json` prints of a plan file
 * @throws NotAPlan with one line, where it is anything else: nothing of it is told then
 */
export function readPlan(text: string): Plan {
  const plan = documentOf(text);
  const { format_version: version } = plan;
  if (typeof version !== "string") throw new NotAPlan(`has no format_version, so it is no plan; ${HOW}`);
  if (version.split(".")[0] !== MAJOR) {
    throw new NotAPlan(
      `has format_version ${JSON.stringify(version)}, and only ${MAJOR}.x is known here, where it may mean something else; use an ` +
        "engine of that format, or a later release of this program",
    );
  }
  if ("values" in plan) throw new NotAPlan(`is a state, and no plan; ${HOW}`);
  if (!ITS_OWN.some((key) => key in plan)) throw new NotAPlan(`has nothing of a plan; ${HOW}`);
  return {
    engine: textOf(plan.terraform_version, "terraform_version", ""),
    ...withoutStandIn(
      listOf(plan.resource_changes, "resource_changes").flatMap((one, index) =>
        stays(one) ? [] : [resourceChange(one, `resource_changes[${index}]`)],
      ),
    ),
    drift: listOf(plan.resource_drift, "resource_drift").map((one, index) =>
      resourceChange(one, `resource_drift[${index}]`),
    ),
    deferred: listOf(plan.deferred_changes, "deferred_changes").map((one, index) => {
      const at = `deferred_changes[${index}]`;
      const { reason, resource_change: change } = fieldsOf(one, at);
      return {
        reason: textOf(reason, `${at}.reason`, "unknown"),
        change: resourceChange(change, `${at}.resource_change`),
      };
    }),
    outputs: Object.fromEntries(
      Object.entries(fieldsOf(plan.output_changes ?? {}, "output_changes")).map(([name, change]) => [
        name,
        outputChange(change, `output_changes.${name}`),
      ]),
    ),
    isComplete: plan.complete !== false,
    isApplyable: typeof plan.applyable === "boolean" ? plan.applyable : undefined,
    hasActions: ACTIONS.some((key) => Array.isArray(plan[key]) && plan[key].length > 0),
    hasErrors: plan.errored === true,
  };
}

function documentOf(text: string): Fields {
  if (!/\S/.test(text)) throw new NotAPlan(`is empty; ${HOW}`);
  if (text.startsWith("PK\u0003\u0004")) throw new NotAPlan(`is a plan file as the engine keeps it; ${HOW}`);
  let document: unknown;
  try {
    document = JSON.parse(withoutWarnings(text));
  } catch {
    throw new NotAPlan(`${looksLike(text)}; ${HOW}`);
  }
  if (!isFields(document)) throw new NotAPlan(`is JSON, but no object; ${HOW}`);
  if (typeof document["@level"] === "string") throw new NotAPlan(`is the log of a run; ${HOW}`);
  return document;
}

/** OpenTofu prints what it has to say of its own configuration before the plan, which is one line. */
function withoutWarnings(text: string): string {
  const [plan] = /^\{"format_version".*$/m.exec(text.startsWith("{") ? "" : text) ?? [];
  return plan ?? text;
}

/** Nothing of the text is quoted: it may hold secrets. */
function looksLike(text: string): string {
  const [first = ""] = text.split("\n", 1);
  if (/^\{"@level":/.test(first)) return "is the log of a run, by -json";
  return text.trimStart().startsWith("{") ? "is no JSON, or cut short" : "is no JSON";
}

const KINDS: ReadonlyMap<string, Kind> = new Map([
  ["no-op", "no-op"],
  ["create", "create"],
  ["read", "read"],
  ["update", "update"],
  ["delete", "delete"],
  ["delete,create", "replace"],
  ["create,delete", "replace"],
  ["forget", "forget"],
  // The old one stays in the cloud, and nobody's state has it.
  ["create,forget", "replace"],
]);

/** Whether nothing becomes of it: most of a plan of a large stack, which nobody is to wait for. */
function stays(value: unknown): boolean {
  if (!isFields(value) || !isFields(value.change) || typeof value.address !== "string") return false;
  const { previous_address: previous } = value;
  const { actions, importing } = value.change;
  const isNoOp = Array.isArray(actions) && actions.length === 1 && actions[0] === "no-op";
  return isNoOp && !isFields(importing) && (typeof previous !== "string" || previous === value.address);
}

function resourceChange(value: unknown, at: string): ResourceChange {
  const fields = fieldsOf(value, at);
  const { previous_address: previous, action_reason: reason, deposed, mode } = fields;
  const address = textOf(fields.address, `${at}.address`);
  const change = fieldsOf(fields.change, `${at}.change`);
  const { importing, replace_paths: paths } = change;
  return {
    ...valueChange(change, `${at}.change`),
    address,
    ...(typeof previous === "string" && previous !== address && { previousAddress: previous }),
    isData: mode === "data",
    type: textOf(fields.type, `${at}.type`, ""),
    provider: textOf(fields.provider_name, `${at}.provider_name`, ""),
    ...(typeof deposed === "string" && { deposed }),
    ...(typeof reason === "string" && { reason }),
    replacePaths: listOf(paths, `${at}.change.replace_paths`).map((path, index) =>
      listOf(path, `${at}.change.replace_paths[${index}]`).map((part) =>
        typeof part === "number" ? part : String(part),
      ),
    ),
    ...(isFields(importing) && {
      importing: {
        ...(typeof importing.id === "string" && { id: importing.id }),
        ...(isFields(importing.identity) && { identity: importing.identity }),
      },
    }),
  };
}

function outputChange(value: unknown, at: string): OutputChange {
  return valueChange(fieldsOf(value, at), at);
}

function valueChange(change: Fields, at: string): ValueChange {
  const actions = listOf(change.actions, `${at}.actions`).map(String);
  if (actions.length === 0) throw new NotAPlan(`${at}.actions: says nothing; ${HOW}`);
  return {
    kind: KINDS.get(actions.join(",")) ?? "other",
    actions,
    before: change.before ?? null,
    after: change.after ?? null,
    unknown: change.after_unknown as Mask,
    sensitiveBefore: change.before_sensitive as Mask,
    sensitiveAfter: change.after_sensitive as Mask,
  };
}

function fieldsOf(value: unknown, at: string): Fields {
  if (isFields(value)) return value;
  throw new NotAPlan(`${at}: is no object; ${HOW}`);
}

function listOf(value: unknown, at: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value;
  throw new NotAPlan(`${at}: is no list; ${HOW}`);
}

function textOf(value: unknown, at: string, otherwise?: string): string {
  if (typeof value === "string") return value;
  if ((value === undefined || value === null) && otherwise !== undefined) return otherwise;
  throw new NotAPlan(`${at}: is no text; ${HOW}`);
}
