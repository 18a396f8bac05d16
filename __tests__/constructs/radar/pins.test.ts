import { imagesIn, repositoryOf } from "../../../constructs/radar/images-in";
import { packagePins } from "../../../constructs/radar/package-pins";
import { stackPins } from "../../../constructs/radar/stack-pins";
import { baseImages } from "../../../scripts/pins";

/* Versions are found wherever a stack, a text or a file names them. */

const found = (pins: readonly { readonly kind: string; readonly name: string; readonly version: string }[]) =>
  pins.map(({ kind, name, version }) => `${kind} ${name} ${version}`);

test("a stack's engine, providers, charts, arguments and images, and no version of another meaning", () => {
  const stack = {
    terraform: {
      required_version: ">= 1.11.0",
      required_providers: { aws: { source: "hashicorp/aws", version: "6.25.0" } },
    },
    resource: {
      helm_release: {
        one: { chart: "cert-manager", version: "v1.21.1", values: ["image: quay.io/jetstack/tool:v1.2.3\n"] },
        own: { chart: "./assets/objects" },
      },
      aws_eks_cluster: { main: { version: "1.36", vpc: [{ tls_version: "TLS1_2" }] } },
      aws_db_instance: { db: { engine_version: "8.4", password_wo_version: 1 }, other: { engine_version: "${var.v}" } },
      azurerm_kubernetes_cluster: { aks: { default_node_pool: { orchestrator_version: "1.36" } } },
      kubernetes_deployment_v1: {
        web: {
          metadata: { labels: { version: "v9" }, api_version: "v1" },
          spec: { container: [{ image: "docker.io/library/nginx:1.30.6-alpine@sha256:0e52" }] },
        },
      },
    },
  };
  expect(found(stackPins("staging", stack))).toEqual([
    "program terraform >= 1.11.0",
    "program opentofu >= 1.11.0",
    "provider aws 6.25.0",
    "chart cert-manager v1.21.1",
    "image quay.io/jetstack/tool v1.2.3",
    "argument aws_eks_cluster.version 1.36",
    "argument aws_db_instance.engine_version 8.4",
    "argument azurerm_kubernetes_cluster.orchestrator_version 1.36",
    "image docker.io/library/nginx 1.30.6-alpine",
  ]);
});

test("an argument that nobody knows is found: the test of the real stacks asks what it is", () => {
  const stack = { resource: { aws_new_thing: { one: { runtime_version: "3.1" } } } };
  expect(found(stackPins("staging", stack))).toEqual(["argument aws_new_thing.runtime_version 3.1"]);
});

test("images amid other text, with a port and with a digest; no address and no tag that is a word", () => {
  const text = `run registry.example.com:5000/team/app:1.2 and ghcr.io/a/b:v2@sha256:00,
    https://example.com/path:8443x? docker.io/library/php:latest mirror.gcr.io/x/y:3-slim`;
  expect(found(imagesIn(text, "file"))).toEqual([
    "image registry.example.com:5000/team/app 1.2",
    "image ghcr.io/a/b v2",
    "image example.com/path 8443x",
    "image mirror.gcr.io/x/y 3-slim",
  ]);
});

test.each([
  ["docker.io/library/mysql:8.4.11@sha256:85b9", "docker.io/library/mysql"],
  ["registry.example.com:5000/app:1", "registry.example.com:5000/app"],
  ["registry.example.com:5000/app", "registry.example.com:5000/app"],
])("the repository of %s", (image, repository) => {
  expect(repositoryOf(image)).toBe(repository);
});

test("base images of a Dockerfile have the defaults of its arguments; stages of its own are none", () => {
  const text = [
    "ARG PHP_VERSION=8.4",
    "FROM composer:2.10 AS composer",
    "FROM php:${PHP_VERSION}-fpm-alpine AS base",
    "FROM base AS runtime",
    "COPY --from=composer /a /b",
    "FROM ghcr.io/a/b:1",
  ].join("\n");
  expect(found(baseImages(text, "Dockerfile"))).toEqual([
    "image docker.io/library/composer 2.10",
    "image docker.io/library/php 8.4-fpm-alpine",
    "image ghcr.io/a/b 1",
  ]);
});

test("a package's dependencies and every line of Node.js that it works with", () => {
  const manifest = {
    engines: { node: "^20.19.0 || ^24.0.0" },
    dependencies: { zod: "4.6.7" },
    peerDependencies: { cdktf: "^0.21.0" },
  };
  expect(found(packagePins(manifest, "package.json"))).toEqual([
    "program node ^20.19.0",
    "program node ^24.0.0",
    "package cdktf ^0.21.0",
    "package zod 4.6.7",
  ]);
});
