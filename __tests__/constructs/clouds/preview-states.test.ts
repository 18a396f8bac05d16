import { loadEnvironments } from "../../../constructs/model/load";
import type { ListAnswer, PreviewStates } from "../../../constructs/model/preview-states";
import { environments } from "../../../environments";

/* How each cloud lists states of previews and takes them away. Answers are in the form that the CLIs document; none was recorded. */

const placeOf = (name: string): PreviewStates => {
  const [environment] = loadEnvironments(environments, { only: [name] });
  const place = environment?.cloud.previewStates?.(environment, "previews");
  if (place === undefined) throw new Error(`${name}: no place of states`);
  return place;
};

const answer = (data: unknown): ListAnswer => ({
  ...{ code: 0, complaint: "" },
  text: typeof data === "string" ? data : JSON.stringify(data),
});

test("a cluster on this machine keeps states in files, which are nobody's to sweep", () => {
  const [local] = loadEnvironments(environments, { only: ["local"] });
  expect(Object.keys(local?.cloud ?? {})).not.toContain("previewStates");
  expect(Object.keys(loadEnvironments(environments, { only: ["staging"] })[0]?.cloud ?? {})).toContain("previewStates");
});

describe("AWS", () => {
  const place = placeOf("staging");
  const at = "--region eu-central-1 --bucket staging-tfstate-111111111111 --expected-bucket-owner 111111111111";
  const version = (Key: string, VersionId: string, IsLatest: boolean) => ({
    ...{ Key, VersionId, IsLatest, LastModified: `2026-12-0${VersionId}T00:00:00+00:00` },
  });

  test("lists versions below the folder, of the bucket of its own account", () => {
    expect(place.list.join(" ")).toBe(`aws s3api list-object-versions ${at} --prefix previews/ --output json`);
  });

  test("a state is taken with each version of it and of its lock, and is held while the lock's newest is no marker", () => {
    const of = (lockIsThere: boolean) =>
      place.read(
        answer({
          Versions: [
            version("previews/my-app-pr-1.tfstate", "1", false),
            version("previews/my-app-pr-1.tfstate", "2", true),
            version("previews/my-app-pr-1.tfstate.tflock", "3", lockIsThere),
            version("previews/notes.txt", "5", true),
            version("previews/sub/my-app-pr-2.tfstate", "5", true),
          ],
          DeleteMarkers: lockIsThere ? [] : [version("previews/my-app-pr-1.tfstate.tflock", "4", true)],
        }),
      );
    const [only, ...others] = of(false);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ stack: "my-app-pr-1", locked: false, changed: "2026-12-04T00:00:00+00:00" });
    const removing = `aws s3api delete-object ${at} --key previews/my-app-pr-1.tfstate`;
    expect(only?.remove.map((words) => words.join(" "))).toEqual([
      `${removing} --version-id 1`,
      `${removing} --version-id 2`,
      `${removing}.tflock --version-id 3`,
      `${removing}.tflock --version-id 4`,
    ]);
    expect(of(true)).toMatchObject([{ stack: "my-app-pr-1", locked: true }]);
  });

  test("an empty folder is no text at all", () => {
    expect([place.read(answer("")), place.read(answer("{}"))]).toEqual([[], []]);
    expect(() => place.read(answer("<html>"))).toThrow();
    // No text either, and not empty for that.
    const complaint = "Unable to locate credentials";
    expect(() => place.read({ code: 253, text: "", complaint })).toThrow(complaint);
    expect(() => placeOf("aks-staging").read({ code: 1, text: "", complaint })).toThrow(complaint);
  });
});

describe("Google Cloud", () => {
  const place = placeOf("gke-staging");

  test("a state is taken with each version of it by its number, and is held while a lock is there", () => {
    const name = "previews/my-app-pr-1/default";
    const of = (lock: object) =>
      place.read(
        answer([
          {
            name: `${name}.tfstate`,
            generation: "1",
            updated: "2026-12-01T00:00:00Z",
            timeDeleted: "2026-12-01T01:00:00Z",
          },
          { name: `${name}.tfstate`, generation: "2", updated: "2026-12-01T01:00:00Z" },
          { name: `${name}.tflock`, generation: "3", updated: "2026-12-02T00:00:00Z", ...lock },
          { name: "previews/other/else.txt", generation: "4", updated: "2026-12-02T00:00:00Z" },
        ]),
      );
    const remove = "gcloud storage rm --all-versions gs://gke-staging-tfstate-goldenpath-staging";
    expect(of({}).map((one) => ({ ...one, remove: one.remove.map((words) => words.join(" ")) }))).toEqual([
      {
        ...{ stack: "my-app-pr-1", changed: "2026-12-02T00:00:00Z", locked: true },
        remove: [
          `${remove}/${name}.tfstate#1 --project goldenpath-staging`,
          `${remove}/${name}.tfstate#2 --project goldenpath-staging`,
          `${remove}/${name}.tflock#3 --project goldenpath-staging`,
        ],
      },
    ]);
    // The list has versions that are gone, too: one of a lock that was put down is none.
    expect(of({ timeDeleted: "2026-12-02T00:10:00Z" })).toMatchObject([
      { stack: "my-app-pr-1", locked: false, changed: "2026-12-02T00:10:00Z" },
    ]);
  });

  test("an empty folder is a complaint of its own, and every other one is none", () => {
    const complaint = "ERROR: (gcloud.storage.objects.list) The following URLs matched no objects or files:\ngs://…";
    expect(place.read({ code: 1, text: "", complaint })).toEqual([]);
    expect(() => place.read({ code: 1, text: "", complaint: "ERROR: you are not signed in" })).toThrow("signed in");
  });
});

test("Azure: a state is taken with its snapshots if it is what was listed, and is held while somebody has its lease", () => {
  const place = placeOf("aks-staging");
  const blob = (name: string, status: string) => ({
    name,
    properties: { etag: "0x8DE", lastModified: "2026-12-01T00:00:00+00:00", lease: { status } },
  });
  const states = place.read(
    answer([
      blob("previews/my-app-pr-1.tfstate", "unlocked"),
      blob("previews/my-app-pr-2.tfstate", "locked"),
      blob("aks-staging.tfstate", "unlocked"),
    ]),
  );
  expect(states.map(({ stack, locked }) => [stack, locked])).toEqual([
    ["my-app-pr-1", false],
    ["my-app-pr-2", true],
  ]);
  expect(states[0]?.remove.map((words) => words.slice(0, 4).join(" "))).toEqual(["az storage blob delete"]);
  expect(states[0]?.remove[0]?.slice(-6)).toEqual([
    "--name",
    "previews/my-app-pr-1.tfstate",
    "--delete-snapshots",
    "include",
    "--if-match",
    "0x8DE",
  ]);
});
