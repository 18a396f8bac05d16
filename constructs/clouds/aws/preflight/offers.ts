import {
  answerAt,
  failed,
  jsonOf,
  listIn,
  maybeIn,
  missingIn,
  passed,
  textIn,
  unclear,
} from "../../../preflight/answers";
import type { Check } from "../../../preflight/check";
import { at, byValue, isAt, literalAt, madeOf, needOf, type Resource } from "../../../preflight/stacks";
import { kindOffers } from "../../shared/services";
import { AWS_PROVISIONERS } from "../services/provisioners";
import { AFTER_LOGIN, type Asked, regional } from "./ask";

/** Zones that nodes are in, by their ids, which mean the same in every account. */
function zonesOf({ stacks, zones = [] }: Asked): string[] {
  if (zones.length > 0) return [...zones];
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
  /** What is odd about one that is offered, as the resources ask for it. @default - nothing is */
  readonly odd?: (entry: unknown, resources: readonly Resource[]) => string | undefined;
  readonly change: string;
  readonly source: string;
}

/** Whether `8.4.7` is an `8.4`. */
const isOfVersion = (version: string, wanted: string): boolean =>
  version === wanted || version.startsWith(`${wanted}.`);

const parts = (id: string, place: number): string => id.split(" ")[place] ?? "";

const MULTI_AZ = "multi-az";
const isMultiAz = (id: string): boolean => id.split(" ").includes(MULTI_AZ);

/** Engine of an id, as the API calls it. One without a word for it is of MySQL. */
const engineOf = (id: string): string =>
  id
    .split(" ")
    .slice(2)
    .find((word) => word !== MULTI_AZ) ?? "mysql";

const calledEngine = (id: string): string => (engineOf(id) === "mysql" ? "MySQL" : engineOf(id));

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
    // A cluster that asks for standard support is not left at a version that is past it.
    odd: (entry, resources) =>
      textIn(entry, "versionStatus") === "EXTENDED_SUPPORT" &&
      resources.some(({ block }) => literalAt(block, "upgrade_policy", "support_type") === "STANDARD")
        ? "in extended support, and the cluster asks for STANDARD: look whether EKS still makes one of it"
        : undefined,
    change: "choose another kubernetesVersion",
    source: `${CLI}/eks/describe-cluster-versions.html`,
  },
  {
    type: "aws_db_instance",
    id: ({ block }) =>
      joined(
        ...[literalAt(block, "engine_version"), literalAt(block, "instance_class")],
        ...(isAt(block, "multi_az") ? [MULTI_AZ] : []),
        ...(literalAt(block, "engine") === "mysql" ? [] : [literalAt(block, "engine")]),
      ),
    holds: (id) =>
      `RDS offers ${calledEngine(id)} ${parts(id, 0)} on ${parts(id, 1)}${isMultiAz(id) ? " in two zones" : ""}`,
    command: (id) => [
      ...["rds", "describe-orderable-db-instance-options", "--engine", engineOf(id)],
      ...[
        "--db-instance-class",
        parts(id, 1),
        "--vpc",
        "--query",
        "{Options: OrderableDBInstanceOptions[].{EngineVersion: EngineVersion, MultiAZCapable: MultiAZCapable}}",
      ],
    ],
    list: "Options",
    isOne: (entry, id) =>
      isOfVersion(textIn(entry, "EngineVersion"), parts(id, 0)) &&
      (!isMultiAz(id) || maybeIn(entry, "MultiAZCapable") === true),
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
      const answer = jsonOf(answerAt(answers, 0));
      const all = listIn(answer, offer.list);
      const found = all.filter((entry) => offer.isOne?.(entry, id) ?? true);
      // The CLI asks for more by itself, but not for brokers.
      const isPart = typeof (maybeIn(answer, "NextToken") ?? undefined) === "string";
      if (found.length === 0 && isPart) return unclear("on none of the first of the list; there are more");
      if (found.length === 0) return failed(`none of the ${all.length} that are offered is one`);
      const odd = found.map((entry) => offer.odd?.(entry, resources));
      const [first] = odd;
      return first !== undefined && odd.every((one) => one !== undefined) ? unclear(first) : passed("it is");
    },
  }));
}

/** Machines in the zones that are used, and versions of services in the region. */
export const offerChecks = (asked: Asked): Check[] => [
  ...OFFERS.flatMap((offer) => offers(asked, offer)),
  ...machines(asked),
  ...kindOffers(AWS_PROVISIONERS, asked.environment, asked.stacks, {
    region: asked.place.region,
    command: (...words) => regional(asked, ...words),
    ...AFTER_LOGIN,
  }),
];
