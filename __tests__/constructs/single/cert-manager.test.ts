import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import type { TerraformStack } from "cdktf";
import { CertManager, type CertManagerProps } from "../../../constructs/single/cert-manager";
import { environments } from "../../../environments";
import { type StackJson, synthesizeReference } from "../../support/reference";
import { addresses, refusal, written } from "./support";

const contact = "ops@example.com";

function make(props: CertManagerProps): { readonly stack: StackJson; readonly issuers: readonly string[] } {
  const issuers: string[] = [];
  const stack = written((scope: TerraformStack) => {
    new HelmProvider(scope, "helm");
    issuers.push(...new CertManager(scope, "cert-manager", props).issuers);
  });
  return { stack, issuers };
}

const releases = ({ resource }: StackJson) => Object.values(resource["helm_release"] ?? {});

test("is the chart in a namespace of its own, and the issuers after it", () => {
  const { stack, issuers } = make({ contact });
  expect(addresses(stack)).toEqual([
    expect.stringMatching(/^helm_release\.cert-manager_[0-9A-F]{8}$/),
    expect.stringMatching(/^helm_release\.cert-manager_issuers_[0-9A-F]{8}$/),
    expect.stringMatching(/^kubernetes_namespace_v1\.cert-manager_namespace_[0-9A-F]{8}$/),
  ]);
  const [chart, objects] = releases(stack);
  expect(chart).toMatchObject({ name: "cert-manager", namespace: "cert-manager", atomic: true });
  expect(objects).toMatchObject({
    name: "cert-manager-issuers",
    depends_on: [expect.stringContaining("helm_release.")],
  });
  expect(issuers).toEqual(["letsencrypt-prod", "letsencrypt-staging"]);
  const text = JSON.stringify(objects?.values);
  for (const said of ["letsencrypt-prod", "letsencrypt-staging", contact, "ingressClassName"])
    expect(text).toContain(said);
});

test("the chart has the values of a platform", () => {
  expect(environments.map(({ name }) => name)).toContain("production");
  const platform = synthesizeReference().stacks["production-platform"];
  const theirs = Object.values(platform?.resource["helm_release"] ?? {}).find(({ name }) => name === "cert-manager");
  const [ours] = releases(make({ contact }).stack);
  expect(theirs?.chart).toBe("cert-manager");
  for (const field of ["version", "repository", "values", "timeout", "atomic", "max_history"]) {
    expect({ field, value: ours?.[field] }).toEqual({ field, value: theirs?.[field] });
  }
});

test("an authority of the cluster, and proof by a Gateway", () => {
  const own = make({ contact, authority: "internal", profile: "small" });
  expect(own.issuers).toEqual(["internal"]);
  const [chart, objects] = releases(own.stack);
  expect(JSON.stringify(objects?.values)).toContain("internal-authority");
  expect(JSON.stringify(objects?.values)).not.toContain("acme");
  expect(JSON.stringify(chart?.values)).toContain("replicaCount");
  const [gateways, routes] = releases(make({ contact, provedBy: "gateway" }).stack);
  expect(JSON.stringify(gateways?.values)).toContain("gatewayAPI");
  expect(JSON.stringify(routes?.values)).toContain("gatewayHTTPRoute");
});

test("says every mistake at once, where it stands", () => {
  const wrong = { contact: "ops", provedBy: "dns", ingressClass: "Nginx", authority: "Own", profil: "small" };
  expect(refusal((scope) => new CertManager(scope, "certs", wrong as never))).toEqual([
    'shop.certs.contact: got "ops"; use a mail address',
    'shop.certs.provedBy: got "dns"; use "ingress" or "gateway"',
    expect.stringMatching(/^shop\.certs\.ingressClass: got "Nginx"; use the name of an object/),
    expect.stringMatching(/^shop\.certs\.authority: got "Own"; use lower-case letters/),
    'shop.certs.profil: unknown field; remove it or correct its name (did you mean "profile"?)',
    'shop.certs.provedBy: got "dns", an authority of the cluster asks for no proof; remove it',
    'shop.certs.ingressClass: got "Nginx", no Ingress proves a host here; remove it',
  ]);
  for (const odd of [undefined, null, 3, [], "x"]) {
    expect(refusal((scope) => new CertManager(scope, "certs", odd as never)).length).toBeGreaterThan(0);
  }
});
