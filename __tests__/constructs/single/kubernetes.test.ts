import type { TerraformStack } from "cdktf";
import { TerraformVariable } from "cdktf";
import { http, mysql, worker, type WorkloadDeploymentProps } from "../../../constructs/goldenpath";
import { horizontalPodAutoscaler } from "../../../constructs/kubernetes/autoscaler";
import { AppGateway } from "../../../constructs/single/app-gateway";
import { AppIngress } from "../../../constructs/single/app-ingress";
import { Autoscaler } from "../../../constructs/single/autoscaler";
import { WorkloadDeployment } from "../../../constructs/single/workload-deployment";
import { FastStack } from "../../../constructs/terraform/fast-stack";
import { backend, resolvedApplication } from "../../support/resolved";
import { addresses, refusal, written } from "./support";

const at = { namespace: "shop", owner: "team-shop" };
const autoscaling = { min: 2, max: 6, cpu: 70 };
const image = "registry.example.com/web:v1";
const routes = [{ host: "shop.example.com", service: "web" }];

/** A connection as a cloud provides it. */
const orders = {
  service: mysql(),
  connection: {
    parts: {
      host: { value: "db.example.com" },
      port: { value: "3306" },
      database: { value: "app_db" },
      username: { value: "app" },
      password: { secret: { key: "shop/orders" } },
    },
    tls: false,
    endpoints: [],
  },
} as const;

const secretStore = { kind: "ClusterSecretStore", name: "cloud" } as const;

describe("Autoscaler", () => {
  test("is one resource, for the Deployment that exists", () => {
    const stack = written((scope) => new Autoscaler(scope, "web", { ...at, deployment: "web", autoscaling }));
    expect(addresses(stack)).toEqual([
      "kubernetes_horizontal_pod_autoscaler_v2.web_kubernetes_horizontal-pod-autoscaler-web-hpa_C2564BDE",
    ]);
    const [one] = Object.values(stack.resource["kubernetes_horizontal_pod_autoscaler_v2"] ?? {});
    expect(one).toMatchObject({
      metadata: { name: "web-hpa", namespace: "shop", labels: { owner: "team-shop" } },
      spec: { min_replicas: 2, max_replicas: 6, scale_target_ref: { kind: "Deployment", name: "web" } },
    });
  });

  test("scales as a workload of an application does", () => {
    const stack = written((scope) => new Autoscaler(scope, "web", { ...at, deployment: "web", autoscaling }));
    const [one] = Object.values(stack.resource["kubernetes_horizontal_pod_autoscaler_v2"] ?? {});
    const same = horizontalPodAutoscaler(resolvedApplication(), backend({ autoscaling }));
    const { scale_down: down } = (one as { spec: { behavior: { scale_down: object[] } } }).spec.behavior;
    expect(down).toMatchObject([
      { stabilization_window_seconds: same?.spec.behavior.scaleDown.stabilizationWindowSeconds },
    ]);
  });

  test("says every mistake at once, where it stands", () => {
    const wrong = { ...at, owner: "Team Shop", deployment: "Web", autoscaling: { min: 4, max: 2 } };
    expect(refusal((scope) => new Autoscaler(scope, "web", wrong))).toEqual([
      'shop.web.owner: got "Team Shop"; use lower-case letters, digits and hyphens, a letter first and no hyphen last',
      'shop.web.deployment: got "Web"; use lower-case letters, digits and hyphens',
      "shop.web.autoscaling.max: got 2, below min 4; raise max or lower min",
      "shop.web.autoscaling: nothing to scale on; give cpu or memory, in per cent of the request, one of metrics, or a queue",
    ]);
  });

  test("a namespace may be a reference", () => {
    const stack = written((scope) => {
      const namespace = new TerraformVariable(scope, "namespace", { type: "string" }).stringValue;
      new Autoscaler(scope, "web", { ...at, namespace, deployment: "web", autoscaling });
    });
    const [one] = Object.values(stack.resource["kubernetes_horizontal_pod_autoscaler_v2"] ?? {});
    expect(one).toMatchObject({ metadata: { namespace: "${var.namespace}" } });
  });
});

