import { local } from "../../constructs/clouds/local";
import { environment } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import { loadEnvironments } from "../../constructs/model/load";
import type { ObjectGroup } from "../../constructs/model/object-group";
import { http } from "../../constructs/model/workload";
import { ingress } from "../../constructs/routing/ingress";
import { literalParts } from "../../scripts/engine/application-objects";
import { api, apply, diff, kubectl, must } from "./support/cluster";
import { refusals } from "./support/refusals";

/* Objects of an application's own on a real control plane: admitted, counted by the quota, running, and left alone. */

const labels = { app: "search" };
const resources = { requests: { cpu: "250m", memory: "512Mi" }, limits: { cpu: "1", memory: "1Gi" } } as const;

const search = (replicas: number): ObjectGroup => ({
  reason: "the model has no search engine",
  manifests: [
    {
      apiVersion: "apps/v1",
      kind: "StatefulSet",
      metadata: { name: "search" },
      spec: {
        serviceName: "search",
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            securityContext: {
              ...{ runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000 },
              seccompProfile: { type: "RuntimeDefault" },
            },
            containers: [
              {
                ...{ name: "search", image: "registry.example.com/search:v1.2.3", resources },
                securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                volumeMounts: [{ name: "data", mountPath: "/data" }],
              },
            ],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: "data" },
            spec: {
              accessModes: ["ReadWriteOnce"],
              storageClassName: "standard",
              resources: { requests: { storage: "5Gi" } },
            },
          },
        ],
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "search" },
      spec: { selector: labels, ports: [{ name: "http", port: 7700 }] },
    },
  ],
  pods: { labels, count: 2, resources, volumes: ["5Gi", "5Gi"], service: { name: "search", port: 7700 } },
  needs: ["web"],
});

const [loaded] = loadEnvironments([
  environment({
    ...{ name: "own", cloud: local(), routing: ingress(), profile: "small" },
    ...{ contact: "platform@example.com", costCenter: "own" },
    applications: [
      {
        application: application({
          ...{ name: "own", owner: "own" },
          workloads: { web: http({ image: "registry.example.com/web:v1.2.3", replicas: 1, needs: ["search"] }) },
          objects: { search: search(2) },
        }),
      },
    ],
  }),
]);
const [resolved] = loaded?.applications ?? [];
if (loaded === undefined || resolved === undefined) throw new Error("there is no application");
const { namespace } = resolved;
const { prepared, released, own } = literalParts(loaded, resolved);
const objects = [...prepared, ...released, ...own.map(({ object }) => object)];

test("nothing is rejected and nothing is warned of", async () => {
  const { code, stderr, stdout } = await apply(objects);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.trim().split("\n")).toHaveLength(objects.length);
});

test("its pods and volumes fit into the quota, to the last volume", async () => {
  for (const one of ["deployment/own-web", "statefulset/search"])
    must(await kubectl(["rollout", "status", one, "-n", namespace, "--timeout=90s"]));
  expect(await refusals(namespace)).toEqual([]);
  const pods = await api.list(`/api/v1/namespaces/${namespace}/pods?labelSelector=app=search`);
  expect(pods).toHaveLength(2);
  const quota = await api.get(`/api/v1/namespaces/${namespace}/resourcequotas/quota`);
  expect(quota.status.used.persistentvolumeclaims).toBe(quota.status.hard.persistentvolumeclaims);
});

test("applied again, it changes nothing", async () => {
  expect(await diff(objects)).toEqual({ code: 0, stdout: "", stderr: "" });
});
