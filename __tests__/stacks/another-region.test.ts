import { aws, type AwsProps } from "../../constructs/clouds/aws";
import { azure, type AzureProps } from "../../constructs/clouds/azure";
import { google, type GoogleProps } from "../../constructs/clouds/google";
import type { EnvironmentSpec } from "../../constructs/environment";
import { amazonManagedPrometheus } from "../../constructs/observability/amazon/amazon-managed-prometheus";
import { environments } from "../../environments";
import { ALERTS } from "../../environments/alerts";
import { LONGEST } from "../support/taken-names/names";
import { drawnNames, takenNames, wantedTwice } from "../support/taken-names/walk";

/*
 * An environment is made in another region while the one of the same name is there: no name may be wanted twice where a cloud has one
 * place for all names. A type of resource of which nobody has said where its name is taken fails.
 */

const cidr = "10.200.0.0/16";
const allowed = { access: "allow-list", cidrs: ["203.0.113.0/24"] } as const;

const onAws = (more: Partial<AwsProps>) =>
  aws({
    accountId: "222222222222",
    region: "eu-central-1",
    network: { cidr },
    endpoint: { access: "private" },
    access: {
      deployers: ["arn:aws:iam::222222222222:role/goldenpath-deployer"],
      administrators: ["arn:aws:iam::222222222222:role/platform-administrator"],
    },
    dns: { zones: [{ name: "example.com", id: "Z0EXAMPLEPROD" }] },
    ...more,
  });
const onGoogle = (more: Partial<GoogleProps>) =>
  google({
    project: "goldenpath-staging",
    region: "europe-west3",
    network: { cidr },
    endpoint: allowed,
    access: {
      deployers: ["serviceAccount:deployer@goldenpath-staging.iam.gserviceaccount.com"],
      administrators: ["group:platform@example.com"],
    },
    dns: { zones: [{ domain: "gke-staging.example.com", name: "gke-staging-example-com" }] },
    ...more,
  });
const onAzure = (more: Partial<AzureProps>) =>
  azure({
    subscriptionId: "11111111-1111-4111-8111-111111111111",
    tenantId: "22222222-2222-4222-8222-222222222222",
    location: "germanywestcentral",
    network: { cidr },
    endpoint: allowed,
    access: {
      deployers: ["33333333-3333-4333-8333-333333333333"],
      administrators: ["44444444-4444-4444-8444-444444444444"],
    },
    dns: { zones: [{ name: "aks-staging.example.com", resourceGroup: "dns" }] },
    ...more,
  });

const specOf = (name: string, more: Partial<EnvironmentSpec>): EnvironmentSpec => {
  const [spec] = environments.filter((one) => one.name === name);
  if (spec === undefined) throw new Error(`no environment ${name}`);
  return { ...spec, ...more };
};

const ELSEWHERE = { without: ["my-app/cache", "my-app/events"] };
const WATCHED = { clusterBackups: {} } as const;

/** As long as `namespaceSuffix` leaves room for, with its words in the place where shorter kinds of names are cut. */
const LONG = "an-environment-of-a-large-group";

const RUNNERS =
  "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/ci/providers/Microsoft.Network/virtualNetworks/runners";

interface Case {
  readonly regions: readonly [string, string];
  /** The environment in one of them, with or without its region in names. */
  readonly make: (region: 0 | 1, regionInNames: boolean) => EnvironmentSpec;
  /** What both have all the same, and nobody loses while one of them is there. */
  readonly shared: readonly RegExp[];
}

