import { existingAws, type ExistingAwsProps } from "../../../../constructs/clouds/aws";
import { ingressNginx } from "../../../../constructs/routing/controllers";
import { ingress } from "../../../../constructs/routing/ingress";
import { addonStatements, synthPlatform } from "../../../support/aws-environment";
import { all, one, release, synthCloud } from "../../../support/cloud-environment";

const NAME = "aws-load-balancer-controller";
const PREFIX = "service.beta.kubernetes.io/aws-load-balancer";

const production = synthPlatform();
const small = synthPlatform({}, "small");
const auto = synthPlatform({ nodes: { autoMode: true } });
const nginx = synthPlatform({}, "production", ingress({ controller: ingressNginx() }));

const releases = (json: typeof production): unknown[] => all(json, "helm_release").map(({ name }) => name);

describe("the route controller's Service", () => {
  const traefik = release(production, "traefik");
  const { service } = traefik.values as { service: { annotations: Record<string, string>; spec: object } };

  test("names its class, for both controllers: no webhook adds it", () => {
    const traefikSpec = {
      type: "LoadBalancer",
      loadBalancerClass: "service.k8s.aws/nlb",
      externalTrafficPolicy: "Local",
    };
    expect(service.spec).toEqual(traefikSpec);
    expect(release(nginx, "ingress-nginx").values).toMatchObject({
      controller: { service: { annotations: service.annotations, loadBalancerClass: "service.k8s.aws/nlb" } },
    });
    expect(release(auto, "traefik").values).toMatchObject({
      service: { annotations: service.annotations, spec: { loadBalancerClass: "eks.amazonaws.com/nlb" } },
    });
  });

  test("is served to pods with the client's address, public, over all zones", () => {
    expect(service.annotations).toMatchObject({
      [`${PREFIX}-scheme`]: "internet-facing",
      [`${PREFIX}-nlb-target-type`]: "ip",
      [`${PREFIX}-attributes`]: "load_balancing.cross_zone.enabled=true",
      [`${PREFIX}-target-group-attributes`]: "preserve_client_ip.enabled=true,deregistration_delay.timeout_seconds=120",
    });
    expect(Object.keys(service.annotations)).not.toContain(`${PREFIX}-type`);
  });

  test("is checked on the port that the controller's network policy leaves open to everyone", () => {
    expect(service.annotations).toMatchObject({
      [`${PREFIX}-healthcheck-protocol`]: "tcp",
      [`${PREFIX}-healthcheck-port`]: "traffic-port",
    });
    const { objects } = release(production, "platform-objects").values as {
      objects: Record<string, { spec: { ingress: unknown[] } }>;
    };
    expect(objects["NetworkPolicy/route-controller"]?.spec.ingress[0]).toEqual({
      ports: [
        { port: 8000, protocol: "TCP" },
        { port: 8443, protocol: "TCP" },
      ],
    });
  });

  test.each([
    [production, "elbv2.k8s.aws"],
    [nginx, "elbv2.k8s.aws"],
    [auto, "eks.amazonaws.com"],
  ])("pods are not ready before their target is healthy: the namespace says so (%#)", (json, domain) => {
    const labelled = all(json, "kubernetes_namespace_v1").filter(({ metadata }) =>
      JSON.stringify(metadata).includes(`"${domain}/pod-readiness-gate-inject":"enabled"`),
    );
    expect(labelled).toHaveLength(1);
    expect(labelled[0]?.metadata).toMatchObject({
      name: json === nginx ? "ingress-nginx" : "traefik",
      labels: { "pod-security.kubernetes.io/enforce": "restricted" },
    });
  });

  test("pods serve until no more connections come, and end before their node does", () => {
    const deregistration = 120;
    const { deployment } = traefik.values as {
      deployment: { lifecycle: { preStop: { sleep: { seconds: number } } }; terminationGracePeriodSeconds: number };
    };
    const drain = deployment.lifecycle.preStop.sleep.seconds;
    expect(drain).toBeGreaterThan(deregistration);
    // Requests that run when the drain is over have thirty seconds more.
    expect(deployment.terminationGracePeriodSeconds).toBeGreaterThan(drain + 30);
    const { objects } = release(production, "karpenter-objects").values as {
      objects: Record<string, { spec: { template: { spec: { terminationGracePeriod: string } } } }>;
    };
    expect(objects["NodePool/general"]?.spec.template.spec.terminationGracePeriod).toBe("90m");
    expect(deployment.terminationGracePeriodSeconds).toBeLessThan(90 * 60);
  });
});

