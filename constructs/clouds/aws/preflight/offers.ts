import { answerAt, failed, jsonOf, listIn, maybeIn, missingIn, passed, textIn } from "../../../preflight/answers";
import type { Check } from "../../../preflight/check";
import { at, byValue, literalAt, madeOf, needOf, type Resource } from "../../../preflight/stacks";
import { AFTER_LOGIN, type Asked, regional } from "./ask";

/** Zones that the stacks make subnets in, by their ids, which mean the same in every account. */
function zonesOf({ stacks }: Asked): string[] {
  return [...byValue(madeOf(stacks, "aws_subnet"), ({ block }) => literalAt(block, "availability_zone_id")).keys()];
}

const machinesOf = ({ block }: Resource): string[] => {
  const types = at(block, "instance_types");
  return Array.isArray(types) ? types.filter((one): one is string => typeof one === "string") : [];
};

function machines(asked: Asked): Check[] {
  const zones = zonesOf(asked);
  const groups = madeOf(asked.stacks, "aws_eks_node_group");
  const types = [...new Set(groups.flatMap(machinesOf))].sort();
  if (zones.length === 0) return [];
  return types.map((type): Check => ({
    ...AFTER_LOGIN,
    id: `offers/ec2/${type}`,
    kind: "offers",
    holds: `${type} is offered in ${zones.join(", ")}`,
    needs: groups.filter((one) => machinesOf(one).includes(type)).map((one) => needOf(one, type)),
    ask: [
      regional(
        asked,
        ...["ec2", "describe-instance-type-offerings", "--location-type", "availability-zone-id"],
        ...["--filters", `Name=instance-type,Values=${type}`, `Name=location,Values=${zones.join(",")}`],
      ),
    ],
    passes: "InstanceTypeOfferings has every one of these zones as a Location",
    otherwise: { say: "choose another machine in nodes, or other zones in network.zones", run: [] },
    source: "https://docs.aws.amazon.com/cli/latest/reference/ec2/describe-instance-type-offerings.html",
    judge: (answers) => {
      const offered = listIn(jsonOf(answerAt(answers, 0)), "InstanceTypeOfferings");
      const missing = missingIn(
        zones,
        offered.map((one) => textIn(one, "Location")),
      );
      return missing.length === 0 ? passed(`in ${zones.length} zones`) : failed(`not in ${missing.join(", ")}`);
    },
  }));
}

/** What a resource asks a service of AWS's for, as one text, and the command that says whether there is such a thing. */
interface Offer {
  readonly type: string;
  readonly id: (resource: Resource) => string | undefined;
  readonly holds: (id: string) => string;
  readonly command: (id: string) => readonly string[];
  /** Key of the list in the answer, which is not empty where it is offered. */
  readonly list: string;
  /** Whether an entry of the list is the one. @default - all are */
  readonly isOne?: (entry: unknown, id: string) => boolean;
  readonly change: string;
  readonly source: string;
}

/** Whether `8.4.7` is an `8.4`. */
const isOfVersion = (version: string, wanted: string): boolean =>
  version === wanted || version.startsWith(`${wanted}.`);

const parts = (id: string, place: number): string => id.split(" ")[place] ?? "";

const joined = (...all: readonly (string | undefined)[]): string | undefined =>
  all.every((one) => one !== undefined) ? all.join(" ") : undefined;

const CLI = "https://docs.aws.amazon.com/cli/latest/reference";

const OFFERS: readonly Offer[] = [
  {
    type: "aws_eks_cluster",
    id: ({ block }) => literalAt(block, "version"),
    holds: (id) => `EKS offers Kubernetes ${id}`,
    command: (id) => ["eks", "describe-cluster-versions", "--cluster-versions", id],
    list: "clusterVersions",
    isOne: (entry, id) => textIn(entry, "clusterVersion") === id && maybeIn(entry, "versionStatus") !== "UNSUPPORTED",
    change: "choose another kubernetesVersion",
    source: `${CLI}/eks/describe-cluster-versions.html`,
  },
  {
    type: "aws_db_instance",
    id: ({ block }) => joined(literalAt(block, "engine_version"), literalAt(block, "instance_class")),
    holds: (id) => `RDS offers MySQL ${parts(id, 0)} on ${parts(id, 1)}`,
    command: (id) => [
      ...["rds", "describe-orderable-db-instance-options", "--engine", "mysql"],
      ...[
        "--db-instance-class",
        parts(id, 1),
        "--vpc",
        "--query",
        "{Options: OrderableDBInstanceOptions[].{EngineVersion: EngineVersion}}",
      ],
    ],
    list: "Options",
    isOne: (entry, id) => isOfVersion(textIn(entry, "EngineVersion"), parts(id, 0)),
    change: "choose another version or size of the service",
    source: `${CLI}/rds/describe-orderable-db-instance-options.html`,
  },
  {
    type: "aws_elasticache_replication_group",
    id: ({ block }) => joined(literalAt(block, "engine"), literalAt(block, "engine_version")),
    holds: (id) => `ElastiCache offers ${id}`,
    command: (id) => ["elasticache", "describe-cache-engine-versions", "--engine", parts(id, 0)],
    list: "CacheEngineVersions",
    isOne: (entry, id) => isOfVersion(textIn(entry, "EngineVersion"), parts(id, 1)),
    change: "choose another version of the service",
    source: `${CLI}/elasticache/describe-cache-engine-versions.html`,
  },
  {
    type: "aws_mq_broker",
    id: ({ block }) =>
      joined(
        literalAt(block, "engine_version"),
        literalAt(block, "host_instance_type"),
        literalAt(block, "deployment_mode"),
      ),
    holds: (id) => `Amazon MQ offers RabbitMQ ${parts(id, 0)} on ${parts(id, 1)}, as ${parts(id, 2)}`,
    command: (id) => [
      "mq",
      "describe-broker-instance-options",
      "--engine-type",
      "RABBITMQ",
      "--host-instance-type",
      parts(id, 1),
    ],
    list: "BrokerInstanceOptions",
    isOne: (entry, id) =>
      listIn(entry, "SupportedEngineVersions").includes(parts(id, 0)) &&
      listIn(entry, "SupportedDeploymentModes").includes(parts(id, 2)),
    change: "choose another version or size of the service",
    source: `${CLI}/mq/describe-broker-instance-options.html`,
  },
];

function offers(asked: Asked, offer: Offer): Check[] {
  return [...byValue(madeOf(asked.stacks, offer.type), offer.id)].map(([id, resources]): Check => ({
    ...AFTER_LOGIN,
    id: `offers/${offer.command(id)[0] ?? ""}/${id.replaceAll(" ", "/")}`,
    kind: "offers",
    holds: `${offer.holds(id)} in ${asked.place.region}`,
    needs: resources.map((one) => needOf(one, id)),
    ask: [regional(asked, ...offer.command(id))],
    passes: `${offer.list} has one of that kind`,
    otherwise: { say: offer.change, run: [] },
    source: offer.source,
    judge: (answers) => {
      const all = listIn(jsonOf(answerAt(answers, 0)), offer.list);
      const found = all.filter((entry) => offer.isOne?.(entry, id) ?? true);
      return found.length > 0 ? passed("it is") : failed(`none of the ${all.length} that are offered is one`);
    },
  }));
}

/** Machines in the zones that are used, and versions of services in the region. */
export const offerChecks = (asked: Asked): Check[] => [
  ...OFFERS.flatMap((offer) => offers(asked, offer)),
  ...machines(asked),
];
