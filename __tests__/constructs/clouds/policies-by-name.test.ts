import { aws, existingAws } from "../../../constructs/clouds/aws";
import { azure, existingAzure } from "../../../constructs/clouds/azure";
import type { Cloud } from "../../../constructs/clouds/cloud";
import { existingGoogle, google, type GoogleProps } from "../../../constructs/clouds/google";
import { environment } from "../../../constructs/environment";
import { application, external } from "../../../constructs/model/application";
import { loadEnvironments } from "../../../constructs/model/load";
import { formatProblem } from "../../../constructs/model/problem";
import { http } from "../../../constructs/model/workload";
import { ingress } from "../../../constructs/routing/ingress";
import { AWS_PROPS, synthCluster as synthAws } from "../../support/aws-environment";
import { AZURE_PROPS, synthCluster as synthAzure } from "../../support/azure-environment";
import { environmentOn, GOOGLE_PROPS, one, synthCluster as synthGoogle } from "../../support/google-environment";

/* The option of a cluster by which policies know hosts by their names: what it switches on, and what is refused. */

const lines = (cloud: Cloud): string[] => cloud.problems(["cloud"]).map(formatProblem);
const stages = ["beside", "instead"] as const;

describe("GKE", () => {
  test("has it off where nobody asks, and is not told so: no existing cluster has a change", () => {
    expect(one(synthGoogle(), "google_container_cluster")).not.toHaveProperty("enable_fqdn_network_policy");
    expect(google(GOOGLE_PROPS).facts(environmentOn(google(GOOGLE_PROPS)))).not.toHaveProperty("policiesByName");
  });

  test.each(stages)(
    "follows names in stage %s, with its own nodes and in Autopilot, and nothing else changes",
    (stage) => {
      for (const nodes of [undefined, { autopilot: true } as const]) {
        const given = nodes === undefined ? {} : { nodes };
        const clusterOf = (props: Partial<GoogleProps>) => {
          const { lifecycle, ...cluster } = one(synthGoogle(props), "google_container_cluster");
          return { cluster, left: (lifecycle as { readonly ignore_changes: readonly string[] }).ignore_changes };
        };
        const [on, off] = [clusterOf({ ...given, policiesByName: stage }), clusterOf(given)];
        expect(on.cluster).toEqual({ ...off.cluster, enable_fqdn_network_policy: true });
        // Switched off, it would be another cluster: who takes the word out keeps the switch.
        expect(off.left).toEqual([...on.left, "enable_fqdn_network_policy"]);
      }
      // What reads the objects is Dataplane V2, which every cluster has that is made here: Autopilot by itself.
      expect(one(synthGoogle(), "google_container_cluster")).toMatchObject({ datapath_provider: "ADVANCED_DATAPATH" });
    },
  );

  test.each(stages)("is told to an application in stage %s, of one's own cluster and of another program's", (stage) => {
    const own = google({ ...GOOGLE_PROPS, policiesByName: stage });
    const { project, region } = GOOGLE_PROPS;
    const found = existingGoogle({
      ...{ project, region, dataCidrs: ["10.10.160.0/19"], stateBucket: "billing-state" },
      policiesByName: stage,
    });
    for (const cloud of [own, found]) {
      expect(lines(cloud)).toEqual([]);
      const { policiesByName } = cloud.facts(environmentOn(cloud));
      expect(policiesByName).toEqual({ kind: "FQDNNetworkPolicy", stage });
    }
  });

  test.each([true, "on", "only", ["instead"]])("is refused as %p, with the words there are", (wrong) => {
    const refused = google({ ...GOOGLE_PROPS, policiesByName: wrong } as unknown as GoogleProps);
    expect(lines(refused)).toEqual([
      expect.stringMatching(/^cloud\.policiesByName: got .+; use .*"?beside"?.*"?instead"?/),
    ]);
  });

  const hosts = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`h${index}`, external({ host: `h${index}.example.com` })]),
    );
  const load = (count: number, policiesByName?: "beside"): (() => unknown) => {
    const externals = hosts(count);
    const shop = application({
      name: "shop",
      owner: "shop",
      externals,
      workloads: { api: http({ image: "registry.example.com/api:v1", needs: Object.keys(externals) }) },
    });
    const spec = environment({
      name: "staging",
      cloud: google({ ...GOOGLE_PROPS, ...(policiesByName && { policiesByName }) }),
      routing: ingress(),
      profile: "small",
      contact: "platform@example.com",
      costCenter: "shop",
      applications: [{ application: shop }],
    });
    return () => loadEnvironments([spec]);
  };

  test("stops where a workload names more hosts than one policy has addresses", () => {
    expect(load(50, "beside")).not.toThrow();
    expect(load(51)).not.toThrow();
    expect(load(51, "beside")).toThrow(
      /applications\.shop\.workloads\.api: needs 51 names outside, and the names of one FQDNNetworkPolicy resolve to 50 addresses at most; give `cidrs`/,
    );
  });
});

