import { answerAt, failed, jsonOf, listIn, listOf, missingIn, passed, textIn } from "../../../preflight/answers";
import type { Check } from "../../../preflight/check";
import { at, byValue, literalAt, madeOf, needOf } from "../../../preflight/stacks";
import { kindOffers } from "../../shared/services";
import { GOOGLE_PROVISIONERS } from "../services/provisioners";
import { AFTER_LOGIN, type Asked, gcloud, textsOf } from "./ask";

function zonesOf({ stacks }: Asked): string[] {
  const zones = madeOf(stacks, "google_container_node_pool").flatMap(({ block }) => at(block, "node_locations") ?? []);
  return [...new Set(zones.filter((one): one is string => typeof one === "string"))].sort();
}

const machines = (asked: Asked): Check[] => {
  const zones = zonesOf(asked);
  if (zones.length === 0) return [];
  return [
    ...byValue(madeOf(asked.stacks, "google_container_node_pool"), ({ block }) =>
      literalAt(block, "node_config", "machine_type"),
    ),
  ].map(([type, pools]): Check => ({
    ...AFTER_LOGIN,
    id: `offers/machine/${type}`,
    kind: "offers",
    holds: `${type} is offered in ${zones.join(", ")}`,
    needs: pools.map((one) => needOf(one, type)),
    ask: [gcloud(asked, "compute", "machine-types", "list", "--filter", `name=${type}`, "--zones", zones.join(","))],
    passes: "the list has it for every one of these zones",
    otherwise: { say: "choose another machineType in nodes", run: [] },
    source: "https://docs.cloud.google.com/sdk/gcloud/reference/compute/machine-types/list",
    judge: (answers) => {
      const found = listOf(jsonOf(answerAt(answers, 0))).filter((one) => textIn(one, "name") === type);
      // A zone may be written as the end of its address.
      const missing = missingIn(
        zones,
        found.map((one) => textIn(one, "zone").split("/").at(-1) ?? ""),
      );
      return missing.length === 0 ? passed(`in ${zones.length} zones`) : failed(`not in ${missing.join(", ")}`);
    },
  }));
};

const kubernetes = (asked: Asked): Check[] =>
  [
    ...byValue(madeOf(asked.stacks, "google_container_cluster"), ({ block }) => literalAt(block, "min_master_version")),
  ].map(([version, clusters]): Check => {
    const channel = literalAt(clusters[0]?.block, "release_channel", "channel") ?? "REGULAR";
    return {
      ...AFTER_LOGIN,
      id: `offers/gke/${version}`,
      kind: "offers",
      holds: `GKE offers Kubernetes ${version} in the channel ${channel} of ${asked.place.region}`,
      needs: clusters.map((one) => needOf(one, `Kubernetes ${version}`)),
      ask: [gcloud(asked, "container", "get-server-config", "--region", asked.place.region)],
      passes: `validVersions of the channel ${channel} has one that begins with ${version}.`,
      otherwise: { say: "choose another kubernetesVersion", run: [] },
      source: "https://docs.cloud.google.com/sdk/gcloud/reference/container/get-server-config",
      judge: (answers) => {
        const channels = listIn(jsonOf(answerAt(answers, 0)), "channels");
        const found = channels.find((one) => textIn(one, "channel") === channel);
        if (found === undefined) return failed(`there is no channel ${channel}`);
        const versions = listIn(found, "validVersions").filter((one): one is string => typeof one === "string");
        const fits = versions.filter(
          (one) => one === version || one.startsWith(`${version}.`) || one.startsWith(`${version}-`),
        );
        return fits[0] === undefined ? failed(`it has ${versions.join(", ")}`) : passed(fits[0]);
      },
    };
  });

/** Machines of Cloud SQL that are made of numbers are on no list. */
const databases = (asked: Asked): Check[] =>
  [
    ...byValue(madeOf(asked.stacks, "google_sql_database_instance"), ({ block }) =>
      literalAt(block, "settings", "tier"),
    ),
  ]
    .filter(([tier]) => !tier.startsWith("db-custom-"))
    .map(([tier, instances]): Check => ({
      ...AFTER_LOGIN,
      id: `offers/sql/${tier}`,
      kind: "offers",
      holds: `Cloud SQL offers ${tier} in ${asked.place.region}`,
      needs: instances.map((one) => needOf(one, tier)),
      ask: [gcloud(asked, "sql", "tiers", "list")],
      passes: `the entry whose tier is ${tier} has the region`,
      otherwise: { say: "choose another size of the service", run: [] },
      source: "https://docs.cloud.google.com/sql/docs/mysql/admin-api/rest/v1/tiers/list",
      judge: (answers) => {
        const found = listOf(jsonOf(answerAt(answers, 0))).find((one) => textIn(one, "tier") === tier);
        if (found === undefined) return failed("it is on no list");
        return listIn(found, "region").includes(asked.place.region) ? passed("it is") : failed("not in the region");
      },
    }));

const redis = (asked: Asked): Check[] => {
  const made = madeOf(asked.stacks, "google_redis_instance");
  if (made.length === 0) return [];
  return [
    {
      ...AFTER_LOGIN,
      id: "offers/redis",
      kind: "offers",
      holds: `Memorystore for Redis is offered in ${asked.place.region}`,
      needs: made.map((one) => needOf(one, literalAt(one.block, "redis_version") ?? "Redis")),
      ask: [gcloud(asked, "redis", "regions", "list")],
      passes: "the list has the region by its locationId",
      otherwise: { say: "choose another place for the service, or another region", run: [] },
      source: "https://docs.cloud.google.com/sdk/gcloud/reference/redis/regions/list",
      judge: (answers) =>
        textsOf(listOf(jsonOf(answerAt(answers, 0))), "locationId").includes(asked.place.region)
          ? passed("it is")
          : failed("not in the region"),
    },
  ];
};

/** Machines, versions and services in the region and its zones. */
export const offerChecks = (asked: Asked): Check[] => [
  ...kubernetes(asked),
  ...machines(asked),
  ...databases(asked),
  ...redis(asked),
  ...kindOffers(GOOGLE_PROVISIONERS, asked.environment, asked.stacks, {
    region: asked.place.region,
    command: (...words) => gcloud(asked, ...words),
    ...AFTER_LOGIN,
  }),
];
