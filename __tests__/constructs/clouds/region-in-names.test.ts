import { aws, existingAws } from "../../../constructs/clouds/aws";
import { AWS_NAMES } from "../../../constructs/clouds/aws/names";
import { AWS_REGIONS } from "../../../constructs/clouds/aws/regions";
import { azure, existingAzure } from "../../../constructs/clouds/azure";
import { AZURE_LOCATIONS } from "../../../constructs/clouds/azure/locations";
import { AZURE_NAMES } from "../../../constructs/clouds/azure/names";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { existingGoogle, google } from "../../../constructs/clouds/google";
import { GOOGLE_NAMES } from "../../../constructs/clouds/google/names";
import { GOOGLE_REGIONS } from "../../../constructs/clouds/google/regions";
import { environmentThere, nameThere } from "../../../constructs/model/name-there";
import { formatProblem } from "../../../constructs/model/problem";
import { resolveEnvironment } from "../../../constructs/model/resolve";
import { environments } from "../../../environments";
import { AWS_PROPS } from "../../support/aws-environment";
import { AZURE_PROPS } from "../../support/azure-environment";
import { synthCloud } from "../../support/cloud-environment";
import { GOOGLE_PROPS } from "../../support/google-environment";

type Given = Readonly<Record<string, unknown>>;

interface On {
  readonly make: (more: Given) => Cloud;
  /** The same of an environment that another program made. */
  readonly find: (more: Given) => Cloud;
  /** Field that names the region. */
  readonly field: "location" | "region";
  readonly region: string;
  readonly regions: readonly string[];
  /** Longest name of a cluster. */
  readonly longest: number;
  /** Field that names where state is, and a name that it takes. */
  readonly state: readonly [field: string, name: string];
}

const CLOUDS: Readonly<Record<string, On>> = {
  aws: {
    make: (more) => aws({ ...AWS_PROPS, ...more }),
    find: (more) => {
      const { accountId, region } = AWS_PROPS;
      return existingAws({ accountId, region, dataCidrs: ["10.20.128.0/20"], stateBucket: "state-of-ours", ...more });
    },
    field: "region",
    region: AWS_PROPS.region,
    regions: AWS_REGIONS,
    longest: AWS_NAMES.cluster.max,
    state: ["stateBucket", "state-of-ours"],
  },
  google: {
    make: (more) => google({ ...GOOGLE_PROPS, ...more }),
    find: (more) => {
      const { project, region } = GOOGLE_PROPS;
      return existingGoogle({ project, region, dataCidrs: ["10.20.128.0/20"], stateBucket: "state-of-ours", ...more });
    },
    field: "region",
    region: GOOGLE_PROPS.region,
    regions: GOOGLE_REGIONS,
    longest: GOOGLE_NAMES.cluster.max,
    state: ["stateBucket", "state-of-ours"],
  },
  azure: {
    make: (more) => azure({ ...AZURE_PROPS, ...more }),
    find: (more) => {
      const { location, subscriptionId, tenantId } = AZURE_PROPS;
      const known = { location, subscriptionId, tenantId, dataCidrs: ["10.20.128.0/20"] };
      return existingAzure({ ...known, stateAccount: "stateofours", ...more });
    },
    field: "location",
    region: AZURE_PROPS.location,
    regions: AZURE_LOCATIONS,
    longest: AZURE_NAMES.cluster.max,
    state: ["stateAccount", "stateofours"],
  },
};