describe("AKS", () => {
  test("has the paid features off where nobody asks, and is not told so", () => {
    expect(one(synthAzure(), "azurerm_kubernetes_cluster").network_profile).not.toHaveProperty("advanced_networking");
    expect(azure(AZURE_PROPS).facts(environmentOn(azure(AZURE_PROPS)))).not.toHaveProperty("policiesByName");
  });

  test.each(stages)("follows names in stage %s, without its observability, and nothing else changes", (stage) => {
    const { network_profile: profile, ...cluster } = one(
      synthAzure({ policiesByName: stage }),
      "azurerm_kubernetes_cluster",
    );
    const { network_profile: before, ...same } = one(synthAzure(), "azurerm_kubernetes_cluster");
    expect(cluster).toEqual(same);
    expect(profile).toEqual({
      ...(before as object),
      advanced_networking: { security_enabled: true, observability_enabled: false },
    });
    // The provider takes that block with Cilium alone.
    expect(before).toMatchObject({ network_plugin: "azure", network_data_plane: "cilium" });
  });

  test.each(stages)("is told to an application in stage %s, of one's own cluster and of another program's", (stage) => {
    const own = azure({ ...AZURE_PROPS, policiesByName: stage });
    const { subscriptionId, tenantId, location } = AZURE_PROPS;
    const found = existingAzure({
      ...{ subscriptionId, tenantId, location, dataCidrs: ["10.40.4.0/24"], stateAccount: "billingstate" },
      policiesByName: stage,
    });
    for (const cloud of [own, found]) {
      expect(lines(cloud)).toEqual([]);
      const { policiesByName } = cloud.facts(environmentOn(cloud));
      expect(policiesByName).toEqual({ kind: "CiliumNetworkPolicy", stage });
    }
  });

  test("is refused by another word, with the words there are", () => {
    expect(lines(azure({ ...AZURE_PROPS, policiesByName: "on" as "beside" }))).toEqual([
      expect.stringMatching(/^cloud\.policiesByName: got "on"; use .*"?beside"?.*"?instead"?/),
    ]);
  });
});

describe("EKS", () => {
  const autoMode = { nodes: { autoMode: true } } as const;
  const existing = { region: AWS_PROPS.region, accountId: AWS_PROPS.accountId } as const;
  const found = (more: object): Cloud =>
    existingAws({ ...existing, dataCidrs: ["10.10.144.0/22"], stateBucket: "billing-state", ...more });

  test("is told nothing where nobody asks, in Auto Mode or not", () => {
    for (const cloud of [aws(AWS_PROPS), aws({ ...AWS_PROPS, ...autoMode }), found({ autoMode: true })]) {
      expect(cloud.facts(environmentOn(cloud))).not.toHaveProperty("policiesByName");
    }
  });

  test.each(stages)("follows names in stage %s in Auto Mode, which has no switch of its own for it", (stage) => {
    for (const cloud of [
      aws({ ...AWS_PROPS, ...autoMode, policiesByName: stage }),
      found({ autoMode: true, policiesByName: stage }),
    ]) {
      expect(lines(cloud)).toEqual([]);
      const { policiesByName } = cloud.facts(environmentOn(cloud));
      expect(policiesByName).toEqual({ kind: "ApplicationNetworkPolicy", stage });
    }
    expect(synthAws({ ...autoMode, policiesByName: stage })).toEqual(synthAws(autoMode));
  });

  test.each(stages)("has none on nodes of its own, and %s is refused there with what there is", (stage) => {
    const refused =
      `cloud.policiesByName: got "${stage}", AWS has policies by name on nodes of Auto Mode alone: the network policy agent of ` +
      'the VPC CNI follows none; remove it; give hosts their `cidrs`, and buckets `s3Addresses: "prefix-list"`';
    expect(lines(aws({ ...AWS_PROPS, policiesByName: stage }))).toEqual([refused]);
    expect(lines(found({ policiesByName: stage }))).toEqual([refused]);
  });

  test("takes the list of S3 beside names, and not instead of them", () => {
    const both = { ...AWS_PROPS, ...autoMode, s3Addresses: "prefix-list" } as const;
    expect(lines(aws({ ...both, policiesByName: "beside" }))).toEqual([]);
    expect(lines(aws({ ...both, policiesByName: "instead" }))).toEqual([
      'cloud.s3Addresses: got "prefix-list", S3 is opened by its names alone, as `policiesByName` is "instead"; remove it',
    ]);
  });

  test("is refused by another word, with the words there are", () => {
    expect(lines(aws({ ...AWS_PROPS, ...autoMode, policiesByName: "on" as "beside" }))).toEqual([
      expect.stringMatching(/^cloud\.policiesByName: got "on"; use .*"?beside"?.*"?instead"?/),
    ]);
  });
});

test.each(["*.example.com", "*"])("a host with a wildcard is no host, whatever knows names: %s", (host) => {
  const shop = application({
    name: "shop",
    owner: "shop",
    externals: { any: external({ host }) },
    workloads: { api: http({ image: "registry.example.com/api:v1", needs: ["any"] }) },
  });
  const spec = environment({
    name: "staging",
    cloud: google({ ...GOOGLE_PROPS, policiesByName: "instead" }),
    routing: ingress(),
    profile: "small",
    contact: "platform@example.com",
    costCenter: "shop",
    applications: [{ application: shop }],
  });
  expect(() => loadEnvironments([spec])).toThrow(/externals\.any\.host: got "\*/);
});
