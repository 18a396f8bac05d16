import { existingAws } from "../../constructs/clouds/aws";
import { existingGoogle, type ExistingGoogleProps } from "../../constructs/clouds/google";
import { local, type LocalProps } from "../../constructs/clouds/local";
import type { EnvironmentSpec } from "../../constructs/environment";
import { loadEnvironments } from "../../constructs/model/load";
import { formatProblem, InvalidInput } from "../../constructs/model/problem";
import { environments } from "../../environments";
import { local as shipped } from "../../environments/local";
import { synthesizeEnvironments } from "../support/reference";

/* A cluster that has from somebody else what `<env>-platform` would install: all of it, or some add-ons. */

const on = (props: LocalProps, more: Partial<EnvironmentSpec> = {}): EnvironmentSpec => ({
  ...shipped,
  cloud: local(props),
  ...more,
});

const releases = (spec: EnvironmentSpec): string[] =>
  Object.values(synthesizeEnvironments([spec]).stacks["local-platform"]?.resource.helm_release ?? {}).map(({ name }) =>
    String(name),
  );

test("all of it: there is no such stack, and the application's is the same", () => {
  const own = synthesizeEnvironments([on({})]).stacks;
  const foreign = synthesizeEnvironments([on({ installed: "all" })]).stacks;
  expect(Object.keys(own).sort()).toEqual(["local", "local-platform"]);
  expect(Object.keys(foreign)).toEqual(["local"]);
  expect(foreign.local).toEqual(own.local);
});

test("some of it: these are not installed twice, and everything else is", () => {
  const own = releases(on({}));
  const installed = ["cert-manager", "metrics-server", "rabbitmq-cluster-operator"] as const;
  expect(own).toEqual(expect.arrayContaining([...installed]));
  expect(releases(on({ installed }))).toEqual(own.filter((name) => !installed.some((one) => one === name)));
});

test("what an environment asks of its own platform is refused where there is none, all at once", () => {
  const spec = on({ installed: "all" }, { clusterBackups: {} });
  const staging = environments.find(({ name }) => name === "staging");
  if (staging === undefined) throw new Error("no staging");
  const problemsOf = (one: EnvironmentSpec): string[] => {
    try {
      loadEnvironments([one]);
      return [];
    } catch (error) {
      if (error instanceof InvalidInput) return error.problems.map(formatProblem);
      throw error;
    }
  };
  expect(problemsOf(spec).join("\n")).toMatch(/environments\.local\.clusterBackups/);
  const inCloud = existingAws({
    region: "eu-central-1",
    accountId: "111111111111",
    dataCidrs: ["10.0.0.0/24"],
    stateBucket: "billing-state",
    installed: "all",
  });
  expect(problemsOf({ ...staging, cloud: inCloud, clusterBackups: {} })).toEqual([
    'environments.staging.clusterBackups: its stack is <env>-platform, and cloud.installed is "all": there is none; remove clusterBackups, and ask the cluster\'s owner for it; or name in cloud.installed what is there, and have the rest installed',
  ]);
});

test.each<[string, unknown, string]>([
  ["a misspelt word", "al", 'cloud.installed: got "al"; use "all", or a list of some of "cert-manager", "keda",'],
  ["an add-on with rights in the cloud", ["external-secrets"], 'use "all", or a list of some of "cert-manager"'],
  ["an empty list", [], "cloud.installed: got []; use at least 1 entry"],
])("refuses %s", (_, installed, expected) => {
  const props = {
    ...{ project: "orders-staging", region: "europe-west3", dataCidrs: ["10.0.0.0/24"], stateBucket: "billing-state" },
    installed,
  } as ExistingGoogleProps;
  expect(existingGoogle(props).problems(["cloud"]).map(formatProblem).join("\n")).toContain(expected);
  expect(
    local({ installed } as LocalProps)
      .problems(["cloud"])
      .map(formatProblem)
      .join("\n"),
  ).toContain(expected);
});
