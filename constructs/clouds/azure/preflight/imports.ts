import type { Imported } from "../../../model/imported";
import type { ResolvedSizing } from "../../../model/service";
import { answerAt, complaintOf, failed, jsonOf, judgedWith, listOf, maybeIn, textIn } from "../../../preflight/answers";
import type { Answer, Check, Finding, Need } from "../../../preflight/check";
import { importedOf, type ImportedResource } from "../../../preflight/imports";
import { literalAt, needOf } from "../../../preflight/stacks";
import type { ImportedEngine } from "../flexible-server/engine";
import { keptSubnet } from "../flexible-server/imports";
import { partsOfId } from "../imports";
import { AZURE_PROVISIONERS } from "../services/provisioners";
import { AFTER_LOGIN, type Asked, az } from "./ask";
import { isNotFound, OWN, ownerOf } from "./found";
import { peeringWords, reachable, zoneCheck } from "./import-network";

/* What is there already and is to be imported: whether it is as a plan takes it for. */

/** A service that is a flexible server, and imported. */
interface Served {
  readonly engine: ImportedEngine;
  readonly sizing: ResolvedSizing & { readonly imported: Imported };
}

const servedOf = ({ environment }: Asked): Served[] =>
  environment.applications
    .flatMap(({ services }) => services)
    .flatMap(({ service, sizing: { imported, ...sizing } }): Served[] => {
      const engine = AZURE_PROVISIONERS.find(service)?.facts?.flexibleServer;
      return engine === undefined || imported === undefined ? [] : [{ engine, sizing: { ...sizing, imported } }];
    });

/** `West Europe` is `westeurope`. */
const plain = (location: string): string => location.replaceAll(" ", "").toLowerCase();

const OTHERWISE =
  "correct the service, or its imported, as it says above; what is to be changed there, change before the deploy";

/** Looks whether each server is there, in the right place, of the right version, and reached. */
const servers = (asked: Asked): Check[] =>
  servedOf(asked).flatMap((served) => {
    const { cli, title, resources } = served.engine;
    const { id } = served.sizing.imported;
    return importedOf(asked.stacks, resources.server)
      .filter((one) => one.id === id)
      .map((one): Check => {
        const { group, names } = partsOfId(id);
        const [name = ""] = names;
        const server = (...words: readonly string[]) =>
          az(asked, cli, "flexible-server", ...words, "--resource-group", group);
        return {
          ...AFTER_LOGIN,
          id: `imports/${cli}/${name}`,
          kind: "imports",
          holds: `the ${title} server ${name} is there, and as the plan takes it for`,
          needs: [needOf(one, `server ${name}`)],
          ask: [server("show", "--name", name), server("db", "list", "--server-name", name), peeringWords(asked)],
          passes: `location is ${asked.place.location}, version that of the plan, highAvailability.mode as the environment says, replicationRole no replica's, network.delegatedSubnetResourceId a subnet of the environment's network or of one that it is peered with, or nothing where there are private endpoints; and the second list has the database; or its tags are this service's`,
          otherwise: { say: OTHERWISE, run: [] },
          source: `https://learn.microsoft.com/en-us/cli/azure/${cli}/flexible-server#az-${cli}-flexible-server-show`,
          judge: (answers) => judgeServer(asked, served, one, answers),
        };
      });
  });

const isFound = (answer: Answer): boolean => answer.code === 0 || !isNotFound(answer.complaint);

