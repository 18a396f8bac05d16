import {
  answerAt,
  complaintOf,
  failed,
  jsonOf,
  listIn,
  listOf,
  maybeIn,
  NotUnderstood,
  passed,
  textIn,
  unclear,
} from "../../../preflight/answers";
import type { Check, Finding } from "../../../preflight/check";
import { delegated } from "../../../preflight/dns";
import { importedOf } from "../../../preflight/imports";
import { secretsCheck, type WantedSecret } from "../../../preflight/secrets";
import { byValue, isAt, literalAt, madeOf, needOf, type Resource } from "../../../preflight/stacks";
import type { DnsZone } from "../props";
import { AFTER_LOGIN, type Asked, az, groups, NAME_AND_TAGS } from "./ask";
import { isNotFound, isOurs } from "./found";

/** What there is in the subscription of a name that is taken. */
function taken(list: readonly unknown[], name: string, environment: string): Finding {
  const own = list.find((one) => textIn(one, "name") === name);
  if (own === undefined) return failed("taken by another subscription");
  return isOurs(own, environment)
    ? passed("this environment's own, by its tags")
    : failed("in the subscription already, with other tags than this environment's");
}

/** What of a type the stacks make, and do not find there. */
const notImported = ({ stacks }: Asked, type: string): Resource[] => {
  const imported = new Set(importedOf(stacks, type).map(({ stack, address }) => `${stack.name} ${address}`));
  return madeOf(stacks, type).filter(({ stack, address }) => !imported.has(`${stack.name} ${address}`));
};

const accounts = (asked: Asked): Check[] =>
  [...byValue(notImported(asked, "azurerm_storage_account"), ({ block }) => literalAt(block, "name"))].map(
    ([name, resources]): Check => ({
      ...AFTER_LOGIN,
      id: `names/storage/${name}`,
      kind: "names",
      holds: `the storage account ${name} is free, or this environment's`,
      needs: resources.map((one) => needOf(one, `account ${name}`)),
      ask: [
        az(asked, "storage", "account", "check-name", "--name", name),
        az(asked, "storage", "account", "list", "--query", NAME_AND_TAGS),
      ],
      passes:
        "nameAvailable is true; or the account is on the second list with the tags environment and managed-by of this environment",
      otherwise: {
        say: "names of accounts are hosts that all of Azure shares: choose another name for the environment or the service",
        run: [],
      },
      source: "https://learn.microsoft.com/en-us/cli/azure/storage/account#az-storage-account-check-name",
      judge: (answers) => {
        const answer = jsonOf(answerAt(answers, 0));
        const free = maybeIn(answer, "nameAvailable");
        if (free === true) return passed("free");
        if (free !== false) throw new NotUnderstood("nameAvailable is neither true nor false");
        const reason = textIn(answer, "reason");
        if (reason !== "AlreadyExists") return failed(reason);
        return taken(listOf(jsonOf(answerAt(answers, 1))), name, asked.environment.name);
      },
    }),
  );

/** Vaults keep their names for days after they were deleted. One that is in the way of another subscription, no command tells. */
const vaults = (asked: Asked): Check[] =>
  [...byValue(madeOf(asked.stacks, "azurerm_key_vault"), ({ block }) => literalAt(block, "name"))].map(
    ([name, resources]): Check => {
      const kept = resources.some(({ block }) => isAt(block, "purge_protection_enabled"));
      return {
        ...AFTER_LOGIN,
        id: `names/vault/${name}`,
        kind: "names",
        holds: `the subscription has no vault ${name} but this environment's, and none that was deleted`,
        needs: resources.map((one) => needOf(one, `vault ${name}`)),
        ask: [
          az(asked, "keyvault", "list", "--resource-type", "vault", "--query", NAME_AND_TAGS),
          az(asked, "keyvault", "list-deleted", "--resource-type", "vault", "--query", "[].{name: name}"),
        ],
        passes:
          "the name is on neither list; or on the first with the tags environment and managed-by of this environment",
        otherwise: {
          say: kept
            ? "the provider recovers one that was deleted, with what is in it: its keys are to be of this environment; nobody can purge it before its days are over"
            : "the provider recovers one that was deleted, with what is in it; or have it gone",
          run: kept ? [] : [`az keyvault purge --name ${name} --subscription ${asked.place.subscriptionId}`],
        },
        source: "https://learn.microsoft.com/en-us/azure/key-vault/general/soft-delete-overview",
        judge: (answers) => {
          const list = listOf(jsonOf(answerAt(answers, 0)));
          if (list.some((one) => textIn(one, "name") === name)) return taken(list, name, asked.environment.name);
          const deleted = listOf(jsonOf(answerAt(answers, 1))).some((one) => textIn(one, "name") === name);
          return deleted
            ? unclear("it was deleted and is kept: the provider recovers it, with what was in it")
            : passed("not in the subscription");
        },
      };
    },
  );

