import { isReloaded } from "../../../constructs/kubernetes/reload";
import {
  backend,
  cron,
  find,
  frontend,
  migrate,
  render,
  type Rendering,
  resolvedApplication,
  stripeKey,
  withBundle,
  worker,
} from "../../support/resolved";

const SEALED = { ...stripeKey, sealed: "AgB7" };

/** Annotations of each object with pods. */
function annotations(changes: Rendering = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    render(changes)
      .filter(({ kind }) => ["Deployment", "CronJob", "Job"].includes(kind))
      .map(({ metadata }) => [metadata.name, metadata.annotations]),
  );
}

test("a Deployment names the Secrets, bundles and connections whose change replaces its pods, and one without names nothing", () => {
  const workloads = [backend(), frontend(), worker()];
  expect(annotations({ application: resolvedApplication({ workloads }), provided: withBundle() })).toEqual({
    "my-app-backend": {
      "secret.reloader.stakater.com/reload": "my-app-secrets",
      "configmap.reloader.stakater.com/reload": "my-app-backend.connections,my-app.ca-bundles",
    },
    "my-app-frontend": undefined,
    "my-app-worker": {
      "secret.reloader.stakater.com/reload": "my-app-secrets",
      "configmap.reloader.stakater.com/reload": "my-app-worker.connections",
    },
  });
});

test("both Secrets, where one is sealed and the other assembled, each once and in one order", () => {
  const of = (secrets: readonly (typeof stripeKey)[]) =>
    annotations({ application: resolvedApplication({ workloads: [backend({ secrets })], secrets }) })["my-app-backend"];
  const read = "secret.reloader.stakater.com/reload";
  expect(of([SEALED])).toHaveProperty([read], "my-app-sealed,my-app-secrets");
  expect(of([stripeKey])).toHaveProperty([read], "my-app-secrets");
});

test("a sealed one alone", () => {
  const workloads = [frontend({ edges: [], secrets: [SEALED] })];
  expect(annotations({ application: resolvedApplication({ workloads, secrets: [SEALED] }) })).toEqual({
    "my-app-frontend": { "secret.reloader.stakater.com/reload": "my-app-sealed" },
  });
});

test("a scheduled run takes new values when it starts, and a release had its own: neither is replaced", () => {
  const workloads = [cron(), migrate({ secrets: [stripeKey] })];
  expect(annotations({ application: resolvedApplication({ workloads }), provided: withBundle() })).toEqual({
    "my-app-cron": undefined,
    "my-app-migrate": undefined,
  });
});

test("is on the Deployment, where Reloader looks, and not in the template, where it would be a rollout", () => {
  const { spec } = find(render({ provided: withBundle() }), "Deployment", "my-app-backend");
  expect(Object.keys(spec.template.metadata.annotations ?? {})).toEqual(["checksum/config"]);
});

test("is known by its name to whoever leaves fields to Reloader", () => {
  expect(isReloaded({ "secret.reloader.stakater.com/reload": "a" })).toBe(true);
  expect(isReloaded({ "configmap.reloader.stakater.com/reload": "a" })).toBe(true);
  expect(isReloaded({ "cert-manager.io/cluster-issuer": "a", "reloader.stakater.com/last-reloaded-from": "a" })).toBe(
    false,
  );
});