function judgeServer(asked: Asked, served: Served, one: ImportedResource, answers: readonly Answer[]): Finding {
  const { engine, sizing } = served;
  const { imported } = sizing;
  const first = answerAt(answers, 0);
  if (!isFound(first)) return failed(`there is none of this name in the resource group: ${complaintOf(first)}`);
  const server = jsonOf(first);
  const owner = ownerOf(server, one.block, asked.environment.name);
  if (owner.isOwn) return OWN;
  const [version, said] = [textIn(server, "version"), literalAt(one.block, "version") ?? ""];
  const location = plain(textIn(server, "location"));
  const mode = maybeIn(server, "highAvailability", "mode") ?? "Disabled";
  const subnet = maybeIn(server, "network", "delegatedSubnetResourceId");
  // The two commands have a name of their own for it each.
  const zone =
    maybeIn(server, "network", "privateDnsZoneResourceId") ?? maybeIn(server, "network", "privateDnsZoneArmResourceId");
  const role = maybeIn(server, "replicationRole");
  const found = listOf(jsonOf(answerAt(answers, 1)));
  const wanted = importedOf(asked.stacks, engine.resources.database)
    .filter(({ id }) => id.startsWith(`${one.id}/`))
    .map(({ id }) => partsOfId(id).names[1] ?? "");
  const missing = wanted.filter((name) => !found.some((db) => textIn(db, "name") === name));
  const encodings = found.filter((db) => wanted.includes(textIn(db, "name"))).map((db) => textIn(db, "charset"));
  const { wrong, open } = reachable(asked, {
    ...{ engine, imported },
    subnet: typeof subnet === "string" ? subnet : "",
    zone: typeof zone === "string" ? zone : "",
    peerings: answerAt(answers, 2),
  });
  return judgedWith(
    [
      ...owner.wrong,
      ...(version === said || version.startsWith(`${said}.`)
        ? []
        : [
            `its version is ${version}, and the plan would make it ${said}: say the one that it has, and upgrade later`,
          ]),
      ...(location === asked.place.location ? [] : [`it is in ${location}`]),
      ...(typeof role === "string" && /replica/i.test(role) ? ["it is a replica of another server"] : []),
      ...standbyMistakes(engine, mode, sizing.highAvailability),
      ...missing.map((name) => `it has no database ${name}: correct the application's, or make it there`),
      ...encodings
        .filter((one) => engine.encoding !== undefined && one.toUpperCase() !== engine.encoding.toUpperCase())
        .map((one) => `the encoding of the database is ${one}, not ${engine.encoding}`),
      ...(engine.mayRefusePasswords === true && maybeIn(server, "authConfig", "passwordAuth") === "Disabled"
        ? ["nobody signs in to it by a password, which the Job that makes users does: switch that on"]
        : []),
      ...wrong,
    ],
    [
      ...owner.open,
      ...(maybeIn(server, "authConfig", "activeDirectoryAuth") === "Enabled"
        ? ["who signs in by Entra is shut out by the deploy"]
        : []),
      ...(maybeIn(server, "network", "publicNetworkAccess") === "Enabled"
        ? ["public access is switched off by the deploy: whoever comes from outside of the network comes no more"]
        : []),
      ...open,
    ],
    `${engine.title} ${version} in ${location}${encodings.length === 0 ? "" : `, ${encodings.join(", ")}`}`,
  );
}

/** Says what of a standby people have to change first. */
function standbyMistakes({ standbyFollows }: ImportedEngine, mode: unknown, wanted: boolean): string[] {
  const has = mode !== "Disabled";
  if (standbyFollows || has === wanted) return [];
  return [
    has
      ? "it has a standby: say highAvailability: true, or take it off"
      : "it has no standby: say highAvailability: false, or give it one in its own zone",
  ];
}

/** What a policy of lifecycle rules is called whose environment has none. */
const NO_POLICY = /ManagementPolicyNotFound|no management policy|NotFound/i;

const containers = (asked: Asked): Check[] =>
  importedOf(asked.stacks, "azurerm_storage_container").map((one): Check => {
    const { group, names } = partsOfId(one.id);
    const [account = "", , container = ""] = names;
    const of = ["--resource-group", group] as const;
    const lifecycle = importedOf(asked.stacks, "azurerm_storage_management_policy").some(
      ({ id, stack }) =>
        stack === one.stack && id.split("/managementPolicies/")[0] === one.id.split("/blobServices/")[0],
    );
    const block = importedOf(asked.stacks, "azurerm_storage_account").find(
      ({ id, stack }) => stack === one.stack && one.id.startsWith(`${id}/`),
    )?.block;
    return {
      ...AFTER_LOGIN,
      id: `imports/storage/${account}`,
      kind: "imports",
      holds: `the container ${container} of the storage account ${account} is there, and as the plan takes it for`,
      needs: [needOf(one, `container ${container}`)],
      ask: [
        az(asked, "storage", "account", "show", "--name", account, ...of),
        az(asked, "storage", "container-rm", "list", "--storage-account", account, ...of),
        az(asked, "storage", "account", "management-policy", "show", "--account-name", account, ...of),
      ],
      passes: `location is ${asked.place.location}, kind StorageV2 or BlockBlobStorage, isHnsEnabled not true; the list has the container; and a policy is there where with names lifecycle, and nowhere else; or its tags are this service's`,
      otherwise: { say: OTHERWISE, run: [] },
      source: "https://learn.microsoft.com/en-us/cli/azure/storage/account#az-storage-account-show",
      judge: (answers) => judgeContainer(asked, { container, lifecycle, block }, answers),
    };
  });