/** Terraform takes no resource group that is there already. */
const resourceGroups = (asked: Asked): Check[] =>
  [...byValue(madeOf(asked.stacks, "azurerm_resource_group"), ({ block }) => literalAt(block, "name"))].map(
    ([name, resources]): Check => ({
      ...AFTER_LOGIN,
      id: `names/group/${name}`,
      kind: "names",
      holds: `the subscription has no resource group ${name} but this environment's`,
      needs: resources.map((one) => needOf(one, `resource group ${name}`)),
      ask: [groups(asked)],
      passes: "the list has none of the name, or one with the tags environment and managed-by of this environment",
      otherwise: {
        say: "choose another name for the environment or its cluster, or import the group where it is yours",
        run: [],
      },
      source: "https://learn.microsoft.com/en-us/cli/azure/group#az-group-list",
      judge: (answers) => {
        const list = listOf(jsonOf(answerAt(answers, 0)));
        // Azure makes no difference between small and capital letters there.
        const found = list.find((one) => textIn(one, "name").toLowerCase() === name.toLowerCase());
        return found === undefined ? passed("free") : taken([found], textIn(found, "name"), asked.environment.name);
      },
    }),
  );

/** Names that somebody else may have, or that stay taken when what had them was deleted. */
export const nameChecks = (asked: Asked): Check[] => [...resourceGroups(asked), ...accounts(asked), ...vaults(asked)];

/** Zones that external-dns edits: there, public, of that name, and found from outside. */
export const zoneChecks = (asked: Asked, zones: readonly DnsZone[]): Check[] =>
  zones.flatMap(({ name, resourceGroup }) => {
    const ask = az(asked, "network", "dns", "zone", "show", "--name", name, "--resource-group", resourceGroup);
    const needs = [{ what: `records of hosts below ${name}`, of: asked.environment.name }];
    const there: Check = {
      ...AFTER_LOGIN,
      id: `dns/zone/${name}`,
      kind: "dns",
      holds: `the DNS zone ${name} is there, in the resource group ${resourceGroup}`,
      needs,
      ask: [ask],
      passes: "name is that, and nameServers has some",
      otherwise: {
        say: "correct dns.zones, or make the zone",
        run: [`az network dns zone list --subscription ${asked.place.subscriptionId} --output table`],
      },
      source: "https://learn.microsoft.com/en-us/cli/azure/network/dns/zone#az-network-dns-zone-show",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (answer.code !== 0 && isNotFound(answer.complaint)) return failed("there is none of that name");
        const zone = jsonOf(answer);
        if (textIn(zone, "name").toLowerCase() !== name) return failed(`it is ${textIn(zone, "name")}`);
        return listIn(zone, "nameServers").length > 0 ? passed("it is there") : failed("it has no servers");
      },
    };
    const servers = delegated({
      ...{ zone: name, ask, needs, after: [there.id] },
      servers: (answer) =>
        listIn(jsonOf(answer), "nameServers").filter((one): one is string => typeof one === "string"),
    });
    return [there, servers];
  });

