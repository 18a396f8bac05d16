import { environmentThere } from "../../model/name-there";
import type { CloudOperations, Done, Restore, StateOperations } from "../../model/operations";
import type { ResolvedApplication, ResolvedService } from "../../model/resolved";
import type { Mysql } from "../../services/mysql";
import { changedFields, giveNote, notesIn, READ_NOTES } from "../shared/another-region";
import { failureOperations } from "./alarms/operations";
import { clusterName, clusterNames, STATE_CONTAINER, stateAccountName } from "./names";
import type { Place } from "./place";
import type { DnsZone } from "./props";
import { resourceGroupName } from "./services/names";
import { askedOf, AZURE_SERVICES } from "./services/provisioners";

type Known = Parameters<typeof askedOf>[0] &
  Pick<Place, "clusterName" | "regionInNames" | "stateAccount" | "subscriptionId" | "dns" | "location">;

/** What people do with `az`. */
export function operations(environment: { readonly name: string }, known: Known): CloudOperations {
  const { subscriptionId } = known;
  const cluster = clusterName(environment, known);
  const names = clusterNames(cluster, subscriptionId);
  const of = `--subscription ${subscriptionId}`;
  return {
    credentials: [
      `az aks get-credentials ${of} --resource-group ${names.resourceGroup} --name ${cluster}`,
      "kubelogin convert-kubeconfig -l azurecli",
    ],
    cluster: [
      `az aks show ${of} --resource-group ${names.resourceGroup} --name ${cluster} --query '[provisioningState,powerState.code]' --output tsv`,
      `az aks nodepool list ${of} --resource-group ${names.resourceGroup} --cluster-name ${cluster} --query '[].[name,availabilityZones[0],count,maxCount,provisioningState]' --output table`,
    ],
    zone: "The API of AKS runs in several zones and goes on. Each zone has node pools of its own, and those of the zones that are left grow up to their maximum.",
    taken: [
      "Vaults that were deleted keep their names until they are purged; azurerm recovers one of the same name by itself.",
      "Storage accounts and servers keep their names in all of Azure for as long as they are there.",
    ],
    diskCopies: "They are in the resource group of the nodes, which Azure deletes with the cluster.",
    anotherRegion: {
      region: known.location,
      change: changedFields({
        region: "location",
        state: "stateAccount",
        own: ["`network.watcher`", "sizes of machines"],
        more: [
          "where networks are in `endpoint.networks`, each becomes `{ id, names: false }`, or another network takes its place: it has links to zones of the lost environment, and Azure links no network to two zones of one name; whoever owns it adds records of the new vaults to the zones that it has. `network.cidr` gets another block then, as a network is peered with none that has the block of one it is peered with",
          "`stateSubnets` comes out where it is given: a subnet reaches an account of its own location",
        ],
      }),
      // The group is called as the cluster in it.
      credentials: [
        `az aks get-credentials ${of} --resource-group "$CLUSTER" --name "$CLUSTER"`,
        "kubelogin convert-kubeconfig -l azurecli",
      ],
      hosts: (namespace) => (known.dns?.zones ?? []).map((zone) => giveRecords(of, zone, namespace)),
    },
    stateElsewhere:
      "Azure copies the account of the state to the location's pair, minutes behind. It can be read there only after a failover of the account, which its owner or Microsoft begins.",
    state: (stack) => stateOf(`${stack}.tfstate`, stateAccountName(environment, known), of),
    writeSecret: (key, file) => [
      `az keyvault secret set ${of} --vault-name ${names.secretVault} --name ${key} --file ${file} --output none`,
    ],
    failure: (application, service, failure) => failureOperations(application, service, failure, known),
    restore: (application, service) => restore(application, service, known),
  };
}

/**
 * The lock is a lease on the blob, and who took it is in the blob's metadata.
 * https://developer.hashicorp.com/terraform/language/backend/azurerm
 */