interface ImportedContainer {
  readonly container: string;
  /** Whether the rules of its account are taken over. */
  readonly lifecycle: boolean;
  /** Block of its account. */
  readonly block: ImportedResource["block"] | undefined;
}

function judgeContainer(
  asked: Asked,
  { container, lifecycle, block }: ImportedContainer,
  answers: readonly Answer[],
): Finding {
  const first = answerAt(answers, 0);
  if (!isFound(first)) return failed(`there is no such account in the resource group: ${complaintOf(first)}`);
  const account = jsonOf(first);
  const owner = ownerOf(account, block, asked.environment.name);
  if (owner.isOwn) return OWN;
  const [location, kind] = [plain(textIn(account, "location")), textIn(account, "kind")];
  const all = listOf(jsonOf(answerAt(answers, 1)));
  const own = all.find((one) => textIn(one, "name") === container);
  const others = all.map((one) => textIn(one, "name")).filter((one) => one !== container);
  const policy = answerAt(answers, 2);
  const hasPolicy = policy.code === 0 || !NO_POLICY.test(policy.complaint);
  const rules = hasPolicy
    ? listOf(maybeIn(jsonOf(policy), "policy", "rules") ?? []).map((one) => textIn(one, "name"))
    : [];
  const is = (name: string): boolean => maybeIn(account, name) === true;
  return judgedWith(
    [
      ...owner.wrong,
      ...(location === asked.place.location ? [] : [`it is in ${location}`]),
      ...(["StorageV2", "BlockBlobStorage"].includes(kind) ? [] : [`its kind is ${kind}: upgrade it to StorageV2`]),
      ...(is("isHnsEnabled") ? ["it has a hierarchical namespace, with which Azure keeps no old versions"] : []),
      ...((maybeIn(account, "dnsEndpointType") ?? "Standard") === "Standard"
        ? []
        : ["its host names are in a zone of its own"]),
      ...(own === undefined ? [`it has no container ${container}`] : []),
      ...(maybeIn(own, "hasLegalHold") === true || maybeIn(own, "hasImmutabilityPolicy") === true
        ? ["objects of the container may not be deleted (legal hold, or immutability policy), which workloads do"]
        : []),
      ...(hasPolicy && !lifecycle
        ? ['it has lifecycle rules, which a plan would meet too late: name "lifecycle" in with']
        : []),
      ...(!hasPolicy && lifecycle ? ['it has no lifecycle rules: take "lifecycle" out of with'] : []),
    ],
    [
      ...owner.open,
      ...(rules.length > 0 ? [`its lifecycle rules are replaced: ${rules.join(", ")}`] : []),
      ...(others.length > 0
        ? [
            `it has other containers, which are closed to public networks and account keys with it: ${others.join(", ")}`,
          ]
        : []),
    ],
    `${kind} in ${location}`,
  );
}

/** Private zones of servers that stand in a subnet of their own: linked to the environment's network. */
function links(asked: Asked): Check[] {
  const zones = new Map<string, Need[]>();
  for (const { sizing } of servedOf(asked)) {
    const kept = keptSubnet({ sizing });
    if (kept === undefined) continue;
    const what = `zone of ${partsOfId(sizing.imported.id).names[0] ?? ""}`;
    zones.set(kept.zoneId, [...(zones.get(kept.zoneId) ?? []), { what, of: asked.environment.name }]);
  }
  return [...zones].map(([zoneId, needs]) => zoneCheck(asked, zoneId, needs));
}

/** A check for each thing that is imported, and for each zone that has the name of one. */
export const importChecks = (asked: Asked): Check[] => [...servers(asked), ...containers(asked), ...links(asked)];
