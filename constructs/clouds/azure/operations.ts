import type { CloudOperations, Done, StateOperations } from "../../model/operations";
import { changedFields, giveNote, notesIn, READ_NOTES } from "../shared/another-region";
import { failureOperations } from "./alarms/operations";
import { clusterName, clusterNames, STATE_CONTAINER, stateAccountName } from "./names";
import type { Place } from "./place";
import type { DnsZone } from "./props";
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
    restore: (application, service) => AZURE_SERVICES.operations(application, service, askedOf(known))?.restore,
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
