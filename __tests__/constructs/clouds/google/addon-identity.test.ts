import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import { Testing } from "cdktf";
import type { CloudNeeds } from "../../../../constructs/addons/permissions";
import { allowAddon } from "../../../../constructs/clouds/google/addon-identity";
import { lookUpCluster } from "../../../../constructs/clouds/google/lookup";
import type { GoogleDns } from "../../../../constructs/clouds/google/props";
import { secretPlace } from "../../../../constructs/clouds/google/secret-store";
import { FastStack } from "../../../../constructs/terraform/fast-stack";
import { all, one, type StackJson } from "../../../support/google-environment";

const ZONES: GoogleDns = {
  zones: [
    { domain: "example.com", name: "example-com" },
    { domain: "example.org", name: "example-org" },
  ],
};

function allow(permissions: CloudNeeds["permissions"], dns?: GoogleDns, environment = "production") {
  const stack = new FastStack(Testing.app(), "test");
  new GoogleProvider(stack, "google", {});
  const lookup = lookUpCluster(stack, { name: environment }, { project: "orders", region: "europe-west3" });
  const addon = { name: "operator", namespace: "operators" };
  const needs = { permissions, serviceAccount: "operator-sa" };
  const { identity } = allowAddon(stack, { lookup, place: { dns }, environment: { name: environment } }, addon, needs);
  const json = JSON.parse(Testing.synth(stack, true)) as Partial<StackJson>;
  return { json: { resource: {}, ...json } as StackJson, identity };
}

const NUMBER = "${data.google_project.Lookup_Project_";
const member = expect.stringMatching(
  /^principal:\/\/iam\.googleapis\.com\/projects\/\$\{data\.google_project\..+\.number\}\/locations\/global\/workloadIdentityPools\/orders\.svc\.id\.goog\/subject\/ns\/operators\/sa\/operator-sa$/,
) as unknown;

test("external-dns edits records of the given zones and lists zones, and can do nothing to a zone itself", () => {
  const { json, identity } = allow(["dns-records"], ZONES);
  expect(identity).toEqual({ annotations: {} });
  const zones = all(json, "google_dns_managed_zone_iam_member");
  expect(zones.map(({ managed_zone }) => managed_zone)).toEqual(["example-com", "example-org"]);
  for (const zone of zones) {
    expect(zone).toMatchObject({ member, role: expect.stringContaining("Editor") as unknown });
  }
  const permissions = one(json, "google_project_iam_custom_role", "Editor").permissions as string[];
  expect(permissions.filter((permission) => permission.startsWith("dns.managedZones."))).toEqual([
    "dns.managedZones.get",
  ]);
  expect(permissions).toEqual(expect.arrayContaining(["dns.changes.create", "dns.resourceRecordSets.update"]));
  expect(one(json, "google_project_iam_custom_role", "Finder").permissions).toEqual(["dns.managedZones.list"]);
  expect(all(json, "google_project_iam_member")).toEqual([
    expect.objectContaining({ member, role: expect.stringContaining("Finder") as unknown }),
  ]);
});

test("a role's id is one that IAM takes, and is never used twice", () => {
  const { json } = allow(["dns-records"], ZONES, "gke-staging");
  const [, stem] = /^(\w+)_\$\{random_id\..+\.hex\}$/.exec(
    String(one(json, "google_project_iam_custom_role", "Editor").role_id),
  ) ?? ["", ""];
  expect(stem).toBe("gke_staging_dns_records");
});

test("without zones external-dns gets nothing at all", () => {
  for (const dns of [undefined, { zones: [] }]) {
    const { json, identity } = allow(["dns-records"], dns);
    expect(json.resource).toEqual({});
    expect(Object.keys(json.provider)).toEqual(["google"]);
    expect(identity).toEqual({ annotations: {} });
  }
});

describe("External Secrets", () => {
  const { json } = allow(["read-secrets"]);
  const grant = one(json, "google_project_iam_member");

  test("reads values of this environment's secrets, and lists none", () => {
    expect(grant).toMatchObject({ member, project: "orders", role: "roles/secretmanager.secretAccessor" });
    const { expression } = grant.condition as { expression: string };
    expect(expression).toContain(NUMBER);
    expect(expression).toMatch(/^resource\.name\.startsWith\("projects\/\$\{.+\}\/secrets\/production_"\)$/);
  });

  test("the condition holds for every secret as applications name theirs, and for no neighbour's", () => {
    const [, prefix = ""] = /\/secrets\/(.+)"\)$/.exec((grant.condition as { expression: string }).expression) ?? [];
    expect(secretPlace(["production", "my-app", "stripe-key"]).startsWith(prefix)).toBe(true);
    expect(secretPlace(["production-eu", "my-app", "stripe-key"]).startsWith(prefix)).toBe(false);
    expect(secretPlace(["production2", "my-app", "stripe-key"]).startsWith(prefix)).toBe(false);
  });
});

test("an add-on with two permissions has the roles of both", () => {
  const types = (permissions: CloudNeeds["permissions"]) => {
    const { resource } = allow(permissions, ZONES).json;
    return Object.entries(resource).flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`));
  };
  const both = types(["read-secrets", "dns-records"]);
  expect(both.sort()).toEqual([...new Set([...types(["read-secrets"]), ...types(["dns-records"])])].sort());
  expect(both.length).toBeGreaterThan(types(["dns-records"]).length);
});
