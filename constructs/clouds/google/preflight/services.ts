import { own } from "../../../model/own";
import { answerAt, failed, jsonOf, listIn, listOf, maybeIn, passed, textIn, unclear } from "../../../preflight/answers";
import type { Check, Finding, Need } from "../../../preflight/check";
import { blocksIn, literalAt, madeIn, madeOf, needOf } from "../../../preflight/stacks";
import { word } from "../../../releases/shell";
import { googleKindResources } from "../services/kind-resources";
import { FIRST_APIS, GOOGLE_APIS } from "./apis";
import { AFTER_LOGIN, type Asked, gcloud } from "./ask";

/** APIs that the stacks need, each with what needs it: one resource of each type. */
function apisOf({ environment, stacks }: Asked): ReadonlyMap<string, readonly Need[]> {
  const needs = new Map<string, Map<string, Need>>();
  const brought = googleKindResources(environment);
  const apiOf = (type: string): string | undefined => GOOGLE_APIS[type] ?? own(brought, type)?.api;
  const add = (type: string, need: Need): void => {
    const api = apiOf(type);
    if (api === undefined) return;
    const known = needs.get(api) ?? new Map<string, Need>();
    if (!known.has(type)) known.set(type, need);
    needs.set(api, known);
  };
  for (const resource of madeIn(stacks))
    add(resource.type, needOf(resource, `${apiOf(resource.type) ?? ""}, for ${resource.type}`));
  for (const { name, written } of stacks) {
    for (const { type, name: id } of blocksIn(written, "data")) {
      add(type, { what: `${apiOf(type) ?? ""}, for ${type}`, of: name, at: `${name}: data.${type}.${id}` });
    }
  }
  return new Map(
    [...needs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([api, byType]) => [api, [...byType.values()]]),
  );
}

const full = (api: string): string => `${api}.googleapis.com`;

/** APIs that are switched on, or that the stacks switch on themselves. */
export function apiChecks(asked: Asked): Check[] {
  const apis = apisOf(asked);
  const wanted = [...new Set([...apis.keys(), ...FIRST_APIS])].sort();
  const switched = new Set(
    madeOf(asked.stacks, "google_project_service").map(({ block }) => literalAt(block, "service") ?? ""),
  );
  // What switches on is on before.
  const before = wanted.filter((api) => FIRST_APIS.includes(api) || !switched.has(full(api)));
  const first: Need[] = FIRST_APIS.map((api) => ({
    what: `${api}, before anything is switched on`,
    of: asked.environment.name,
  }));
  return [
    {
      ...AFTER_LOGIN,
      id: "services/apis",
      kind: "services",
      holds: `the APIs are switched on that no stack switches on: ${before.join(", ")}`,
      needs: [...first, ...[...apis.values()].flat()],
      ask: [gcloud(asked, "services", "list", "--enabled")],
      passes: "each of them is on the list by its config.name; of the others it is said which the stacks switch on",
      otherwise: {
        say: "switch them on",
        run: [`gcloud services enable ${before.map(full).join(" ")} --project ${asked.place.project}`],
      },
      source: "https://docs.cloud.google.com/sdk/gcloud/reference/services/list",
      judge: (answers) => {
        const on = new Set(
          listIn({ all: jsonOf(answerAt(answers, 0)) }, "all").map((one) => textIn(one, "config", "name")),
        );
        const missing = before.filter((api) => !on.has(full(api)));
        if (missing.length > 0) return failed(`not on: ${missing.join(", ")}`);
        const later = wanted.filter((api) => !on.has(full(api)));
        return passed(later.length === 0 ? `all ${wanted.length} are on` : `the stacks switch on: ${later.join(", ")}`);
      },
    },
  ];
}

/** Whether the project pays: without that Google switches on no API that costs something. */
export const billingCheck = (asked: Asked): Check => ({
  ...AFTER_LOGIN,
  id: "services/billing",
  kind: "services",
  holds: `the project ${asked.place.project} has a billing account`,
  needs: [{ what: "whatever costs something", of: asked.environment.name }],
  ask: [["gcloud", "billing", "projects", "describe", asked.place.project, "--format", "json"]],
  passes: "billingEnabled is true",
  otherwise: {
    say: "link one of those that the first command lists",
    run: [
      "gcloud billing accounts list",
      `gcloud billing projects link ${asked.place.project} --billing-account "$ACCOUNT"`,
    ],
  },
  source: "https://docs.cloud.google.com/sdk/gcloud/reference/billing/projects/describe",
  judge: (answers) => {
    const answer = jsonOf(answerAt(answers, 0));
    const enabled = maybeIn(answer, "billingEnabled");
    // Google leaves out what is false.
    if (enabled === true) return passed("it has");
    return textIn(answer, "projectId") === asked.place.project
      ? failed("it has none, or one that is closed")
      : unclear("the answer is of another project");
  },
});

