import { KEDA } from "../kubernetes/queue-scaling";
import { stackNames } from "../model/names";
import { formatPath } from "../model/problem";
import type { Environment } from "../model/resolved";
import { runsBrokers } from "./platform";
import { RABBITMQ_OPERATOR_PODS } from "./rabbitmq-operator";

/** An add-on that objects of others wait for when they are deleted: it has put a finalizer on each, and takes it off again. */
export interface Operator {
  /** Id of what is asked about it, as its add-on is called. */
  readonly name: string;
  /** An object that is there exactly as long as this program's release of it: by the same name others install their own. */
  readonly mark: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly namespace: string;
    readonly name: string;
    /** Name of the Helm release that the object is of. */
    readonly release: string;
  };
  /** Kinds whose objects have its finalizer, of one API. */
  readonly apiVersion: string;
  readonly kinds: readonly string[];
  /** Beginning and end of the refusal, between which the objects stand. */
  readonly refusal: readonly [before: string, after: string];
}

/** What is asked of an environment about operators. */
type Left = Pick<Environment, "name" | "applications" | "eventScaling" | "previews">;

/** Operators of the platform that this environment does not have, or not any more. */
export const operatorsLeft = (environment: Left): readonly Operator[] => [
  ...(environment.eventScaling === "keda" ? [] : [kedaLeft(environment)]),
  ...(runsBrokers(environment) ? [] : [brokersLeft(environment)]),
];

function kedaLeft(environment: Left): Operator {
  return {
    name: "keda",
    // KEDA's own chart is often installed by these very names, the release of the policies beside it is not.
    mark: {
      ...{ apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy" },
      ...{ namespace: KEDA.namespace, name: KEDA.operator, release: "keda-objects" },
    },
    apiVersion: "keda.sh/v1alpha1",
    kinds: ["ClusterTriggerAuthentication", "ScaledJob", "ScaledObject", "TriggerAuthentication"],
    refusal: refusal(
      environment,
      "eventScaling",
      'KEDA is not among what the environment says any more (eventScaling: "keda"), and this plan would take it away while there is still ',
      "Take queue out of the workloads",
    ),
  };
}

function brokersLeft(environment: Left): Operator {
  const { namespace } = RABBITMQ_OPERATOR_PODS;
  return {
    name: namespace,
    mark: { apiVersion: "apps/v1", kind: "Deployment", namespace, name: namespace, release: namespace },
    apiVersion: "rabbitmq.com/v1beta1",
    kinds: ["RabbitmqCluster"],
    refusal: refusal(
      environment,
      "applications",
      "none of them runs RabbitMQ in the cluster any more, and this plan would take its operator away while there is still ",
      "Take the broker out of the application",
    ),
  };
}

function refusal({ name, applications }: Left, field: string, why: string, takeOut: string): Operator["refusal"] {
  const stacks = applications.map(({ stackName }) => stackName);
  return [
    `${formatPath(["environments", name, field])}: ${why}`,
    [
      ". Each of them waits for it when it is deleted, and would stay Terminating without it. Nothing has been changed. In this order:",
      `1. ${takeOut}, if that is not done, and deploy the applications before the platform, by helm upgrade first where a chart releases: cdktf deploy ${stacks.join(" ")}`,
      "2. delete by kubectl what no application here has made, or have its owner do it",
      `3. deploy the platform: cdktf deploy ${stackNames.platform(name)}`,
      "Or put it back: then nothing is taken away.",
    ].join("\n"),
  ];
}
