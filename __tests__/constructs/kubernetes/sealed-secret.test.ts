import type { ResolvedSecret } from "../../../constructs/model/resolved";
import { backend, cron, find, frontend, render, resolvedApplication, stripeKey } from "../../support/resolved";

const sealed: ResolvedSecret = { ...stripeKey, sealed: "AgB7c2VhbGVk" };
const webhook: ResolvedSecret = {
  name: "webhook",
  variable: "WEBHOOK_URL",
  description: "of the channel",
  remoteKey: "production/my-app/webhook",
};
const objects = (secrets: readonly ResolvedSecret[]) =>
  render({ application: resolvedApplication({ workloads: [backend({ secrets }), cron()], secrets }) });

test("holds the ciphertexts under the names of their secrets, for a Secret with labels of its own", () => {
  const labels = {
    "app.kubernetes.io/part-of": "my-app",
    "app.kubernetes.io/managed-by": "goldenpath",
    owner: "team-shop",
  };
  expect(find(objects([sealed, webhook]), "SealedSecret", "my-app-sealed")).toEqual({
    apiVersion: "bitnami.com/v1alpha1",
    kind: "SealedSecret",
    metadata: { name: "my-app-sealed", namespace: "my-app-prod", labels },
    spec: {
      encryptedData: { "stripe-key": "AgB7c2VhbGVk" },
      template: { type: "Opaque", metadata: { labels } },
    },
  });
});

test("has all that are sealed", () => {
  const both = objects([sealed, { ...webhook, sealed: "AgC8" }]);
  expect(find(both, "SealedSecret", "my-app-sealed").spec.encryptedData).toEqual({
    "stripe-key": "AgB7c2VhbGVk",
    webhook: "AgC8",
  });
});

test("is where the variable comes from; the others stay in the assembled Secret", () => {
  const rendered = objects([sealed, webhook]);
  const [container] = find(rendered, "Deployment", "my-app-backend").spec.template.spec.containers;
  const from = (name: string) => container?.env?.find((variable) => variable.name === name);
  expect(from("STRIPE_KEY")).toEqual({
    name: "STRIPE_KEY",
    valueFrom: { secretKeyRef: { name: "my-app-sealed", key: "stripe-key" } },
  });
  expect(from("WEBHOOK_URL")).toEqual({
    name: "WEBHOOK_URL",
    valueFrom: { secretKeyRef: { name: "my-app-secrets", key: "webhook" } },
  });
  const { data, target } = find(rendered, "ExternalSecret", "my-app-secrets").spec;
  expect(Object.keys(target.template.data)).toEqual(["database-url", "redis-url", "webhook"]);
  expect(data.map(({ remoteRef }) => remoteRef.key)).not.toContain("production/my-app/stripe-key");
});

test("leaves no assembled Secret where nothing is left to assemble", () => {
  const rendered = render({
    application: resolvedApplication({
      workloads: [frontend({ edges: [], secrets: [sealed] })],
      secrets: [sealed],
      routes: [],
    }),
  });
  expect(rendered.flatMap(({ kind }) => (kind.endsWith("Secret") ? [kind] : []))).toEqual(["SealedSecret"]);
});

test("is not there where none is sealed", () => {
  expect(objects([stripeKey, webhook]).map(({ kind }) => kind)).not.toContain("SealedSecret");
  expect(objects([]).map(({ kind }) => kind)).not.toContain("SealedSecret");
});
