import { aws } from "../../constructs/clouds/aws";
import { azure } from "../../constructs/clouds/azure";
import type { Cloud } from "../../constructs/clouds/cloud";
import { google } from "../../constructs/clouds/google";
import type { EnvironmentSpec } from "../../constructs/environment";
import { application } from "../../constructs/model/application";
import { http } from "../../constructs/model/workload";
import { bucket } from "../../constructs/services/bucket";
import { production as shipped } from "../../environments/production";
import { AWS_PROPS } from "../support/aws-environment";
import { AZURE_PROPS } from "../support/azure-environment";
import { GOOGLE_PROPS } from "../support/google-environment";
import { story } from "./support/engine";
import { stackOf } from "./support/stacks";

/*
 * What becomes of an environment that is not protected when the word is added or taken out, and its cluster and the place of its state
 * are called as before, since people gave both names: the state is found, and everything in it would be made anew.
 */

interface On {
  readonly region: string;
  readonly make: (regionInNames: boolean) => Cloud;
}

const CLOUDS: Readonly<Record<string, On>> = {
  aws: {
    region: AWS_PROPS.region,
    make: (regionInNames) => {
      const name = `ours-${AWS_PROPS.region}`;
      return aws({ ...AWS_PROPS, regionInNames, clusterName: name, stateBucket: `${name}-state` });
    },
  },
  google: {
    region: GOOGLE_PROPS.region,
    make: (regionInNames) => {
      const name = `ours-${GOOGLE_PROPS.region}`;
      return google({ ...GOOGLE_PROPS, regionInNames, clusterName: name, stateBucket: `${name}-state` });
    },
  },
  azure: {
    region: AZURE_PROPS.location,
    make: (regionInNames) => {
      const { location } = AZURE_PROPS;
      return azure({ ...AZURE_PROPS, regionInNames, clusterName: `ours-${location}`, stateAccount: `st${location}` });
    },
  },
};

const files = application({
  name: "files",
  owner: "team-files",
  workloads: { api: http({ image: "registry.example.com/files:v1", replicas: 2, needs: ["uploads"] }) },
  services: { uploads: bucket() },
});

/** Stacks, and whose the state of each is said to be. */
const STACKS: readonly (readonly [stack: string, whose: string])[] = [
  [shipped.name, '"files" in environment'],
  [`${shipped.name}-cluster`, "the cluster of environment"],
];

const CASES = Object.keys(CLOUDS).flatMap((cloud) => STACKS.map(([stack, whose]) => [cloud, stack, whose] as const));

describe.each(CASES)("on %s the stack %s of an environment without protection", (cloud, stack, whose) => {
  const run = story();
  const { make, region } = CLOUDS[cloud] as On;
  const write = (regionInNames: boolean): Promise<void> => {
    const environment: EnvironmentSpec = {
      ...shipped,
      protect: false,
      defaultApplication: undefined,
      observability: undefined,
      cloud: make(regionInNames),
      applications: [{ application: files, hosts: {} }],
    };
    return run.write(stackOf(stack, environment));
  };
  const present = (): string[] => [...run.resources().keys()].sort();

  async function deployed(regionInNames: boolean): Promise<void> {
    await write(regionInNames);
    expect((await run.apply()).problems).toEqual([]);
    expect((await run.plan()).text).toContain("No changes.");
  }

  async function refused(regionInNames: boolean): Promise<string> {
    const before = present();
    expect(before.length).toBeGreaterThan(5);
    await write(regionInNames);
    const { ok, problems } = await run.apply();
    expect({ ok, resources: present() }).toEqual({ ok: false, resources: before });
    return problems.join("\n").replace(/\s+/g, " ");
  }

  test("stays as it is where the word is added, and is told to take it out", async () => {
    await deployed(false);
    const said = await refused(true);
    expect(said).toContain(`its state is that of ${whose} "production"`);
    expect(said).toContain("was made without regionInNames: take the word out of its cloud again");
    await deployed(false);
  });

  test("stays as it is where the word is taken out", async () => {
    await write(false);
    await run.destroy();
    await deployed(true);
    expect(await refused(false)).toContain(`"production-${region}"`);
    await deployed(true);
  });
});