function stateOf(key: string, account: string, of: string): StateOperations {
  const where = `${of} --account-name ${account} --container-name ${STATE_CONTAINER} --auth-mode login`;
  const holder = `az storage blob show ${where} --name ${key} --query 'metadata.terraformlockid || metadata.Terraformlockid' --output tsv | base64 -d`;
  return {
    place: `blob \`${key}\` of the account \`${account}\`, container \`${STATE_CONTAINER}\`, lock: a lease on it`,
    holder: [`az storage blob show ${where} --name ${key} --query properties.lease`, holder],
    lockId: [`LOCK=$(${holder} | sed -n 's/.*"ID":"\\([^"]*\\)".*/\\1/p')`],
    versions: [
      `az storage blob list ${where} --prefix ${key} --include v --query '[].[versionId,isCurrentVersion,properties.contentLength]' --output table`,
    ],
    previous: `VERSION=$(az storage blob list ${where} --prefix ${key} --include v --query '[?!isCurrentVersion].versionId' --output tsv | sort | tail -n 1)`,
    fetch: (file) => [
      `az storage blob download ${where} --name ${key} --version-id "$VERSION" --file ${file} --output none`,
    ],
  };
}

/**
 * Restores beside the old one: Azure renames no server, and the copies of one go with it.
 * https://learn.microsoft.com/en-us/azure/mysql/flexible-server/how-to-restore-server-cli
 */
function restore(application: ResolvedApplication, service: ResolvedService, known: Known): Restore | undefined {
  if (service.service.kind !== "mysql" || service.sizing.placement !== "managed") return undefined;
  const { name } = AZURE_SERVICES.describe(application, service, askedOf(known));
  const group = resourceGroupName(environmentThere(application), application.name);
  const server = (verb: string, one: string, more = ""): string =>
    `az mysql flexible-server ${verb} --subscription ${known.subscriptionId} --resource-group ${group} --name ${one}${more}`;
  const ask = (query: string): string => server("show", name, ` --query ${query} --output tsv`);
  return {
    steps: [
      {
        say: "How far back it reaches.",
        run: [ask("backup.earliestRestoreDate")],
      },
      {
        say: "Restore beside it, in the same network. Nothing of the old one changes.",
        run: [
          `SUBNET=$(${ask("network.delegatedSubnetResourceId")})`,
          `ZONE=$(${ask("network.privateDnsZoneResourceId")})`,
          server(
            "restore",
            `${name.slice(0, 58)}-at`,
            ` --source-server ${name} --restore-time "$AT" --subnet "$SUBNET" --private-dns-zone "$ZONE" --yes`,
          ),
          server("show", `${name.slice(0, 58)}-at`, " --query '[state,fullyQualifiedDomainName]' --output tsv"),
        ],
      },
      {
        say: `The model takes no server of another name, and Azure renames none: what was lost is copied back into \`${name}\`, by a client in the network that both are in. Each asks for its administrator's password: the restored one's is that of the time, the other's that of now. Tables that are in the copy are replaced, and those that were made since stay.`,
        run: [
          `mysqldump --host=${name.slice(0, 58)}-at.mysql.database.azure.com --user=dbadmin --password --ssl-mode=REQUIRED --single-transaction --set-gtid-purged=OFF --routines --triggers --result-file=restored.sql --databases ${(service.service as Mysql).spec.database}`,
          `mysql --host=${name}.mysql.database.azure.com --user=dbadmin --password --ssl-mode=REQUIRED --execute 'source restored.sql'`,
          "rm restored.sql",
        ],
      },
    ],
    last: [
      {
        say: "Once all is well, delete the restored one: it is billed, and in no state.",
        run: [server("delete", `${name.slice(0, 58)}-at`)],
      },
    ],
    bringsUsers: false,
  };
}

/** Records of one zone: a note has one value. The new one comes before the old one goes, so that none is ever without an owner. */
function giveRecords(of: string, { name, resourceGroup }: DnsZone, namespace: string): Done {
  const where = `${of} --resource-group ${resourceGroup} --zone-name ${name}`;
  return {
    say: `Records of \`${name}\`.`,
    run: [
      `az network dns record-set txt list ${where} --query '[].[name, (TXTRecords || txtRecords)[0].value[0]]' --output tsv | grep "${notesIn(namespace)}" | ${READ_NOTES}`,
      `  : | az network dns record-set txt add-record ${where} --record-set-name "$NAME" --value "$(printf '%s' "$NOTE" | sed "${giveNote}")" --output none &&`,
      `    : | az network dns record-set txt remove-record ${where} --record-set-name "$NAME" --value "$NOTE" --keep-empty-record-set --output none`,
      "done",
    ],
  };
}