describe("AppIngress", () => {
  test("leads to a Service that exists, with TLS and limits", () => {
    const stack = written((scope) => new AppIngress(scope, "web", { ...at, name: "shop", routes }));
    const [one, ...others] = Object.values(stack.resource["kubernetes_ingress_v1"] ?? {});
    expect(others).toEqual([]);
    expect(addresses(stack)).toHaveLength(1);
    expect(one).toMatchObject({
      metadata: {
        name: "shop-ingress",
        annotations: {
          "cert-manager.io/cluster-issuer": "letsencrypt-prod",
          "nginx.ingress.kubernetes.io/ssl-redirect": "true",
          "nginx.ingress.kubernetes.io/limit-rps": "100",
          "nginx.ingress.kubernetes.io/proxy-read-timeout": "70",
        },
      },
      spec: {
        ingress_class_name: "nginx",
        tls: [{ hosts: ["shop.example.com"], secret_name: "shop-tls-shop.example.com" }],
        rule: [
          {
            host: "shop.example.com",
            http: {
              path: [{ path: "/", path_type: "Prefix", backend: { service: { name: "web", port: { number: 80 } } } }],
            },
          },
        ],
      },
    });
  });

  test("a route with settings has an Ingress of its own, and no certificate moves when one comes", () => {
    const more = [...routes, { host: "api.example.com", service: "api", port: 8080, protocol: "grpc" as const }];
    const before = written((scope) => new AppIngress(scope, "web", { ...at, name: "shop", routes }));
    const after = written((scope) => new AppIngress(scope, "web", { ...at, name: "shop", routes: more }));
    expect(addresses(after)).toEqual(expect.arrayContaining(addresses(before)));
    expect(addresses(after)).toHaveLength(2);
    const secrets = (stack: typeof after) =>
      JSON.stringify(stack.resource["kubernetes_ingress_v1"]).match(/shop-tls[\w.-]*/g) ?? [];
    expect(new Set(secrets(after))).toEqual(new Set([...secrets(before), "shop-tls-api.example.com"]));
    expect(JSON.stringify(after.resource["kubernetes_ingress_v1"])).toContain('"number":8080');
    expect(JSON.stringify(after.resource["kubernetes_ingress_v1"])).toContain(
      '"nginx.ingress.kubernetes.io/backend-protocol":"GRPC"',
    );
  });

  test("another class and issuer", () => {
    const props = { ...at, name: "shop", routes, ingressClass: "public", clusterIssuer: "internal", rateLimit: 5 };
    const stack = written((scope) => new AppIngress(scope, "web", props));
    const text = JSON.stringify(stack.resource);
    for (const said of ['"public"', '"internal"', '"nginx.ingress.kubernetes.io/limit-rps":"5"']) {
      expect(text).toContain(said);
    }
  });

  test("says every mistake at once, where it stands", () => {
    const wrong = {
      ...{ ...at, name: "shop", rateLimit: 0, class: "nginx" },
      routes: [
        { host: "shop", service: "web" },
        { host: "shop.example.com", service: "web", path: "/a", cors: { origins: ["other"] } },
        { host: "shop.example.com", service: "web", path: "/a/" },
        { host: "shop.example.com", service: "rpc", path: "/b", protocol: "grpc", maxBodySize: "1Mi" },
      ],
    };
    // @ts-expect-error -- a field that it has not
    expect(refusal((scope) => new AppIngress(scope, "web", wrong))).toEqual([
      'shop.web.routes[0].host: got "shop"; use a full domain name in lower case, e.g. "api.example.com"',
      "shop.web.rateLimit: got 0; use at least 1",
      "shop.web.class: unknown field; remove it or correct its name",
      'shop.web.routes[1].cors.origins[0]: got "other", no route has this host; use "shop.example.com", or a whole origin: "https://other"',
      'shop.web.routes[2]: got "/a/", routes[1] has the same host and path; use another path',
      'shop.web.routes[3].maxBodySize: got "1Mi", a proxy that counts a body keeps it until it is whole, and a call of gRPC may go on; remove it: servers of gRPC bound each message themselves',
    ]);
  });
});

describe("AppGateway", () => {
  test("is a Gateway, its routes and the policies on them", () => {
    const stack = written((scope) => new AppGateway(scope, "web", { ...at, name: "shop", routes }));
    const manifests = Object.values(stack.resource["kubernetes_manifest"] ?? {}).map(({ manifest }) => manifest);
    expect(manifests.map((one) => (one as { kind: string }).kind).sort()).toEqual([
      "BackendTrafficPolicy",
      "ClientTrafficPolicy",
      "Gateway",
      "HTTPRoute",
      "HTTPRoute",
    ]);
    expect(addresses(stack)).toHaveLength(5);
    expect(manifests).toContainEqual(
      expect.objectContaining({
        metadata: expect.objectContaining({ name: "shop-shop.example.com" }) as unknown,
        spec: expect.objectContaining({
          rules: [expect.objectContaining({ backendRefs: [expect.objectContaining({ name: "web", port: 80 })] })],
        }) as unknown,
      }),
    );
  });

  test("two ports of one Service are two rules", () => {
    const two = [...routes, { host: "shop.example.com", path: "/admin", service: "web", port: 8081 }];
    const stack = written((scope) => new AppGateway(scope, "web", { ...at, name: "shop", routes: two }));
    const text = JSON.stringify(stack.resource);
    expect(text.match(/"port":(80|8081),"weight":1/g)).toEqual(['"port":80,"weight":1', '"port":8081,"weight":1']);
  });

  test("what Envoy has no room for is refused", () => {
    const large = [{ host: "shop.example.com", service: "web", maxBodySize: "64Mi" as const }];
    expect(refusal((scope) => new AppGateway(scope, "web", { ...at, name: "shop", routes: large }))).toEqual([
      expect.stringMatching(/^shop\.web\.routes\["shop\.example\.com\/"\]\.maxBodySize: got "64Mi", Envoy keeps/),
    ]);
  });
});

