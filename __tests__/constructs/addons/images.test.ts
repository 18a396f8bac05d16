import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Addon } from "../../../constructs/addons/addon";
import { split, withImages } from "../../../constructs/addons/images";
import { platformAddons } from "../../../constructs/addons/platform";
import { rabbitmqOperator } from "../../../constructs/addons/rabbitmq-operator";
import type { CloudFacts } from "../../../constructs/kubernetes/facts";
import { MIRRORED } from "../../../constructs/model/registries";
import { type InstalledEnvironment, platformObjects } from "../../../constructs/rendering/platform-objects";
import { ingressNginx, traefik } from "../../../constructs/routing/controllers";
import { gatewayApi } from "../../../constructs/routing/gateway-api";
import { ingress } from "../../../constructs/routing/ingress";
import type { Routing } from "../../../constructs/routing/routing";
import { facts as bareFacts, resolvedApplication, resolvedEnvironment } from "../../support/resolved";

const facts: CloudFacts = { ...bareFacts, externalDns: { name: "aws", flags: {} } };
const ALL = { mirrors: Object.fromEntries(MIRRORED.map((host) => [host, `mirror.example.com/${host}`])) };

const environment = (routing: Routing): InstalledEnvironment => ({
  ...resolvedEnvironment(),
  routing,
  observability: undefined,
  sealedSecrets: true,
  eventScaling: "keda",
  applications: [resolvedApplication()],
});

const addons = (): Addon[] => {
  const routings = [ingress({ controller: traefik() }), ingress({ controller: ingressNginx() }), gatewayApi()];
  const found = [
    ...routings.flatMap((routing) => platformAddons(environment(routing), facts)),
    rabbitmqOperator(environment(ingress())),
  ];
  return [...new Map(found.map((addon) => [addon.name, addon])).values()];
};

const imagesOf = (addon: Addon): string[] => {
  const found: string[] = [];
  addon.images?.((image) => {
    found.push(image);
    return image;
  });
  return found;
};

test("every add-on names its images, each at a registry that can have a mirror", () => {
  expect(Object.fromEntries(addons().map((addon) => [addon.name, [...new Set(imagesOf(addon))]]))).toEqual({
    "cert-manager": ["controller", "webhook", "cainjector", "acmesolver", "startupapicheck"].map(
      (part) => `quay.io/jetstack/cert-manager-${part}`,
    ),
    "external-secrets": ["ghcr.io/external-secrets/external-secrets"],
    traefik: ["docker.io/library/traefik"],
    "ingress-nginx": ["registry.k8s.io/ingress-nginx/controller"],
    "envoy-gateway": ["docker.io/envoyproxy/gateway"],
    "external-dns": ["registry.k8s.io/external-dns/external-dns"],
    "metrics-server": ["registry.k8s.io/metrics-server/metrics-server"],
    "sealed-secrets": ["docker.io/bitnami/sealed-secrets-controller"],
    reloader: ["ghcr.io/stakater/reloader"],
    keda: ["ghcr.io/kedacore/keda", "ghcr.io/kedacore/keda-metrics-apiserver"],
    "rabbitmq-cluster-operator": ["ghcr.io/rabbitmq/cluster-operator:2.22.4"],
  });
});

const context = { identity: { annotations: {} }, loadBalancerAnnotations: {} };

test.each(addons().map((addon) => [addon.name, addon] as const))(
  "%s: mirrors change its images and nothing else, and without one nothing",
  (_name, addon) => {
    const values = addon.values(context);
    expect(withImages(values, addon, undefined)).toBe(values);
    expect(withImages(values, addon, { mirrors: {} })).toBe(values);
    const mirrored = withImages(values, addon, ALL);
    expect(mirrored).toMatchObject(values);
    expect(JSON.stringify(mirrored)).toContain("mirror.example.com");
    // The values of the add-on are as they were.
    expect(addon.values(context)).toEqual(values);
  },
);

test("the operator of RabbitMQ is the one that its chart has", () => {
  const chart = join(__dirname, "../../../constructs/addons/charts/rabbitmq-cluster-operator/values.yaml");
  const { image } = parse(readFileSync(chart, "utf8")) as { readonly image: string };
  expect(imagesOf(rabbitmqOperator({ profile: "small" }))).toEqual([image]);
});

test("proxies of Envoy Gateway come from the mirror too, at the controller's version", () => {
  const proxy = (registries?: InstalledEnvironment["registries"]): string =>
    JSON.stringify(platformObjects({ ...environment(gatewayApi()), registries }, facts, {}));
  expect(proxy({ byIdentity: [], logins: [], mirrors: ALL.mirrors })).toContain(
    '"imageRepository":"mirror.example.com/docker.io/envoyproxy/envoy"',
  );
  expect(proxy()).not.toContain("imageRepository");
});

test("an image of two values is the same image", () => {
  expect(split("docker.io/library/traefik")).toEqual({ registry: "docker.io", repository: "library/traefik" });
});