/** What a project has once whoever asked for it: the runbook says to deploy what is left again when one of both is gone. */
const OF_THE_PROJECT = [
  /^google_project_service /,
  /^google_project_iam_member roles\/container\.(admin|viewer) (group|user|serviceaccount):[^[]*$/,
];

const AWS_REGIONS = ["eu-central-1", "eu-west-1"] as const;
const GOOGLE_REGIONS = ["europe-west3", "europe-west4"] as const;
const LOCATIONS = ["germanywestcentral", "northeurope"] as const;

const CASES: Readonly<Record<string, Case>> = {
  "on AWS, each with copies in the region of the other": {
    regions: AWS_REGIONS,
    make: (at, regionInNames) =>
      specOf("production", {
        ...WATCHED,
        cloud: onAws({ region: AWS_REGIONS[at], regionInNames }),
        backups: { region: AWS_REGIONS[at === 0 ? 1 : 0], ...ELSEWHERE },
      }),
    shared: [],
  },
  "on AWS in Auto Mode, measured by AWS": {
    regions: AWS_REGIONS,
    make: (at, regionInNames) =>
      specOf("production", {
        cloud: onAws({ region: AWS_REGIONS[at], regionInNames, nodes: { autoMode: true } }),
        observability: amazonManagedPrometheus({
          ...{ runbooks: ALERTS.runbooks, logs: {}, traces: {}, email: { to: "platform@example.com" } },
          slack: { workspace: "Example", channelId: "C0123456789" },
        }),
      }),
    shared: [],
  },
  "on Google Cloud, protected": {
    regions: GOOGLE_REGIONS,
    make: (at, regionInNames) =>
      specOf("gke-staging", {
        ...WATCHED,
        protect: true,
        cloud: onGoogle({ region: GOOGLE_REGIONS[at], regionInNames }),
      }),
    shared: OF_THE_PROJECT,
  },
  "on Autopilot": {
    regions: GOOGLE_REGIONS,
    make: (at, regionInNames) =>
      specOf("gke-staging", {
        cloud: onGoogle({ region: GOOGLE_REGIONS[at], regionInNames, nodes: { autopilot: true } }),
      }),
    shared: OF_THE_PROJECT,
  },
  "on Azure, protected, peered with a runner's network": {
    regions: LOCATIONS,
    make: (at, regionInNames) =>
      specOf("aks-staging", {
        ...WATCHED,
        protect: true,
        cloud: onAzure({
          location: LOCATIONS[at],
          regionInNames,
          network: { cidr, createWatcher: true },
          // As the runbook says it of the second one.
          endpoint: { access: "private", networks: [{ id: RUNNERS, names: false }] },
        }),
      }),
    shared: [],
  },
};

describe.each(Object.entries(CASES))("%s", (_, { regions, make, shared }) => {
  const [first, second] = regions;
  const apart = (names: readonly string[]): string[] => names.filter((name) => !shared.some((one) => one.test(name)));
  const plain = takenNames(make(0, false), first);
  const named = takenNames(make(1, true), second);

  test("takes no name of the one that was made before it without its region in names", () => {
    expect(apart(wantedTwice(plain, named))).toEqual([]);
    expect(named.length).toBe(plain.length);
  });

  test("nor of one that has its region in them", () => {
    expect(apart(wantedTwice(takenNames(make(0, true), first), named))).toEqual([]);
  });

  test("and of a long name, none longer than its cloud takes, nor the same as another of its own", () => {
    const long = takenNames({ ...make(1, true), name: LONG }, second);
    const names = long.flatMap((taken) => {
      const [type = "", ...words] = taken.split(" ");
      const longest = LONGEST[type];
      return longest === undefined ? [] : [{ type, name: words.at(-1) ?? "", longest }];
    });
    expect(names.filter(({ name, longest }) => name.length > longest)).toEqual([]);
    expect(names.length).toBeGreaterThan(15);
    const once = names.map(({ type, name }) => `${type} ${name}`);
    expect(new Set(once).size).toBe(once.length);
  });

  test("and without the word it would want what is taken", () => {
    expect(apart(wantedTwice(plain, takenNames(make(1, false), second))).length).toBeGreaterThan(10);
  });
});

test("no name of a long environment in a long region is too long with what Terraform draws of it", () => {
  const cloud = onGoogle({ region: "northamerica-northeast1", regionInNames: true });
  const drawn = drawnNames({ ...specOf("gke-staging", { ...WATCHED, cloud }), name: LONG });
  expect(drawn.map(({ type }) => type)).toContain("google_project_iam_custom_role");
  expect(drawn.filter(({ name, longest }) => name.length > longest)).toEqual([]);
});

test("a runner's network on Azure has names of one of both, by links that the second may not make", () => {
  const made = (at: 0 | 1, regionInNames: boolean, names: boolean): string[] => {
    const endpoint = { access: "private", networks: [{ id: RUNNERS, names }] } as const;
    const cloud = onAzure({ location: LOCATIONS[at], regionInNames, endpoint });
    return takenNames(specOf("aks-staging", { cloud }), LOCATIONS[at]);
  };
  const first = made(0, false, true);
  expect(wantedTwice(first, made(1, true, true))).toEqual(
    ["blob.core.windows.net", "file.core.windows.net", "redis.azure.net", "vaultcore.azure.net"].map(
      (zone) => `zone of ${RUNNERS.toLowerCase()}: privatelink.${zone}`,
    ),
  );
  expect(wantedTwice(first, made(1, true, false))).toEqual([]);
});
