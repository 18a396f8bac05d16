import type { ResourceTypes } from "../services/resource-facts";
import { type FactOf, factsWith } from "./facts/brought";
import { typeOf } from "./facts/types";
import { madeOf, type Surroundings } from "./made";
import { DestroyOrder } from "./order";
import type { Leaving, Rehearsal, Remains, StackTeardown } from "./rehearsal";
import { elementOf, modulesIn, objectsOf, type Resource, resourcesIn, whatOf, type WrittenStack } from "./stack";
import { stepsOf, type Words } from "./steps";
import { isMet, stopsOf } from "./stops";
import { waitsIn } from "./waits";

export interface RehearseProps extends Omit<Surroundings, "classes"> {
  readonly environment: string;
  /** Stacks in the order in which they are deployed, as they are now. */
  readonly stacks: readonly WrittenStack[];
  /** The same as they are when they are destroyed, once protections are lifted by `words`. @default - nothing has to be lifted */
  readonly lifted?: readonly WrittenStack[];
  readonly words: Words;
  /** What kinds of services say of types of resources that are not known here. @default - nothing */
  readonly types?: ResourceTypes;
  /** Commands that have kubectl ask the environment's cluster; none where it asks it already. */
  readonly credentials: readonly string[];
}

/** What a destroy of each stack of an environment would meet, in the order that works. Nothing is asked, and nothing is changed. */
export function rehearse(props: RehearseProps): Rehearsal {
  const { environment, words, hosts, credentials } = props;
  const now = [...props.stacks].reverse().flatMap(resourcesIn);
  const stacks = [...(props.lifted ?? props.stacks)].reverse();
  const ordered = stacks.map((stack) => ({ stack, order: new DestroyOrder(stack) }));
  const resources = ordered.flatMap(({ order }) => order.resources);
  const factOf = factsWith(props.types);
  const stops = now.flatMap((resource) => stopsOf(resource, factOf));
  const waits = waitsIn(ordered);
  // A volume goes or stays by the class that it was made with.
  const made = madeOf(resources, { ...props, classes: now });
  const steps = stepsOf({
    ...{ environment, stacks, resources, stops, words, credentials },
    between: {
      hosts,
      recordsGo: made.some(({ by, becomes }) => by === "external-dns" && becomes === "goes"),
      kinds: kindsThatWait(resources),
    },
  });
  return {
    environment,
    through: !stops.some(isMet) && waits.every(({ verdict }) => verdict !== "hangs"),
    stacks: ordered.map(({ stack, order }): StackTeardown => ({
      name: stack.name,
      holds: holdsOf(stack),
      command: `npx cdktf destroy ${stack.name}`,
      waves: order.waves().map((wave) => wave.map(leaving)),
    })),
    ...{ steps, stops, waits, made },
    unlifted:
      props.lifted === undefined
        ? []
        : resources
            .flatMap((resource) => stopsOf(resource, factOf))
            .filter((stop) => isMet(stop) && stop.lift !== "locks"),
    names: resources.flatMap((resource) => {
      const taken = factOf(typeOf(resource))?.taken?.(resource);
      return taken === undefined ? [] : [{ ...taken, of: elementOf(resource) }];
    }),
    remains: [...resources.flatMap((resource) => leftBy(resource, factOf)), ...accumulated(now, resources, factOf)],
    unknown: [
      ...unknownOf(resources, factOf),
      ...stacks.flatMap(modulesIn).map(unknownModule),
      ...props.charts.map(unknownChart),
    ],
  };
}

function leftBy(resource: Resource, factOf: FactOf): Remains[] {
  return (factOf(typeOf(resource))?.leaves?.(resource) ?? []).map((one) => ({ ...one, of: elementOf(resource) }));
}

/** What has been made until now by what is turned off before the destroy. */
function accumulated(now: readonly Resource[], then: readonly Resource[], factOf: FactOf): Remains[] {
  const left = (resource: Resource): Remains[] => leftBy(resource, factOf);
  const said = then.flatMap(left).map(({ what, of }) => `${of}: ${what}`);
  return now
    .filter((resource) => factOf(typeOf(resource))?.accumulates === true)
    .flatMap(left)
    .filter(({ what, of }) => !said.includes(`${of}: ${what}`));
}

const HOLDS: Readonly<Record<WrittenStack["part"], string>> = {
  application: "the application",
  platform: "add-ons in the cluster",
  cluster: "network, cluster, nodes and identities",
  state: "the place of the Terraform state",
};

function holdsOf({ part, application }: WrittenStack): string {
  return application === undefined ? HOLDS[part] : `${HOLDS[part]} ${application}`;
}

function leaving(resource: Resource): Leaving {
  return {
    address: resource.address,
    element: elementOf(resource),
    what: whatOf(resource),
  };
}

/** Operators of the platform, and the kinds of theirs that no stack but an application's has. */
const KINDS: readonly (readonly [release: string, kinds: readonly string[]])[] = [
  ["keda", ["scaledobjects.keda.sh", "scaledjobs.keda.sh"]],
  ["rabbitmq-cluster-operator", ["rabbitmqclusters.rabbitmq.com"]],
  ["cert-manager", ["challenges.acme.cert-manager.io"]],
  ["envoy-gateway", ["gateways.gateway.networking.k8s.io"]],
];

function kindsThatWait(resources: readonly Resource[]): string[] {
  return KINDS.filter(([release]) =>
    resources.some(({ type, block }) => type === "helm_release" && block.name === release),
  ).flatMap(([, kinds]) => kinds);
}

function unknownModule({ stack, address, block }: Resource): string {
  const source = typeof block.source === "string" && !block.source.startsWith("./") ? ` (${block.source})` : "";
  return `${stack.name}: ${address}${source}: what is in a module is not looked at here: whether it refuses, leaves something behind or holds data, whoever wrote it knows`;
}

function unknownChart(name: string): string {
  return `add-on ${name}: what its chart has made, and whether any of it waits for a controller or stays, its chart says: helm get manifest ${name}`;
}

/** Types that nobody here has looked at: what they leave or wait for is not said. */
function unknownOf(resources: readonly Resource[], factOf: FactOf): string[] {
  const types = resources.filter((resource) => factOf(typeOf(resource)) === undefined);
  const said = types.map((resource) => {
    const [object] = objectsOf(resource);
    const what =
      object === undefined
        ? typeOf(resource)
        : `kind ${object.kind}${object.group === "" ? "" : ` of ${object.group}`}`;
    return `${resource.stack.name}: ${resource.address}: ${what} is not known here: whether it waits for a controller, leaves something behind or keeps its name, who brought it knows`;
  });
  return [...new Set(said)];
}
