import { own } from "../../../model/own";
import { answerAt, failed, jsonOf, listIn, listOf, maybeIn, passed, textIn, unclear } from "../../../preflight/answers";
import type { Check, Finding, Need } from "../../../preflight/check";
import { at, isAt, madeIn, madeOf, needOf, providerOf } from "../../../preflight/stacks";
import { AZURE_APPLICATION, AZURE_AROUND, AZURE_DATA } from "../pipelines/operations";
import { azureKindResources, namespaceOf } from "../services/kind-resources";
import type { AzureResourceFacts } from "../services/provisioner";
import { AFTER_LOGIN, type Asked, az } from "./ask";

/** Resource providers behind a type: `Microsoft.Cache`. Those of a type that is in no table are not known, and a test says so. */
export function namespacesOf(
  type: string,
  brought: Readonly<Record<string, Pick<AzureResourceFacts, "operations">>> = {},
): readonly string[] | undefined {
  const data = AZURE_DATA[type];
  const operations =
    AZURE_APPLICATION[type] ?? AZURE_AROUND[type] ?? (data === undefined ? own(brought, type)?.operations : [data]);
  return operations && [...new Set(operations.map(namespaceOf))];
}

/** Always there: Azure Resource Manager itself. */
const ALWAYS = ["microsoft.resources"];

function namespaces({ environment, stacks }: Asked): ReadonlyMap<string, readonly Need[]> {
  const found = new Map<string, { readonly name: string; readonly needs: Map<string, Need> }>();
  const brought = azureKindResources(environment);
  for (const resource of madeIn(stacks)) {
    for (const name of namespacesOf(resource.type, brought) ?? []) {
      const key = name.toLowerCase();
      if (ALWAYS.includes(key)) continue;
      const known = found.get(key) ?? { name, needs: new Map<string, Need>() };
      if (!known.needs.has(resource.type))
        known.needs.set(resource.type, needOf(resource, `${name}, for ${resource.type}`));
      found.set(key, known);
    }
  }
  return new Map(
    [...found]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { name, needs }]) => [name, [...needs.values()]]),
  );
}

/** Resource providers that are registered, or that Terraform's registers itself. */
export function providerChecks(asked: Asked): Check[] {
  const wanted = namespaces(asked);
  if (wanted.size === 0) return [];
  const list = at(providerOf(asked.stacks, "azurerm"), "resource_providers_to_register");
  const registers = (Array.isArray(list) ? list : [])
    .filter((one): one is string => typeof one === "string")
    .map((one) => one.toLowerCase());
  const names = [...wanted.keys()];
  const before = names.filter((name) => !registers.includes(name.toLowerCase()));
  return [
    {
      ...AFTER_LOGIN,
      id: "services/providers",
      kind: "services",
      holds: `the subscription has the resource providers registered: ${names.join(", ")}`,
      needs: [...wanted.values()].flat(),
      ask: [
        az(asked, "provider", "list", "--query", "[].{namespace: namespace, registrationState: registrationState}"),
      ],
      passes:
        "registrationState of each is Registered, or Terraform's provider registers it, for which who deploys has the action */register/action",
      otherwise: {
        say: "register them, as Owner or Contributor of the subscription",
        run: (before.length === 0 ? names : before).map(
          (name) => `az provider register --namespace ${name} --subscription ${asked.place.subscriptionId}`,
        ),
      },
      source: "https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-providers-and-types",
      judge: (answers) => judgeProviders(jsonOf(answerAt(answers, 0)), names, before),
    },
  ];
}

function judgeProviders(answer: unknown, names: readonly string[], before: readonly string[]): Finding {
  const states = new Map(
    listOf(answer).map((one) => [textIn(one, "namespace").toLowerCase(), textIn(one, "registrationState")]),
  );
  const open = names.filter((name) => states.get(name.toLowerCase()) !== "Registered");
  const missing = open.filter((name) => before.includes(name));
  const said = (all: readonly string[]): string =>
    all.map((name) => `${name} (${states.get(name.toLowerCase()) ?? "not listed"})`).join(", ");
  if (missing.length > 0) return failed(`not registered: ${said(missing)}`);
  return passed(
    open.length === 0 ? `all ${names.length} are registered` : `Terraform's provider registers: ${said(open)}`,
  );
}

const FEATURE = "EncryptionAtHost";