/** Services whose own accounts nothing in Terraform makes, and what makes a key be opened to each. */
const AGENTS: readonly (readonly [service: string, types: readonly string[]])[] = [
  ["sqladmin", ["google_sql_database_instance"]],
  ["secretmanager", ["google_secret_manager_secret"]],
  ["file", ["google_container_cluster"]],
];

/** Accounts of Google's own services, to which keys are opened. No command reads them: what makes one says it when it is there. */
export function agentChecks(asked: Asked): Check[] {
  const brought = Object.entries(googleKindResources(asked.environment)).flatMap(([type, { api, hasAgent }]) =>
    hasAgent === true ? [[api, [type]] as const] : [],
  );
  const wanted = [...AGENTS, ...brought]
    .map(([service, types]) => ({ service, made: madeOf(asked.stacks, ...types) }))
    .filter(({ made }) => made.length > 0);
  if (wanted.length === 0) return [];
  return [
    {
      ...AFTER_LOGIN,
      id: "services/agents",
      kind: "services",
      holds: `Google's services have their own accounts in the project: ${wanted.map(({ service }) => service).join(", ")}`,
      needs: wanted.flatMap(({ service, made }) =>
        made.slice(0, 1).map((one) => needOf(one, `account of ${service}, to which a key is opened`)),
      ),
      ask: [],
      passes: "",
      otherwise: {
        say: "make them; a second time does no harm",
        run: wanted.map(
          ({ service }) =>
            `gcloud beta services identity create --project ${asked.place.project} --service ${full(service)}`,
        ),
      },
      source: "https://docs.cloud.google.com/iam/docs/create-service-agents",
      judge: () => passed(""),
    },
  ];
}

/** Roles that who deploys has in the project or above it. Of groups nobody here knows the members. */
export const rightsChecks = (asked: Asked, deployers: readonly string[], roles: readonly string[]): Check[] =>
  deployers.map((member): Check => ({
    ...AFTER_LOGIN,
    id: `rights/${member}`,
    kind: "rights",
    holds: `${member} has the roles of an apply in the project or above it`,
    needs: [{ what: "deployers in access", of: asked.environment.name }],
    ask: [["gcloud", "projects", "get-ancestors-iam-policy", asked.place.project, "--format", "json"]],
    passes: `a binding without a condition gives it roles/owner, or every one of ${roles.join(", ")}`,
    otherwise: {
      say: "give it each of the roles; where a group or a role of your own has them, no policy says so of this name, and this check stays unclear",
      run: [
        `ROLE=${roles[0] ?? ""}`,
        `gcloud projects add-iam-policy-binding ${asked.place.project} --member ${word(member)} --role "$ROLE"`,
      ],
    },
    source: "https://docs.cloud.google.com/sdk/gcloud/reference/projects/get-ancestors-iam-policy",
    judge: (answers) => judgeRoles(jsonOf(answerAt(answers, 0)), member, roles),
  }));

function judgeRoles(answer: unknown, member: string, roles: readonly string[]): Finding {
  // A folder may have a policy without a binding.
  const bindings = listOf(answer).flatMap((one) =>
    maybeIn(one, "policy", "bindings") === undefined ? [] : listIn(one, "policy", "bindings"),
  );
  const same = member.toLowerCase();
  const has = new Set(
    bindings
      .filter((one) => maybeIn(one, "condition") === undefined)
      .filter((one) => listIn(one, "members").some((who) => typeof who === "string" && who.toLowerCase() === same))
      .map((one) => textIn(one, "role")),
  );
  if (has.has("roles/owner")) return passed("roles/owner");
  const missing = roles.filter((role) => !has.has(role));
  if (missing.length === 0) return passed(`${roles.length} roles`);
  return has.size === 0
    ? unclear("no binding names it: a group may, whose members this does not tell")
    : unclear(`no binding gives it ${missing.join(", ")}: a group or a role of your own may`);
}
