import type { CloudChecks } from "../../../preflight/check";
import { wantedSecrets } from "../../../preflight/secrets";
import type { WrittenStack } from "../../../preflight/stacks";
import type { CloudEnvironment } from "../../cloud";
import { type ExistingAzureProps, existingPlace } from "../existing";
import { clusterName, clusterNames, stateAccountName } from "../names";
import { isMade } from "../network-props";
import { ownPlace } from "../place";
import type { AzureProps } from "../props";
import { settingsOf } from "../settings";
import { type Asked, loginCheck } from "./ask";
import { importChecks } from "./imports";
import { existingChecks, nameChecks, secretChecks, zoneChecks } from "./names";
import { networkChecks } from "./network";
import { offerChecks } from "./offers";
import { quotaChecks, sizeChecks, unknownSizes } from "./quotas";
import { featureChecks, providerChecks, rightsChecks } from "./services";

const UNASKED = [
  "names of MySQL servers and caches, which all of Azure shares: no command of az that only reads tells whether one is free; they end in ten digits of a hash",
  "how many storage accounts, vaults, disks, MySQL servers and caches the subscription may still have: they are compared with nothing here",
  "policies that are assigned to the subscription or above it, which may deny what a role allows",
  "names of vaults that another subscription has: az tells of its own alone",
  "what Azure Managed Redis offers in the location: az lists it for no subscription",
];

const UNASKED_NETWORK = [
  "what security groups and the firewall behind the route table of the network refuse: what has to be open is in docs/guide/use-an-existing-network.md",
  "whether private zones of another subscription are linked to the network, and who may write to them",
  "addresses that are free in the subnets: no command of az counts them for a subnet",
];

/** What a subscription has to have before an environment of its own is deployed. */
export function preflight(
  props: AzureProps,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks {
  const asked: Asked = { environment, stacks, place: ownPlace(props) };
  const { network } = props;
  const settings = settingsOf(props, environment);
  const vault = clusterNames(clusterName(environment, props), props.subscriptionId).secretVault;
  return {
    checks: [
      loginCheck(asked),
      ...rightsChecks(asked, props.access.deployers),
      ...providerChecks(asked),
      ...featureChecks(asked),
      ...quotaChecks(asked, settings),
      ...sizeChecks(asked),
      ...offerChecks(asked),
      ...nameChecks(asked),
      ...importChecks(asked),
      ...(isMade(network) ? [] : networkChecks(asked, network.existing)),
      ...zoneChecks(asked, props.dns?.zones ?? []),
      ...secretChecks(asked, wantedSecrets(environment), vault),
    ],
    unasked: [
      ...unknownSizes(settings).map(
        (size) => `quota of ${size}: nobody here knows how many vCPUs it has, or its family`,
      ),
      ...(isMade(network) ? [] : UNASKED_NETWORK),
      ...UNASKED,
    ],
  };
}

/** The same where another program has made the cluster. */
export function existingPreflight(
  props: ExistingAzureProps,
  environment: CloudEnvironment,
  stacks: readonly WrittenStack[],
): CloudChecks {
  const asked: Asked = { environment, stacks, place: existingPlace(props) };
  const cluster = clusterName(environment, props);
  const { resourceGroup, secretVault } = clusterNames(cluster, props.subscriptionId);
  return {
    checks: [
      loginCheck(asked),
      ...providerChecks(asked),
      ...quotaChecks(asked, undefined),
      ...offerChecks(asked),
      ...nameChecks(asked),
      ...importChecks(asked),
      ...secretChecks(asked, wantedSecrets(environment), secretVault),
      ...existingChecks(asked, { cluster, group: resourceGroup, account: stateAccountName(environment, props) }),
    ],
    unasked: ["rights of who deploys: nobody here knows who that is, where the cluster is somebody else's", ...UNASKED],
  };
}