describe.each(Object.entries(CLOUDS))("%s", (_, cloud) => {
  const { make, find, field, region, regions, longest, state } = cloud;
  const [stateField, stateName] = state;
  const said = (more: Given): string[] => make(more).problems(["cloud"]).map(formatProblem);

  test("says the region in names where it is told to, and else the name alone", () => {
    expect(make({}).nameThere?.({ name: "production" })).toBe("production");
    expect(make({ regionInNames: false }).nameThere?.({ name: "production" })).toBe("production");
    expect(make({ regionInNames: true }).nameThere?.({ name: "production" })).toBe(`production-${region}`);
  });

  test("never comes to one name for two regions, whatever environments are called", () => {
    const endings = regions.filter((one) => regions.some((other) => other !== one && other.endsWith(`-${one}`)));
    expect(endings).toEqual([]);
  });

  test("has another cluster then, and another place in the records of states, within what a name may be", () => {
    const long = { name: "an-environment-of-a-large-organisation-somewhere-far-away", region } as const;
    for (const name of ["production", long.name]) {
      const [plain, named] = [false, true].map(
        (regionInNames) =>
          make({ regionInNames })
            .place({ name } as never)
            .at(-1) ?? "",
      );
      expect(named).not.toBe(plain);
      expect(named?.length).toBeLessThanOrEqual(longest);
    }
  });

  test("refuses given names without it, each with what to do, and takes those that have it", () => {
    expect(said({ clusterName: "orders", [stateField]: stateName })).toEqual([]);
    const why = `does not say "${region}", and with regionInNames the environment of another region would come to the same`;
    const fix = `put ${region} into it, or leave it out: its default has it`;
    expect(said({ regionInNames: true, clusterName: "orders", [stateField]: stateName })).toEqual([
      `cloud.clusterName: got "orders", ${why}; ${fix}`,
      `cloud.${stateField}: got "${stateName}", ${why}; ${fix}`,
    ]);
    expect(
      said({ regionInNames: true, clusterName: `orders-${region}`, [stateField]: `st${region}`.slice(0, 24) }),
    ).toEqual([]);
    expect(said({ regionInNames: "yes" })).toEqual([expect.stringMatching(/^cloud\.regionInNames: got "yes"; /)]);
  });

  test("refuses a given place of the state where another program made the environment, whose cluster has its owner's name", () => {
    const found = (more: Given): string[] => find(more).problems(["cloud"]).map(formatProblem);
    expect(found({ clusterName: "orders" })).toEqual([]);
    expect(found({ clusterName: "orders", regionInNames: true })).toEqual([
      expect.stringMatching(new RegExp(`^cloud\\.${stateField}: got "${stateName}", does not say "${region}", `)),
    ]);
    expect(found({ regionInNames: true, [stateField]: `st${region}`.slice(0, 24) })).toEqual([]);
  });

  test("takes no region for another one, whichever two it is", () => {
    const names = (at: string, clusterName: string): number =>
      make({ [field]: at, regionInNames: true, clusterName })
        .problems(["cloud"])
        .filter(({ why }) => why?.startsWith("does not say")).length;
    const taken = regions.flatMap((at) =>
      regions.filter((other) => names(at, `o-${other}`) === 0).map((other) => [at, other]),
    );
    expect(taken).toEqual(regions.map((at) => [at, at]));
    // Of two in one name, each is there.
    for (const other of regions) expect([other, names(region, `o-${other}-${region}`)]).toEqual([other, 0]);
  });

  test("keeps the state of what keeps the state in a file of the region", () => {
    const backend = (more: Given) =>
      synthCloud(make(more), (cloud, stack, environment) => cloud.createState?.(stack, environment), {
        stack: "state-production",
      }).terraform.backend;
    expect(backend({})).toEqual({ local: { path: "../../../terraform.state-production.tfstate" } });
    expect(backend({ regionInNames: true })).toEqual({
      local: { path: `../../../terraform.state-production.${region}.tfstate` },
    });
  });
});

test.each([aws, google, azure] as ((props: never) => Cloud)[])(
  "is asked of what was never checked without an error",
  (cloud) => {
    for (const props of [undefined, null, {}, { regionInNames: true }]) {
      expect(cloud(props as never).nameThere?.({ name: "production" })).toMatch(/^production/);
    }
  },
);

test("the model has the name where it is another one, and nothing of it where it is not", () => {
  const [spec] = environments.filter(({ name }) => name === "production");
  if (spec === undefined) throw new Error("no production");
  const plain = resolveEnvironment(spec);
  expect(plain).not.toHaveProperty("nameThere");
  expect(plain.applications[0]).not.toHaveProperty("environmentThere");
  const named = resolveEnvironment({ ...spec, cloud: aws({ ...AWS_PROPS, regionInNames: true }) });
  expect([named.name, nameThere(named)]).toEqual(["production", "production-eu-central-1"]);
  const [application] = named.applications;
  expect(application).toMatchObject({ environment: "production", namespace: "my-app-prod", stackName: "production" });
  expect(application && environmentThere(application)).toBe("production-eu-central-1");
  const keys = application?.secrets.map(({ remoteKey }) => remoteKey);
  expect(keys).toContain("production-eu-central-1/my-app/stripe-key");
});
