import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentSpec } from "../../constructs/environment";
import { amazonManagedPrometheus } from "../../constructs/observability/amazon/amazon-managed-prometheus";
import { prometheus } from "../../constructs/observability/prometheus/prometheus";
import { OWN_FACTS } from "../../constructs/radar/facts";
import { packagePins } from "../../constructs/radar/package-pins";
import { radarData, radarText } from "../../constructs/radar/text";
import { gatewayApi } from "../../constructs/routing/gateway-api";
import { ingress } from "../../constructs/routing/ingress";
import { ingressNginx } from "../../constructs/routing/ingress-nginx";
import type { PinnedVersion } from "../../constructs/services/pinned-version";
import { environments } from "../../environments";
import { gkeStaging } from "../../environments/gke-staging";
import { local } from "../../environments/local";
import { outputs } from "../../environments/outputs";
import { pins } from "../../scripts/pins";
import { radar } from "../../stacks/radar";

/* What is pinned in this repository, and when its support ends. */

const manifest = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8")) as Parameters<
  typeof packagePins
>[0];
const all = [...packagePins(manifest, "goldenpath"), ...pins];

const unknownIn = (chosen: readonly EnvironmentSpec[]): string[] => {
  const { unknown } = radar({ environments: chosen, outputs: [], pins: [], on: "2026-11-28" });
  return [...new Set(unknown.map(({ kind, name, version }) => `${kind} ${name} ${version}`))].sort();
};

/** Images of the application's own, which whoever builds them knows. */
const APPLICATION = [
  "image registry.example.com/backend v1.2.3",
  "image registry.example.com/frontend v1.2.3",
  "image registry.example.com/notifications v1.2.3",
];

const report = radar({ environments, outputs, pins: all, on: "2027-03-01" });

test("every version that is pinned anywhere has an entry: chart, image, argument, provider, package, program", () => {
  const unknown = report.unknown.map(({ kind, name, version }) => `${kind} ${name} ${version}`);
  expect([...new Set(unknown)].sort()).toEqual(APPLICATION);
});

test.each<[string, readonly EnvironmentSpec[]]>([
  ["the Gateway API", [{ ...gkeStaging, routing: gatewayApi() }]],
  [
    "ingress-nginx and sealed secrets",
    [{ ...local, sealedSecrets: true, eventScaling: "keda", routing: ingress({ controller: ingressNginx() }) }],
  ],
  [
    "what measures",
    [
      {
        ...local,
        observability: prometheus({
          runbooks: "https://git.example.com/runbooks",
          slack: { channel: "#my-app-alerts" },
          logs: {},
          traces: {},
        }),
      },
    ],
  ],
  [
    "measures that AWS keeps",
    environments
      .filter(({ name }) => name === "staging")
      .map((spec) => ({
        ...spec,
        observability: amazonManagedPrometheus({
          runbooks: "https://git.example.com/runbooks",
          slack: { workspace: "Example", channelId: "C0123456789" },
        }),
      })),
  ],
  ["a release by Helm", [{ ...gkeStaging, release: "helm" }]],
])("so it is with %s", (_, chosen) => {
  expect(unknownIn(chosen)).toEqual(APPLICATION);
});

test("the report of 2027-03-01, for people", () => {
  expect(radarText(report)).toMatchSnapshot();
});

test("the same for programs has every version with where it was read", () => {
  const { versions } = radarData(report);
  expect(versions.length).toBe(report.sightings.length);
  for (const { source, written, where } of versions) {
    expect(source).toMatch(/^https:\/\/\S+$/);
    expect(written.length * where.length).toBeGreaterThan(0);
  }
});

test("a default that nothing supports any more is accepted with a reason, for a year at most", () => {
  const accepted = report.sightings.flatMap(({ fact }) => (fact.accepted === undefined ? [] : [fact.accepted.until]));
  expect(accepted.length).toBeGreaterThan(3);
  expect(accepted.every((until) => until <= "2027-11-28")).toBe(true);
});

const dates = ({ endOfSupport, read, accepted }: PinnedVersion) => [endOfSupport, read, accepted?.until];

test("every date of an entry is one that there is, and no two entries are of the same", () => {
  for (const fact of OWN_FACTS) {
    for (const date of dates(fact))
      if (date !== undefined) expect(date).toMatch(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/);
  }
  const keys = OWN_FACTS.flatMap(({ kind, names, version }) => names.map((name) => `${kind} ${name} ${version}`));
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
});