describe("WorkloadDeployment", () => {
  const web: WorkloadDeploymentProps = {
    ...at,
    name: "web",
    workload: http({ image, config: { MODE: "live" }, autoscaling }),
  };

  test("has the objects of a workload, under its own name", () => {
    const stack = written((scope) => new WorkloadDeployment(scope, "web", web));
    const names = Object.values(stack.resource).flatMap((ids) =>
      Object.values(ids).map(({ metadata, manifest }) => {
        const { name } = (metadata ?? (manifest as { metadata: object } | undefined)?.metadata ?? {}) as {
          name?: string;
        };
        return name;
      }),
    );
    expect(Object.keys(stack.resource).sort()).toEqual([
      "kubernetes_config_map_v1",
      "kubernetes_deployment_v1",
      "kubernetes_horizontal_pod_autoscaler_v2",
      "kubernetes_manifest",
      "kubernetes_service_account_v1",
      "kubernetes_service_v1",
      "terraform_data",
    ]);
    expect(names.filter((name) => name !== undefined && !name.startsWith("web-") && name !== "web")).toEqual([]);
    const [deployment] = Object.values(stack.resource["kubernetes_deployment_v1"] ?? {});
    expect(deployment).toMatchObject({
      metadata: { name: "web", namespace: "shop" },
      spec: { template: { spec: { service_account_name: "web", security_context: { run_as_non_root: true } } } },
    });
  });

  test("two in one stack, and of one namespace, are apart", () => {
    const stack = written((scope) => {
      new WorkloadDeployment(scope, "web", web);
      new WorkloadDeployment(scope, "jobs", { ...at, name: "jobs", workload: worker({ image }) });
    });
    const alone = written((scope) => new WorkloadDeployment(scope, "web", web));
    expect(addresses(stack)).toEqual(expect.arrayContaining(addresses(alone)));
    expect(Object.keys(stack.resource["kubernetes_deployment_v1"] ?? {})).toHaveLength(2);
    const { moved } = stack as unknown as { moved: readonly object[] };
    expect(moved).toHaveLength(2);
  });

  test("is told of services that it needs: plain parts in a ConfigMap, secrets by the store", () => {
    const workload = http({ image, needs: ["orders"] });
    const props = { ...at, name: "web", workload, services: { orders }, secretStore };
    const stack = written((scope) => new WorkloadDeployment(scope, "web", props));
    const text = JSON.stringify(stack.resource["kubernetes_manifest"]);
    expect(text).toContain('"kind":"ExternalSecret"');
    expect(text).toContain('"secretStoreRef":{"kind":"ClusterSecretStore","name":"cloud"}');
    expect(text).toContain('"key":"shop/orders"');
    expect(JSON.stringify(stack.resource["kubernetes_deployment_v1"])).toContain('"name":"DATABASE_URL"');
  });

  test("where it answers is known", () => {
    const found: (string | undefined)[] = [];
    written((scope) => {
      found.push(new WorkloadDeployment(scope, "web", web).address);
      found.push(new WorkloadDeployment(scope, "jobs", { ...at, name: "jobs", workload: worker({ image }) }).address);
    });
    expect(found).toEqual(["web.shop.svc:80", undefined]);
  });

  test("texts are literal in a stack of cdktf's own class, as in a FastStack", () => {
    const odd = { ...web, workload: http({ image, config: { TEMPLATE: "${file('x')} %{ if true }" } }) };
    const fill = (scope: TerraformStack): void => {
      new WorkloadDeployment(scope, "web", odd);
    };
    const own = written(fill);
    const fast = written(fill, (app) => new FastStack(app, "shop"));
    expect(JSON.stringify(own.resource)).toContain("$${file('x')} %%{ if true }");
    expect(own.resource).toEqual(fast.resource);
  });

  test("says every mistake at once, where it stands", () => {
    const wrong = {
      ...{ ...at, namespace: "Shop", name: "web" },
      workload: http({
        ...{ image: "web", needs: ["orders", "cache"], replicas: -1 },
        volumes: { data: { mountPath: "/data", size: "1Gi" } },
      }),
      services: { orders, other: 3 },
    };
    // @ts-expect-error -- a service that is none
    expect(refusal((scope) => new WorkloadDeployment(scope, "web", wrong))).toEqual([
      'shop.web.namespace: got "Shop"; use lower-case letters, digits and hyphens',
      "shop.web.services.other: use a ManagedMysql or its like, or { service: mysql(), connection: {...} }",
      'shop.web.workload.image: got "web"; use an image with a tag or a digest, e.g. "registry.example.com/backend:v1.2.3"',
      "shop.web.workload.replicas: got -1; use at least 0",
      expect.stringMatching(/^shop\.web\.workload\.needs\[1\]: got "cache", no such/),
      'shop.web.secretStore: missing, and secrets of orders are in a store outside of the cluster; name what reads them: { kind: "ClusterSecretStore", name: "cloud" }',
      "shop.web.workload.volumes.data: nothing says of which StorageClass it is; give storageClasses, or use an ephemeral volume",
    ]);
  });

  test("a password as a value, a part that is missing, and a reference in the workload are refused", () => {
    const { port, database, username } = orders.connection.parts;
    const parts = { port, database, username, password: { value: "hunter2" } };
    const connection = { ...orders.connection, parts };
    const found = refusal((scope) => {
      const secret = new TerraformVariable(scope, "v", { type: "string" }).stringValue;
      const workload = http({ image, config: { HOST: secret } });
      const services = { orders: { service: mysql(), connection } };
      new WorkloadDeployment(scope, "web", { ...at, name: "web", workload, services });
    });
    expect(found).toEqual([
      'shop.web.services.orders.connection.parts.host: missing; give { value: "..." }',
      "shop.web.services.orders.connection.parts.password: secret, and a value would be in the plan and in the state; give its place in the secret store",
      expect.stringMatching(/^shop\.web\.workload\.config\.HOST: a reference, which has no text/),
    ]);
  });

  test("what nothing here would act on is refused, with the way out", () => {
    const workload = http({
      ...{ image, needs: [{ to: "orders", access: "read" }], connections: 5 },
      permissions: { aws: { reports: { actions: ["s3:GetObject"], resources: ["arn:aws:s3:::reports/one"] } } },
    });
    const props = { ...at, name: "web", workload, services: { orders }, secretStore };
    expect(refusal((scope) => new WorkloadDeployment(scope, "web", props))).toEqual([
      "shop.web.workload.permissions: no identity in a cloud is made here; remove it, and name an identity that has them by serviceAccount: { annotations }",
      "shop.web.workload.connections: nobody counts here what a server takes; remove it, and bound the pool of the program by what the server is for",
      'shop.web.workload.needs[0].access: got "read", the workload signs in as its connection says, and users are not made here; remove it, and give a connection of a user who only reads',
    ]);
  });

  test('access: "write" is what an edge is without a word', () => {
    const deployed = (need: string | { to: string; access: "write" }) =>
      written((scope) => {
        const workload = http({ image, needs: [need] });
        new WorkloadDeployment(scope, "web", { ...at, name: "web", workload, services: { orders }, secretStore });
      }).resource;
    expect(deployed({ to: "orders", access: "write" })).toEqual(deployed("orders"));
  });

  test("a tag where images are to have digests, and a zonal disk of more than one pod", () => {
    const workload = http({ image, volumes: { data: { mountPath: "/data", size: "1Gi", access: "ReadWriteOnce" } } });
    const storageClasses = { ReadWriteMany: "nfs", ReadWriteOnce: "ssd" };
    const props = { ...at, name: "web", workload, storageClasses, images: "digest" } as const;
    expect(refusal((scope) => new WorkloadDeployment(scope, "web", props))).toEqual([
      'shop.web.workload.volumes.data.access: got "ReadWriteOnce", the workload may have 3 pods in several zones; use "ReadWriteMany" in the application, or one replica here',
      'shop.web.workload.image: got "registry.example.com/web:v1", images are "digest"; add @sha256:...',
    ]);
  });

  test.each<[string, object]>([
    ["without parts", { kind: "mysql", contract: {} }],
    ["whose contract is none", { kind: "mysql", contract: null }],
    ["without problems", { ...mysql(), problems: undefined }],
    ["whose parts say nothing", { ...mysql(), contract: { ...mysql().contract, parts: { host: null } } }],
  ])("a service %s is refused where it stands", (_, service) => {
    const services = { orders: { ...orders, service } };
    const props = { ...at, name: "web", workload: http({ image, needs: ["orders"] }), services, secretStore };
    expect(refusal((scope) => new WorkloadDeployment(scope, "web", props as never))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^shop\.web\.services\.orders: use a ManagedMysql or its like/)]),
    );
  });
});