/** The feature by which machines encrypt their caches, which a subscription has after it was registered once. */
export function featureChecks(asked: Asked): Check[] {
  const pools = [
    ...madeOf(asked.stacks, "azurerm_kubernetes_cluster").filter(({ block }) =>
      isAt(block, "default_node_pool", "host_encryption_enabled"),
    ),
    ...madeOf(asked.stacks, "azurerm_kubernetes_cluster_node_pool").filter(({ block }) =>
      isAt(block, "host_encryption_enabled"),
    ),
  ];
  if (pools.length === 0) return [];
  return [
    {
      ...AFTER_LOGIN,
      id: `services/feature/${FEATURE}`,
      kind: "services",
      holds: "machines of the subscription may encrypt their caches",
      needs: pools.map((one) => needOf(one, "host_encryption_enabled")),
      ask: [az(asked, "feature", "show", "--namespace", "Microsoft.Compute", "--name", FEATURE)],
      passes: "properties.state is Registered",
      otherwise: {
        say: "register it once, and the provider again after it; or say nodes: { hostEncryption: false }",
        run: [
          `az feature register --namespace Microsoft.Compute --name ${FEATURE} --subscription ${asked.place.subscriptionId}`,
          `az provider register --namespace Microsoft.Compute --subscription ${asked.place.subscriptionId}`,
        ],
      },
      source: "https://learn.microsoft.com/en-us/azure/virtual-machines/linux/disks-enable-host-based-encryption-cli",
      judge: (answers) => {
        const state = textIn(jsonOf(answerAt(answers, 0)), "properties", "state");
        return state === "Registered" ? passed(state) : failed(`its state is ${state}`);
      },
    },
  ];
}

/** Any one of these may make roles for others, beside what Contributor may. */
const GIVES_ROLES = ["Role Based Access Control Administrator", "User Access Administrator"];

/** Roles of who deploys, in the subscription or above it. */
export const rightsChecks = (asked: Asked, deployers: readonly string[]): Check[] =>
  deployers.map((assignee): Check => ({
    ...AFTER_LOGIN,
    id: `rights/${assignee}`,
    kind: "rights",
    holds: `${assignee} is Owner of the subscription, or Contributor and gives roles`,
    needs: [{ what: "deployers in access", of: asked.environment.name }],
    ask: [
      az(
        asked,
        ...[
          "role",
          "assignment",
          "list",
          "--assignee",
          assignee,
          "--scope",
          `/subscriptions/${asked.place.subscriptionId}`,
        ],
        ...["--include-inherited", "--include-groups"],
        ...["--query", "[].{roleDefinitionName: roleDefinitionName, condition: condition}"],
      ),
    ],
    passes: `a roleDefinitionName is Owner; or one is Contributor and another ${GIVES_ROLES.join(" or ")}; without a condition`,
    otherwise: {
      say: "give it these, or a role of your own by docs/operations/rights.md of goldenpath, of which this check does not know what it allows",
      run: [
        `az role assignment list --assignee ${assignee} --scope /subscriptions/${asked.place.subscriptionId} --include-inherited --include-groups --output table`,
      ],
    },
    source: "https://learn.microsoft.com/en-us/azure/role-based-access-control/role-assignments-list-cli",
    judge: (answers) => judgeRoles(listIn({ all: jsonOf(answerAt(answers, 0)) }, "all")),
  }));

function judgeRoles(assignments: readonly unknown[]): Finding {
  const isOpen = (one: unknown): boolean =>
    [undefined, null, ""].includes(maybeIn(one, "condition") as string | null | undefined);
  const [free, bound] = [assignments.filter(isOpen), assignments.filter((one) => !isOpen(one))];
  const has = (name: string): boolean => free.some((one) => textIn(one, "roleDefinitionName") === name);
  if (has("Owner")) return passed("Owner");
  const gives = GIVES_ROLES.find(has);
  if (has("Contributor") && gives !== undefined) return passed(`Contributor, ${gives}`);
  const names = assignments.map((one) => textIn(one, "roleDefinitionName"));
  if (names.length === 0) return failed("it has no role there");
  const known = ["Owner", "Contributor", "Reader", ...GIVES_ROLES];
  const said = names.join(", ");
  if (bound.length > 0) return unclear(`some roles have conditions: ${said}`);
  return names.every((name) => known.includes(name))
    ? failed(`it has ${said} alone`)
    : unclear(`it has ${said}: what these allow is not known here`);
}