describe("the controller", () => {
  const { given, values } = release(production, NAME);

  test("is pinned, and knows its cluster without asking the machine", () => {
    expect(given).toMatchObject({
      repository: "https://aws.github.io/eks-charts",
      version: "3.5.0",
      namespace: "kube-system",
    });
    expect(values).toMatchObject({
      clusterName: "production",
      region: "eu-central-1",
      vpcId: expect.stringMatching(/^\$\{data\.aws_eks_cluster\..*vpc_id\}$/) as unknown,
    });
  });

  test("stands in nobody's way: no webhook for Services or Ingresses, no class, no Gateway", () => {
    expect(values).toMatchObject({
      enableServiceMutatorWebhook: false,
      webhookConfig: { disableIngressValidation: true },
      createIngressClassResource: false,
      ingressClassParams: { create: false },
      controllerConfig: { featureGates: { NLBGatewayAPI: false, ALBGatewayAPI: false } },
    });
  });

  test("calls no service that its role may not", () => {
    expect(values).toMatchObject({ enableShield: false, enableWaf: false, enableWafv2: false });
  });

  test("keeps its webhooks' certificate over upgrades", () => {
    expect(values.keepTLSSecret).toBe(true);
  });

  test("tags load balancers for the bill", () => {
    expect(values.defaultTags).toEqual({
      environment: "production",
      "cost-center": "orders",
      contact: "platform@example.com",
      "managed-by": NAME,
    });
  });

  test("survives a node in production, on system nodes", () => {
    expect(values).toMatchObject({
      replicaCount: 2,
      podDisruptionBudget: { maxUnavailable: 1 },
      tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    });
    expect(release(small, NAME).values.replicaCount).toBe(1);
  });

  test("is not there where EKS has its own", () => {
    expect(releases(auto)).not.toContain(NAME);
    expect(JSON.stringify(auto.resource)).not.toContain("elasticloadbalancing");
  });

  test("is there on a cluster that another program made, whose nodes are that program's", () => {
    const props: ExistingAwsProps = {
      region: "eu-central-1",
      accountId: "123456789012",
      dataCidrs: ["10.10.144.0/22"],
      stateBucket: "state",
    };
    const names = (given: ExistingAwsProps) => {
      let found: string[] = [];
      synthCloud(existingAws(given), (cloud, stack, environment) => {
        cloud.configure(stack, environment);
        found = (cloud.connect(stack, environment).addons?.(stack) ?? []).map(({ name }) => name);
      });
      return found;
    };
    expect(names(props)).toEqual([NAME]);
    expect(names({ ...props, autoMode: true })).toEqual([]);
  });
});

describe("its role", () => {
  const statements = addonStatements(production, NAME);
  const text = (value: unknown): string => JSON.stringify(value);

  test("may change what bears this cluster's tag, and nothing else", () => {
    const changing = statements.filter(({ Action }) => !/:(Describe|Get)/.test(text(Action)));
    // The role that AWS makes for load balancers once in an account, and the network that groups are made in.
    const apart = ["FirstInAccount", "InThisNetwork"];
    for (const { Sid, Condition } of changing.filter(({ Sid }) => !apart.includes(String(Sid)))) {
      const equals = (Condition as { StringEquals?: object }).StringEquals ?? {};
      const ours = Object.entries(equals).filter(([key, value]) =>
        key.endsWith("Tag/elbv2.k8s.aws/cluster") ? value === "production" : key.endsWith("cluster/production"),
      );
      expect([Sid, ours.length]).toEqual([Sid, 1]);
    }
    expect(changing.map(({ Sid }) => Sid)).toEqual(expect.arrayContaining([...apart, "Make", "Change", "OpenNodes"]));
  });

  test("may look without change at what has no name to be narrowed by", () => {
    const everywhere = statements.filter(({ Resource }) => Resource === "*");
    expect(everywhere.map(({ Sid }) => Sid)).toEqual(["Look", "FirstInAccount"]);
    expect(everywhere[0]?.Condition).toEqual({ StringEquals: { "aws:RequestedRegion": "eu-central-1" } });
  });

  test("cannot make its own what is another cluster's", () => {
    for (const { Condition } of statements.filter(({ Sid }) => Sid === "Tag" || Sid === "TagGroups")) {
      expect(Condition).toEqual({
        StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "production" },
        Null: { "aws:RequestTag/elbv2.k8s.aws/cluster": "true" },
      });
    }
  });

  test("serves no Application Load Balancer, firewall or identity provider", () => {
    expect(text(statements)).not.toMatch(/cognito|waf|shield|acm:|\/app\/|SetWebAcl|listener-rule/);
  });

  test("can be taken by its service account alone", () => {
    expect(one(production, "aws_eks_pod_identity_association", NAME)).toMatchObject({
      namespace: "kube-system",
      service_account: NAME,
    });
    expect(one(production, "aws_iam_role", NAME)).toMatchObject({ name: `production.addon.${NAME}` });
  });
});
