import { ingressNginx } from "../../../../constructs/routing/controllers";
import { gatewayApi } from "../../../../constructs/routing/gateway-api";
import { ingress } from "../../../../constructs/routing/ingress";
import { all, one, release, synthApplication, synthPlatform } from "../../../support/local-environment";

const platform = synthPlatform();

type Objects = { readonly objects: Readonly<Record<string, Readonly<Record<string, unknown>>>> };

const objects = (json = platform) => (release(json, "platform-objects").values as unknown as Objects).objects;

describe("the platform", () => {
  test("signs both providers in by the kubeconfig, with one context", () => {
    const context = '${try(yamldecode(file(pathexpand(var.kubeconfig)))["current-context"], null)}';
    const config = { config_path: "${var.kubeconfig}", config_context: context };
    expect(platform.provider).toEqual({ kubernetes: [config], helm: [{ kubernetes: config }] });
  });

  test("by the context that the environment names, whatever the current one is", () => {
    expect(synthPlatform({ context: "kind-shop" }).provider.kubernetes).toEqual([
      { config_path: "${var.kubeconfig}", config_context: "kind-shop" },
    ]);
  });

  test("has no external-dns, and a metrics server that believes kubelets", () => {
    expect(all(platform, "helm_release").map(({ name }) => name)).not.toContain("external-dns");
    expect(release(platform, "metrics-server").values).toMatchObject({ args: ["--kubelet-insecure-tls"] });
    const brought = all(synthPlatform({ metricsServer: false }), "helm_release").map(({ name }) => name);
    expect(brought).not.toContain("metrics-server");
  });

  test("signs certificates by an authority of its own, and asks nobody outside", () => {
    expect(Object.keys(objects()).filter((key) => /Issuer|Certificate/.test(key))).toEqual([
      "ClusterIssuer/local-authority",
      "Certificate/local-authority",
      "ClusterIssuer/local",
    ]);
    expect(objects()["ClusterIssuer/local"]).toMatchObject({ spec: { ca: { secretName: "local-authority" } } });
    expect(objects()["Certificate/local-authority"]).toMatchObject({
      // Where cert-manager looks for what a ClusterIssuer signs with.
      metadata: { namespace: "cert-manager" },
      spec: {
        isCA: true,
        secretName: "local-authority",
        issuerRef: { kind: "ClusterIssuer", name: "local-authority" },
      },
    });
    expect(JSON.stringify(objects())).not.toContain("letsencrypt");
  });

  test("reads secrets of one namespace, as somebody who may do nothing else", () => {
    expect(objects()["ClusterSecretStore/cloud"]).toMatchObject({
      spec: {
        provider: {
          kubernetes: {
            remoteNamespace: "secret-store",
            server: {
              caProvider: { type: "ConfigMap", name: "kube-root-ca.crt", key: "ca.crt", namespace: "secret-store" },
            },
            auth: { serviceAccount: { name: "reader", namespace: "secret-store" } },
          },
        },
      },
    });
    // By reference, so that each waits for the namespace.
    const namespace = expect.stringMatching(
      /^\$\{kubernetes_namespace_v1\.platform_SecretStore_\w+\.metadata\[0\]\.name\}$/,
    );
    expect(all(platform, "kubernetes_role_v1")).toEqual([
      expect.objectContaining({
        metadata: { name: "read-secrets", namespace },
        rule: [{ api_groups: [""], resources: ["secrets"], verbs: ["get"] }],
      }),
      expect.objectContaining({
        metadata: { name: "external-secrets-as-reader", namespace },
        rule: [
          { api_groups: [""], resources: ["serviceaccounts/token"], resource_names: ["reader"], verbs: ["create"] },
        ],
      }),
    ]);
    expect(one(platform, "kubernetes_role_binding_v1", "external-secrets").subject).toEqual([
      { api_group: "", kind: "ServiceAccount", name: "external-secrets", namespace: "external-secrets" },
    ]);
    // The chart's own right to be anybody stays off.
    expect(release(platform, "external-secrets").values).toMatchObject({ rbac: { serviceAccountTokenCreate: false } });
  });
});

describe("requests come in", () => {
  const NODES = { type: "NodePort", externalTrafficPolicy: "Cluster" };

  test("by ports of the nodes, so that no release waits for an address", () => {
    expect(release(platform, "traefik").values).toMatchObject({
      service: { spec: NODES },
      ports: { web: { nodePort: 30080 }, websecure: { nodePort: 30443 } },
    });
    const nginx = synthPlatform({}, ingress({ controller: ingressNginx() }));
    expect(release(nginx, "ingress-nginx").values).toMatchObject({
      controller: { service: { ...NODES, nodePorts: { http: 30080, https: 30443 } } },
    });
    expect(objects(synthPlatform({}, gatewayApi()))["EnvoyProxy/envoy"]).toMatchObject({
      spec: {
        provider: {
          kubernetes: {
            envoyService: {
              ...NODES,
              patch: {
                type: "StrategicMerge",
                value: {
                  spec: {
                    ports: [
                      { port: 80, nodePort: 30080 },
                      { port: 443, nodePort: 30443 },
                    ],
                  },
                },
              },
            },
          },
        },
      },
    });
  });

  test("by load balancers where the cluster has them", () => {
    const { values } = release(synthPlatform({ loadBalancer: true }), "traefik");
    expect(values).toMatchObject({ service: { spec: { type: "LoadBalancer", externalTrafficPolicy: "Local" } } });
    expect(JSON.stringify(values)).not.toContain("nodePort");
  });
});

describe("routes name the cluster's own authority", () => {
  test("as an Ingress", () => {
    const annotations = { "cert-manager.io/cluster-issuer": "local" };
    expect(one(synthApplication(), "kubernetes_ingress_v1")).toMatchObject({ metadata: { annotations } });
  });

  test("as a Gateway", () => {
    const manifests = all(synthApplication({}, { routing: gatewayApi() }), "kubernetes_manifest");
    const gateway = manifests.map(({ manifest }) => manifest).find((object) => (object as Found).kind === "Gateway");
    expect(gateway).toMatchObject({ metadata: { annotations: { "cert-manager.io/cluster-issuer": "local" } } });
  });
});

interface Found {
  readonly kind: string;
}

test("volumes are what directories of a node can be, and the rollout is that of shared ones", () => {
  const json = synthApplication({ storageClass: "local-path" });
  const claims = all(json, "kubernetes_persistent_volume_claim_v1").map(({ spec }) => spec);
  expect(claims).toHaveLength(4);
  for (const spec of claims)
    expect(spec).toMatchObject({ access_modes: ["ReadWriteOnce"], storage_class_name: "local-path" });
  expect(one(json, "kubernetes_deployment_v1", "my-app-backend")).not.toMatchObject({
    spec: { strategy: { type: "Recreate" } },
  });
});

test("an unknown storage class stops the plan, and says what to do", () => {
  const [found] = Object.values(synthApplication({ storageClass: "fast" }).data?.kubernetes_storage_class_v1 ?? {});
  expect(found).toMatchObject({
    metadata: { name: "fast" },
    lifecycle: {
      postcondition: [{ error_message: expect.stringMatching(/^The cluster has no StorageClass "fast"\. Name one/) }],
    },
  });
});
