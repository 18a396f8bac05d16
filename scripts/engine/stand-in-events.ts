import type { Outcome } from "./engine";

/** What an apply did to one resource, in the order in which it was finished. */
export interface Event {
  readonly action: "create" | "update" | "delete";
  /** Address of the stand-in, e.g. `terraform_data.kubernetes_deployment_v1__backend`. */
  readonly address: string;
}

export interface Applied extends Outcome {
  readonly events: readonly Event[];
  /** Summary and detail of each error. */
  readonly problems: readonly string[];
}

interface Line {
  readonly type: string;
  readonly hook?: { readonly action: Event["action"]; readonly resource: { readonly addr: string } };
  readonly diagnostic?: { readonly severity: string; readonly summary: string; readonly detail?: string };
}

/** Reads what an engine prints with `-json`. */
export function applied(outcome: Outcome): Applied {
  const lines = outcome.text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Line);
  return {
    ...outcome,
    events: lines.flatMap(({ type, hook }) =>
      type === "apply_complete" && hook !== undefined ? [{ action: hook.action, address: hook.resource.addr }] : [],
    ),
    problems: lines.flatMap(({ diagnostic }) =>
      diagnostic?.severity === "error" ? [`${diagnostic.summary}: ${diagnostic.detail ?? ""}`] : [],
    ),
  };
}
