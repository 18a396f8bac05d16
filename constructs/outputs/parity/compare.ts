import type { ResolvedRoute, ResolvedWorkload } from "../../model/resolved";
import { routeKey } from "../../model/route";
import { SPAN_VARIABLES } from "../../model/tracing";
import type { CheckContract, VariableContract, WorkloadContract } from "./contract";
import type { Difference } from "./difference";
import { type RouteContract, SETTING_OF } from "./route-contract";

/** Where a variable comes from in the model. */
export type Origin = "service" | "workload" | "external" | "smtp" | "secret" | "tracing" | "config";

/** A difference of Compose (`one`) and a cluster (`other`). */
export interface WorkloadDifference extends Difference {
  /** Kind of the workload. @default - it is of none */
  readonly kind?: ResolvedWorkload["kind"];
  readonly about:
    | { readonly aspect: "variable"; readonly name: string; readonly origin: Origin }
    | { readonly aspect: "check"; readonly of: string; readonly field?: keyof CheckContract }
    | { readonly aspect: "patch" | "objects"; readonly name: string }
    | { readonly aspect: "service"; readonly field: string }
    | { readonly aspect: "route"; readonly field: keyof RouteContract }
    | {
        readonly aspect:
          | "workload"
          | "command"
          | "port"
          | "address"
          | "named port"
          | "name"
          | "container"
          | "volume"
          | "labels"
          | "identity"
          | "placement"
          | "schedule";
      };
}

export interface Compared {
  readonly compared: number;
  readonly differences: readonly WorkloadDifference[];
}

const union = (some: readonly string[], others: readonly string[]): string[] => [...new Set([...some, ...others])];

const shown = (variable: VariableContract | undefined): string | undefined =>
  variable === undefined ? undefined : "value" in variable ? `"${variable.value}"` : "a secret";

const LISTS = [
  ["ports", "port"],
  ["addresses", "address"],
  ["names", "name"],
  ["containers", "container"],
  ["mounts", "volume"],
] as const;

/** A workload in Compose and in a cluster, thing by thing. */
export function compareWorkload(
  workload: ResolvedWorkload,
  here: WorkloadContract | undefined,
  there: WorkloadContract | undefined,
): Compared {
  const differences: WorkloadDifference[] = [];
  let compared = 0;
  const compare = (about: WorkloadDifference["about"], what: string, one?: string, other?: string): void => {
    compared++;
    if (one === other) return;
    differences.push({ subject: workload.name, kind: workload.kind, about, what, one, other });
  };
  if (here === undefined || there === undefined) {
    const is = (contract: WorkloadContract | undefined) => (contract === undefined ? undefined : "a workload");
    compare({ aspect: "workload" }, "the workload", is(here), is(there));
    return { compared, differences };
  }

  for (const field of ["command", "args"] as const) {
    compare({ aspect: "command" }, field, here[field]?.join(" "), there[field]?.join(" "));
  }
  for (const name of union(Object.keys(here.variables), Object.keys(there.variables))) {
    const about = { aspect: "variable", name, origin: originOf(workload, name) } as const;
    compare(about, `variable ${name}`, shown(here.variables[name]), shown(there.variables[name]));
  }
  for (const [field, aspect] of LISTS) {
    for (const one of union(here[field], there[field])) {
      const among = (all: readonly string[]) => (all.includes(one) ? "open" : undefined);
      compare({ aspect }, `${aspect} ${one}`, among(here[field]), among(there[field]));
    }
  }
  for (const name of union(Object.keys(here.named), Object.keys(there.named))) {
    compare({ aspect: "named port" }, `port "${name}"`, here.named[name], there.named[name]);
  }
  compare({ aspect: "labels" }, "labels and annotations", here.labels, there.labels);
  compare({ aspect: "identity" }, "identity in the cloud", here.identity, there.identity);
  compare({ aspect: "placement" }, "placement", here.placement, there.placement);
  compare({ aspect: "schedule" }, "schedule", here.schedule, there.schedule);
  compareChecks(here, there, compare);
  return { compared, differences };
}

/**
 * What a route does of its own in Compose and in a cluster, of what the model says the same of in both.
 *
 * @param routes the route as each has it
 */
export function compareRoute(
  [local, remote]: readonly [ResolvedRoute, ResolvedRoute],
  here: RouteContract,
  there: RouteContract,
): Compared {
  const fields = (Object.keys(SETTING_OF) as (keyof RouteContract)[]).filter((field) => {
    const [one, other] = [local, remote].map(({ settings }) => settings?.[SETTING_OF[field]]);
    // What they say has domains and places in it, which are the environment's.
    if (["preflight", "other name", "password"].includes(field)) return one !== undefined && other !== undefined;
    return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
  });
  return {
    compared: fields.length,
    differences: fields
      .filter((field) => here[field] !== there[field] || here[field] === undefined)
      .map((field) => ({
        subject: `route ${routeKey({ host: local.hostName, path: local.path })}`,
        kind: local.workload.kind,
        about: { aspect: "route", field },
        what: field,
        one: here[field],
        other: there[field],
      })),
  };
}

/** Compose has one check. It stands for readiness where there is one, and for liveness otherwise. */
function compareChecks(
  here: WorkloadContract,
  there: WorkloadContract,
  compare: (about: WorkloadDifference["about"], what: string, one?: string, other?: string) => void,
): void {
  const mine = here.checks.readiness ?? here.checks.liveness;
  const of = there.checks.readiness === undefined ? "liveness" : "readiness";
  for (const field of ["asks", "every", "timeout", "failures", "start"] as const) {
    const text = (check: CheckContract | undefined) => (check === undefined ? undefined : String(check[field]));
    compare({ aspect: "check", of, field }, `${of} ${field}`, text(mine), text(there.checks[of]));
  }
  if (of === "readiness")
    compare({ aspect: "check", of: "liveness" }, "liveness", undefined, there.checks.liveness?.asks);
}

function originOf({ edges, secrets, instrumented, config }: ResolvedWorkload, name: string): Origin {
  // What it says of spans itself it says everywhere.
  if (instrumented && SPAN_VARIABLES.includes(name) && !Object.hasOwn(config, name)) return "tracing";
  if (secrets.some(({ variable }) => variable === name)) return "secret";
  for (const edge of edges) {
    switch (edge.to) {
      case "service":
        if (Object.keys(edge.service.service.contract.variables).some((bare) => edge.prefix + bare === name)) {
          return "service";
        }
        break;
      case "workload":
        if (edge.variable === name) return "workload";
        break;
      case "external":
        if ([`${edge.prefix}HOST`, `${edge.prefix}PORT`].includes(name)) {
          return edge.external.kind === "smtp" ? "smtp" : "external";
        }
    }
  }
  return "config";
}
