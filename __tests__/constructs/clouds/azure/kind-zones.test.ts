import { azure } from "../../../../constructs/clouds/azure";
import type { ExistingVirtualNetwork } from "../../../../constructs/clouds/azure/network-props";
import { environment, type EnvironmentSpec } from "../../../../constructs/environment";
import { loadEnvironments } from "../../../../constructs/model/load";
import { InvalidInput } from "../../../../constructs/model/problem";
import type { ServiceSizing } from "../../../../constructs/model/service";
import { ingress } from "../../../../constructs/routing/ingress";
import { AZURE_PROPS } from "../../../support/azure-environment";
import { all, one } from "../../../support/cloud-environment";
import { EXISTING_VNET, HUB_ZONES } from "../../../support/existing-networks";
import { store } from "../../../support/postgresql-input";
import { stack, synthesizeEnvironments } from "../../../support/reference";

/* Kinds whose names are looked up in a private zone of their own, in a network that has one of that name maybe. */

const NAME = "privatelink.postgres.database.azure.com";
const OURS = `/subscriptions/00000000-0000-4000-8000-000000000009/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/${NAME}`;

const inNetwork = (zones: ExistingVirtualNetwork["privateLinkZones"], db: ServiceSizing = {}): EnvironmentSpec => {
  const cloud = azure({ ...AZURE_PROPS, network: { existing: { ...EXISTING_VNET, privateLinkZones: zones } } });
  return environment({
    ...{ name: "production", cloud, routing: ingress(), profile: "production", observability: "off" },
    ...{ contact: "platform@example.com", costCenter: "store", images: "immutable-tags" },
    applications: [{ application: store(), services: { db } }],
  });
};

const zonesMade = (spec: EnvironmentSpec): string[] =>
  all(stack(synthesizeEnvironments([spec]), "production-cluster"), "azurerm_private_dns_zone")
    .map(({ name }) => String(name))
    .filter((name) => name.startsWith("privatelink."));

const lookedUpIn = (spec: EnvironmentSpec) =>
  one(stack(synthesizeEnvironments([spec]), "production"), "azurerm_private_endpoint").private_dns_zone_group;

function problems(spec: EnvironmentSpec): string[] {
  try {
    loadEnvironments([spec]);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput)
      return error.message.split("\n").filter((line) => line.includes("environments."));
    throw error;
  }
}

test("in a network without private link zones the environment makes it, and links it", () => {
  const own = inNetwork(undefined);
  expect(zonesMade(own)).toContain(NAME);
  expect(lookedUpIn(own)).toMatchObject({
    private_dns_zone_ids: [
      expect.stringMatching(/\/resourceGroups\/production\/.*\/privatelink\.postgres\.database\.azure\.com$/),
    ],
  });
});

test("where the network has them, it is the one that is given: a network can be linked to one of a name", () => {
  const given = inNetwork({ ...HUB_ZONES, kinds: { [NAME]: OURS } });
  expect(zonesMade(given)).toEqual([]);
  expect(lookedUpIn(given)).toMatchObject({ private_dns_zone_ids: [OURS] });
});

test("where the network has them and this one was not given, it is asked for", () => {
  expect(problems(inNetwork(HUB_ZONES))).toEqual([
    expect.stringMatching(
      /environments\.production\..*services\.db: names of postgresql are looked up in privatelink\.postgres\.database\.azure\.com, and cloud\.network\.existing\.privateLinkZones has no zone of that name; give its id in privateLinkZones\.kinds\["privatelink\.postgres\.database\.azure\.com"\]$/,
    ),
  ]);
});

test("a database in the cluster asks for none, and none is made for it", () => {
  const inCluster = inNetwork(HUB_ZONES, { placement: "in-cluster", highAvailability: false });
  expect(problems(inCluster)).toEqual([]);
  expect(zonesMade(inCluster)).toEqual([]);
});

test.each([
  ["the id of another zone", { [NAME]: HUB_ZONES.vault }, `use the id of the private zone ${NAME}`],
  [
    "what is no id",
    { [NAME]: NAME },
    "use the id of the private zone of this name: /subscriptions/…/privateDnsZones/…",
  ],
  ["a name in capitals", { [NAME.toUpperCase()]: OURS }, "use the zone's name, in small letters"],
])("refuses %s", (_, kinds, said) => {
  const found = problems(inNetwork({ ...HUB_ZONES, kinds }));
  expect(found).toEqual([expect.stringContaining(said)]);
  expect(found[0]).toContain("environments.production.cloud.network.existing.privateLinkZones.kinds");
});
