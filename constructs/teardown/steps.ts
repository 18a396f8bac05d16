import type { Step, Stop } from "./rehearsal";
import { at, type Resource, textAt, type WrittenStack } from "./stack";
import { isMet } from "./stops";

/** What lifts protections, as the environment says it. */
export interface Words {
  /** Words that each application still has to say in `drops`, by its name. */
  readonly drops: Readonly<Record<string, readonly string[]>>;
  /** Copies in a second region, which have their words in `backups`. @default - there are none, or they are dropped */
  readonly copies?: string;
}

export interface StepsInput {
  readonly environment: string;
  /** Stacks in the order in which they are destroyed. */
  readonly stacks: readonly WrittenStack[];
  readonly resources: readonly Resource[];
  readonly stops: readonly Stop[];
  readonly words: Words;
  /** What has to be seen to or waited for between two stacks, by the part that goes next. */
  readonly between: Between;
  /** Commands that have kubectl ask the environment's cluster. @default - it asks it already */
  readonly credentials: readonly string[];
}

export interface Between {
  readonly hosts: readonly string[];
  /** Whether external-dns takes records away by itself. */
  readonly recordsGo: boolean;
  /** Kinds whose objects wait for a controller of the platform, and are of applications alone: `scaledobjects.keda.sh`. */
  readonly kinds: readonly string[];
}

const deploy = (stack: string): string => `npx cdktf deploy ${stack}`;
const destroy = ({ name }: Pick<WrittenStack, "name">): string => `npx cdktf destroy ${name}`;

/** All that is to be done, in the order in which it works: protections off, stacks from the last that came to the first. */
export function stepsOf(input: StepsInput): Step[] {
  const { stacks } = input;
  const of = (part: WrittenStack["part"]): WrittenStack[] => stacks.filter((stack) => stack.part === part);
  return [
    ...asked(input),
    ...of("application").flatMap((stack) => dropped(input, stack)),
    ...of("application").map((stack) => ({
      say: `Destroy ${stack.application ?? stack.name}.`,
      run: [destroy(stack)],
    })),
    ...unprotected(input),
    ...beforePlatform(input),
    ...of("platform").map((stack) => ({ say: "Destroy the platform.", run: [destroy(stack)] })),
    ...beforeCluster(input),
    ...of("cluster").map((stack) => ({ say: "Destroy the cluster.", run: [destroy(stack)] })),
    ...afterCluster(input),
    ...of("state").map((stack) => ({
      say: `Last, if ever: ${stack.name}. Terraform always refuses it, as it keeps the states of all the others. Who needs none of them deletes what it has made by the cloud's own tool, and its own state with it.`,
      run: [],
    })),
  ];
}

/** An answer of another cluster looks as if everything were gone. */
function asked({ credentials, environment }: StepsInput): Step[] {
  if (credentials.length === 0) return [];
  return [
    {
      say: `Have kubectl ask the cluster of ${environment}, and see that it is that one: every line below that waits asks it.`,
      run: [...credentials, "kubectl config current-context"],
    },
  ];
}

function dropped({ stops, words, environment }: StepsInput, stack: WrittenStack): Step[] {
  const { application } = stack;
  if (
    application === undefined ||
    !stops.some((stop) => isMet(stop) && stop.stack === stack.name && stop.lift === "drops")
  )
    return [];
  const named = words.drops[application] ?? [];
  const copies =
    words.copies === undefined
      ? ""
      : ` Say drops: [${JSON.stringify(words.copies)}] in backups of ${environment}, beside region.`;
  const say =
    named.length === 0
      ? `Say drops in ${environment} for all that ${application} holds, and deploy: that takes the protections off and deletes nothing.`
      : `Copy what is still needed. Say drops: [${named.map((word) => JSON.stringify(word)).join(", ")}] in the overlay of ${application} in ${environment}, and deploy: that takes the protections off and deletes nothing.`;
  return [{ say: `${say}${copies}`, run: [deploy(stack.name)] }];
}

