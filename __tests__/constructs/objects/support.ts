import { aws } from "../../../constructs/clouds/aws";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { environment, type EnvironmentSpec } from "../../../constructs/environment";
import { application, type ApplicationSpec, external } from "../../../constructs/model/application";
import type { ApplicationOverlay } from "../../../constructs/model/environment";
import type { ObjectGroup } from "../../../constructs/model/object-group";
import { http, worker } from "../../../constructs/model/workload";
import { ingress } from "../../../constructs/routing/ingress";
import { AWS_PROPS } from "../../support/aws-environment";

export const image = "registry.example.com/shop:v1";

/** A search engine that somebody runs beside the application, with a Service and a disk. */
export const search = (replicas = 1): ObjectGroup => ({
  reason: "the model has no search engine",
  manifests: [
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "search", labels: { team: "search" } },
      spec: {
        serviceName: "search",
        replicas,
        selector: { matchLabels: { app: "search" } },
        template: {
          metadata: { labels: { app: "search" } },
          spec: {
            containers: [
              { name: "search", image: "registry.example.com/search:v1", args: ["--greet", "{{ hello }} ${HOME}"] },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "5Gi" } } },
          },
        ],
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "search" },
      spec: { selector: { app: "search" }, ports: [{ name: "http", port: 7700 }] },
    },
  ],
  pods: {
    labels: { app: "search" },
    count: 3,
    resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { cpu: "2", memory: "2Gi" } },
    volumes: ["5Gi", "5Gi", "5Gi"],
    service: { name: "search", port: 7700 },
  },
  needs: ["web", "stripe"],
});

/** An object that acts on a workload and brings no pods. */
export const scaler = (threshold = "5"): ObjectGroup => ({
  reason: "scaled by the length of a queue, to none at night",
  manifests: [
    {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: { name: "shop-consumer" },
      spec: {
        scaleTargetRef: { name: "shop-consumer" },
        minReplicaCount: 0,
        triggers: [{ type: "cron", metadata: { threshold } }],
      },
    },
  ],
  computedFields: ["spec.advanced"],
  scales: { consumer: 20 },
});

export const shop = (changes: Partial<ApplicationSpec> = {}): ApplicationSpec =>
  application({
    name: "shop",
    owner: "shop",
    workloads: { web: http({ image, needs: ["search"] }), consumer: worker({ image, ports: { admin: 8081 } }) },
    externals: { stripe: external({ host: "api.stripe.com", cidrs: ["203.0.113.0/24"] }) },
    objects: { search: search(), scaler: scaler() },
    ...changes,
  });

export function withObjects(
  {
    name = "staging",
    cloud = aws(AWS_PROPS),
    release = "terraform",
    of = shop(),
  }: { name?: string; cloud?: Cloud; release?: EnvironmentSpec["release"]; of?: ApplicationSpec } = {},
  overlay: Omit<ApplicationOverlay, "application"> = {},
): EnvironmentSpec {
  return environment({
    ...{ name, cloud, release, routing: ingress(), profile: "small", contact: "shop@example.com", costCenter: "shop" },
    applications: [{ application: of, ...overlay }],
  });
}