/** Secrets that people make in the environment's vault, which `<env>-cluster` makes: until then nobody can. */
export const secretChecks = (asked: Asked, wanted: readonly WantedSecret[], vault: string): Check[] => {
  const vaultIsThere = az(asked, "keyvault", "list", "--resource-type", "vault", "--query", NAME_AND_TAGS);
  const [secrets] = secretsCheck(wanted, {
    ...AFTER_LOGIN,
    store: `the vault ${vault}`,
    ask: az(
      asked,
      "keyvault",
      "secret",
      "list",
      "--vault-name",
      vault,
      "--query",
      "[].{name: name, enabled: attributes.enabled}",
    ),
    passes:
      "the list has every one of them by its name, enabled; without the vault, which the cluster's stack makes, nobody is asked",
    make: ({ remoteKey, name }) =>
      `az keyvault secret set --vault-name ${vault} --name ${remoteKey} --file ${name} --output none`,
    source: "https://learn.microsoft.com/en-us/cli/azure/keyvault/secret#az-keyvault-secret-list",
    missing: (answer, keys) => {
      const enabled = listOf(jsonOf(answer)).filter((one) => maybeIn(one, "enabled") === true);
      const there = enabled.map((one) => textIn(one, "name"));
      return keys.filter((key) => !there.includes(key));
    },
  });
  if (secrets === undefined) return [];
  return [
    {
      ...secrets,
      ask: [vaultIsThere, ...secrets.ask],
      judge: (answers) => {
        const vaults = listOf(jsonOf(answerAt(answers, 0)));
        return vaults.some((one) => textIn(one, "name") === vault)
          ? secrets.judge(answers.slice(1))
          : {
              verdict: "not asked",
              found: "the vault comes with the cluster's stack: make them between that and the next",
            };
      },
    },
  ];
};

/** What another program has made, in which this one deploys. */
export function existingChecks(
  asked: Asked,
  { cluster, group, account }: { readonly cluster: string; readonly group: string; readonly account: string },
): Check[] {
  const of = asked.environment.name;
  return [
    {
      ...AFTER_LOGIN,
      id: `cluster/aks/${cluster}`,
      kind: "cluster",
      holds: `the cluster ${cluster} is there, and ready`,
      needs: [{ what: `cluster ${cluster}`, of }],
      ask: [
        az(
          asked,
          ...["aks", "show", "--name", cluster, "--resource-group", group],
          ...["--query", "{provisioningState: provisioningState, code: powerState.code}"],
        ),
      ],
      passes: "provisioningState is Succeeded and code, of its power, Running",
      otherwise: { say: "its owner deploys it first; or correct clusterName", run: [] },
      source: "https://learn.microsoft.com/en-us/cli/azure/aks#az-aks-show",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (answer.code !== 0 && isNotFound(answer.complaint)) return failed("there is none of that name");
        const found = jsonOf(answer);
        const said = `${textIn(found, "provisioningState")}, ${textIn(found, "code")}`;
        return said === "Succeeded, Running" ? passed(said) : failed(said);
      },
    },
    {
      ...AFTER_LOGIN,
      id: `cluster/state/${account}`,
      kind: "cluster",
      holds: `the storage account ${account} is there, which keeps the Terraform state`,
      needs: [{ what: "backend", of }],
      ask: [az(asked, "storage", "account", "list", "--query", NAME_AND_TAGS)],
      passes: "the list has it by its name",
      otherwise: { say: "make it, or correct stateAccount", run: [] },
      source: "https://learn.microsoft.com/en-us/cli/azure/storage/account#az-storage-account-list",
      judge: (answers) => {
        const answer = answerAt(answers, 0);
        if (answer.code !== 0) throw new NotUnderstood(`the command failed: ${complaintOf(answer)}`);
        return listOf(jsonOf(answer)).some((one) => textIn(one, "name") === account)
          ? passed("it is there")
          : failed("not in the subscription, or closed to who asks");
      },
    },
  ];
}
