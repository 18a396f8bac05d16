import { google } from "../../../../constructs/clouds/google";
import { type Registries, resolveRegistries } from "../../../../constructs/model/registries";
import { all, type StackJson } from "../../../support/cloud-environment";
import { GOOGLE_PROPS, synthCluster } from "../../../support/google-environment";

const SHARED = "europe-docker.pkg.dev/shared-project/images";
const TYPE = "google_artifact_registry_repository_iam_member";

const cluster = (registries: Registries, props: Parameters<typeof synthCluster>[0] = {}): StackJson =>
  synthCluster(props, undefined, { registries: resolveRegistries(registries, (name) => name, undefined) });

test("nodes read the named repository of another project, and nothing else there", () => {
  const json = cluster({ byIdentity: [SHARED, "us-east1-docker.pkg.dev/shared-project/tools"] });
  expect(all(json, TYPE)).toEqual([
    expect.objectContaining({
      project: "shared-project",
      location: "europe",
      repository: "images",
      role: "roles/artifactregistry.reader",
      member: expect.stringMatching(/google_service_account\.NodeAccount/),
    }),
    expect.objectContaining({ location: "us-east1", repository: "tools" }),
  ]);
  const others = Object.entries(json.resource).filter(([type]) => type !== TYPE);
  expect(others.map(([type]) => type).sort()).toEqual(Object.keys(synthCluster().resource).sort());
});

test("nodes come after what they may pull", () => {
  for (const [json, type] of [
    [cluster({ byIdentity: [SHARED] }), "google_container_node_pool"],
    [cluster({ byIdentity: [SHARED] }, { nodes: { autopilot: true } }), "google_container_cluster"],
  ] as const) {
    expect(all(json, type).length).toBeGreaterThan(0);
    for (const { depends_on } of all(json, type)) expect(JSON.stringify(depends_on)).toContain(TYPE);
  }
});

test("of their own project they read all, whatever is listed", () => {
  const own = `europe-docker.pkg.dev/${GOOGLE_PROPS.project}/images`;
  expect(cluster({ byIdentity: [own] })).toEqual(synthCluster());
});

test.each(["europe-docker.pkg.dev/shared-project", "gcr.io/shared-project", `${SHARED}/backend`, ""])(
  "%p is no repository of Artifact Registry",
  (registry) => {
    expect(google(GOOGLE_PROPS).registryProblems?.([registry, SHARED], ["at"])).toEqual([
      expect.objectContaining({ path: ["at", 0], got: registry, fix: expect.stringContaining("Artifact Registry") }),
    ]);
  },
);