/** The applications are gone by then: while they are there, their own protections are this environment's too. */
function unprotected({ stops, stacks, environment }: StepsInput): Step[] {
  const met = stops.filter((stop) => isMet(stop) && (stop.lift === "protect" || stop.lift === "locks"));
  const held = stacks.filter(({ name, part }) => part !== "application" && met.some(({ stack }) => stack === name));
  if (held.length === 0) return [];
  const words = [
    ...(met.some(({ lift }) => lift === "protect") ? [`protect: false in ${environment}`] : []),
    ...(met.some(({ lift }) => lift === "locks") ? ["locks: false in its cloud"] : []),
  ];
  const say = `Say ${words.join(" and ")}, and deploy what is left: that takes the protections off and deletes nothing.`;
  return [{ say, run: [...held].reverse().map(({ name }) => deploy(name)) }];
}

function beforePlatform({ resources, stacks, between }: StepsInput): Step[] {
  if (!stacks.some(({ part }) => part === "platform")) return [];
  const { hosts, recordsGo, kinds } = between;
  const velero = resources.some(({ type, block }) => type === "helm_release" && block.name === "velero");
  return [
    ...(recordsGo && hosts.length > 0
      ? [
          {
            say: "Wait until external-dns has taken the records away: none of these prints an address any more. Resolvers may remember one until its time is over.",
            run: hosts.map((host) => `dig +short ${host}`),
          },
        ]
      : []),
    ...(kinds.length > 0
      ? [
          {
            say: "See that nobody else has objects that wait for controllers of the platform: this prints none.",
            run: [`kubectl get ${kinds.join(",")} --all-namespaces`],
          },
        ]
      : []),
    ...(velero
      ? [
          {
            say: "Delete the records of what Velero has restored, which it has to see itself. What was restored stays.",
            run: ["kubectl --namespace velero delete restores.velero.io --all"],
          },
        ]
      : []),
  ];
}

function beforeCluster({ resources, stacks }: StepsInput): Step[] {
  if (!stacks.some(({ part }) => part === "cluster")) return [];
  const karpenter = resources.some(({ type, block }) => type === "helm_release" && block.name === "karpenter");
  const step = {
    say: "Wait until no Service is of type LoadBalancer and no volume is there but Released ones whose class has Retain: their controllers go with the cluster.",
    run: [
      `kubectl get services --all-namespaces --output jsonpath='{range .items[?(@.spec.type=="LoadBalancer")]}{.metadata.namespace}/{.metadata.name}{"\\n"}{end}'`,
      "kubectl get persistentvolumes",
      ...(karpenter ? ["kubectl get nodes --selector karpenter.sh/nodepool"] : []),
    ],
  };
  return [step, ...peering(resources)];
}

/** A connection that the provider leaves behind keeps its network from being deleted. */
function peering(resources: readonly Resource[]): Step[] {
  const isLeft = resources.some(
    ({ type, block }) =>
      type === "google_service_networking_connection" && textAt(block, "deletion_policy") === "ABANDON",
  );
  if (!isLeft) return [];
  const networks = resources.filter(({ type }) => type === "google_compute_network");
  return networks.map(({ block, stack }) => {
    const project = textAt(block, "project") ?? textAt(at(stack.written, "provider", "google"), "project");
    return {
      say: "Delete the peering with Google's own network, which the provider leaves behind: for days after a database is gone Google refuses to part the two in any other way.",
      run: [
        `gcloud compute networks peerings delete servicenetworking-googleapis-com --network ${textAt(block, "name") ?? ""}${project === undefined ? "" : ` --project ${project}`}`,
      ],
    };
  });
}

function afterCluster({ resources }: StepsInput): Step[] {
  const groups = resources
    .filter(({ type, block }) => type === "aws_eks_cluster" && Array.isArray(block.enabled_cluster_log_types))
    .map(({ block, stack }) => {
      // In another region there is none either.
      const region = textAt(stack.written, "provider", "aws", "region");
      return `/aws/eks/${textAt(block, "name") ?? ""}/cluster${region === undefined ? "" : ` --region ${region}`}`;
    });
  if (groups.length === 0) return [];
  return [
    {
      say: "Delete the log group that EKS may have written once more. Where there is none, this says so.",
      run: groups.map((group) => `aws logs delete-log-group --log-group-name ${group}`),
    },
  ];
}
