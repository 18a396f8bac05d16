import { readFileSync } from "node:fs";
import { join } from "node:path";
import { imagesAside } from "../../../constructs/plan/images-aside";
import { readPlan } from "../../../constructs/plan/read-plan";
import { type Reviewed, reviewed } from "../../../constructs/plan/reviewed";
import { readReviewedFile, reviewedFile } from "../../../constructs/plan/reviewed-file";
import { unseen } from "../../../constructs/plan/seen";
import { changeJson, planJson } from "./plans";

/*
 * What of a plan nobody has seen. Plans of `releases/` are run: Terraform 1.11.4 and the Kubernetes provider 2.38.0, a state written by hand,
 * `plan -refresh=false`; an application of a Deployment and a Job that are released anew, that get more memory, and both. What stays is left out.
 */

const text = (name: string): string => readFileSync(join(__dirname, "releases", `${name}.json`), "utf8");
const of = (json: string): Reviewed => reviewed(readPlan(json));
/** As it is kept in a file. */
const kept = (json: string): Reviewed => {
  const { s } = readReviewedFile(reviewedFile({ s: of(json) })).stacks;
  if (s === undefined) throw new Error("no stack");
  return s;
};

const BUILT = [`ghcr.io/acme/shop/web:develop-2@sha256:${"b".repeat(64)}`];
const says = (now: Reviewed, seen: readonly Reviewed[], images = BUILT, exact = false): string[] =>
  unseen(now, seen, { built: images, exact }).map((one) => `${one.address ?? ""} ${one.says}`.trim());

describe("the release of images that were built", () => {
  test("is nothing that somebody has to have seen", () => {
    expect(imagesAside(of(text("images")), BUILT).resources).toEqual({});
    expect(says(of(text("images")), [])).toEqual([]);
  });

  test("of other images is: each of them, and the Job that is made anew", () => {
    const all = says(of(text("images")), [], [`ghcr.io/acme/shop/web:develop-2@sha256:${"c".repeat(64)}`]);
    expect(all).toEqual([
      expect.stringMatching(/^kubernetes_deployment\S+ nobody reviewed that it is to be changed in place$/),
      expect.stringMatching(/^kubernetes_job\S+ nobody reviewed that it is to be replaced$/),
    ]);
  });

  test("with more memory is what was seen of the memory, whatever the Job is called", () => {
    expect(says(of(text("images-and-memory")), [kept(text("memory"))])).toEqual([]);
  });

  test("with memory that nobody has seen is told by its fields", () => {
    expect(says(of(text("images-and-memory")), [kept(text("images"))])).toEqual([
      expect.stringMatching(
        /container\[web\]\.resources\[0\]\.limits\.memory: nobody reviewed that it changes like this$/,
      ),
      expect.stringMatching(/container\[web\]\.resources\[0\]\.requests\.memory: nobody/),
      expect.stringMatching(/resources\[0\]\.limits: nobody reviewed that it asks for another one$/),
      expect.stringMatching(/resources\[0\]\.requests: nobody reviewed that it asks for another one$/),
      expect.stringMatching(/container\[migrate\]\.resources\[0\]\.limits\.memory: nobody/),
      expect.stringMatching(/container\[migrate\]\.resources\[0\]\.requests\.memory: nobody/),
      expect.stringMatching(/^kubernetes_resource_quota\S+ nobody reviewed that it is to be changed in place$/),
    ]);
  });

  test("leaves what was seen as it is where no image is another", () => {
    expect(says(of(text("memory")), [kept(text("memory"))])).toEqual([]);
    expect(says(of(text("memory")), [])).toHaveLength(3);
  });

  /** A plan of a release in which this is another thing, too. */
  const changed = (change: (text: string) => string): Reviewed => {
    const before = text("images");
    const after = change(before);
    expect(after).not.toBe(before);
    return of(after);
  };

  test.each<[string, (text: string) => string]>([
    [
      "an environment variable",
      (all) =>
        all.replace(
          '"termination_grace_period_seconds":',
          '"active_deadline_seconds":9,"termination_grace_period_seconds":',
        ),
    ],
    ["a label of the Job", (all) => all.replaceAll(/("name":"shop-migrate-7e8b68c5")/g, '"generate_name":"other-",$1')],
    ["the command", (all) => all.replace('"command":["true"]', '"command":["false"]')],
  ])("hides nothing beside it: %s", (_, change) => {
    expect(says(changed(change), []).length).toBeGreaterThan(0);
  });
});

describe("what is made", () => {
  const container = (image: string, policy: string) => ({
    name: "web",
    image,
    image_pull_policy: policy,
    command: ["a"],
  });
  const made = (image: string, version: string, revision: string, more: object = {}): string =>
    planJson([
      changeJson({
        address: "kubernetes_job_v1.a",
        actions: ["create"],
        after: {
          metadata: [{ name: `a-${revision}`, labels: { version, "goldenpath/revision": revision } }],
          spec: [
            {
              template: [
                {
                  spec: [
                    { container: [{ ...container(image, version === "v1" ? "Always" : "IfNotPresent"), ...more }] },
                  ],
                },
              ],
            },
          ],
        },
      }),
    ]);
  const before = made("registry.example.com/web:v1", "v1", "11111111");

  test.each<[string, string, number]>([
    ["with the image that was built in place of the model's", made(BUILT[0] ?? "", "develop-2", "22222222"), 0],
    ["with an image that nobody built", made("registry.example.com/web:v2", "v2", "22222222"), 2],
    ["with another command, too", made(BUILT[0] ?? "", "develop-2", "22222222", { command: ["b"] }), 1],
    ["with an image of another name", made((BUILT[0] ?? "").replace("/web:", "/api:"), "develop-2", "22222222"), 1],
  ])("may be made %s or not", (_, now, count) => {
    expect(says(of(now), [kept(before)])).toHaveLength(count);
  });

  test("has to be unknown still where something came that nobody planned", () => {
    const made = (after: object, unknown: object): string =>
      planJson([changeJson({ address: "aws_instance.a", actions: ["create"], after, after_unknown: unknown })]);
    const seen = [kept(made({ name: "a", nested: [{}] }, { user_data: true, nested: [{ x: true }] }))];
    const known = of(made({ name: "a", user_data: "b", nested: [{ x: "y" }] }, {}));
    expect([says(known, seen), says(known, seen, BUILT, true).length]).toEqual([[], 2]);
    const still = of(made({ name: "a", nested: [{}] }, { user_data: true, nested: [{ x: true }] }));
    expect(says(still, seen, BUILT, true)).toEqual([]);
  });

  test("may have any value where only the apply was to tell it, and none elsewhere", () => {
    const secret = (after: object, unknown: object): string =>
      planJson([changeJson({ address: "kubernetes_secret_v1.a", actions: ["create"], after, after_unknown: unknown })]);
    const seen = secret({ name: "a", type: "Opaque" }, { host: true });
    expect(says(of(secret({ name: "a", type: "Opaque", host: "db.example.com" }, {})), [kept(seen)])).toEqual([]);
    expect(says(of(secret({ name: "a", type: "Other", host: "db.example.com" }, {})), [kept(seen)])).toHaveLength(1);
    expect(
      says(of(secret({ name: "a", type: "Opaque" }, { host: true })), [
        kept(secret({ name: "a", type: "Opaque", host: "x" }, {})),
      ]),
    ).toHaveLength(1);
  });
});

describe("what was seen", () => {
  const sized = (storage: number, from = 20): string =>
    planJson([changeJson({ before: { storage: from }, after: { storage } })]);
  const both = planJson([changeJson({ before: { storage: 20, size: "a" }, after: { storage: 30, size: "b" } })]);
  const size = planJson([changeJson({ before: { storage: 20, size: "a" }, after: { storage: 20, size: "b" } })]);
  const replaced = (actions: readonly string[]): string =>
    planJson([
      changeJson({
        actions,
        before: { name: "a" },
        after: { name: "b" },
        replace_paths: [["name"]],
        action_reason: "replace_because_cannot_update",
      }),
    ]);

  test.each<[string, string, readonly string[], number]>([
    ["one pull request", sized(30), [sized(30)], 0],
    ["two that were merged in a row, each a part", both, [sized(30), size], 0],
    ["more than there is to do any more", sized(30), [both], 0],
    ["nothing, and nothing is planned", planJson([]), [], 0],
    ["nothing", sized(30), [], 1],
    ["another value", sized(40), [sized(30)], 1],
    ["another value that it comes from", sized(30, 10), [sized(30)], 1],
    ["a part", both, [size], 1],
    ["that it is changed in place, and it is replaced", replaced(["delete", "create"]), [sized(30)], 1],
    ["a replacement in the other order", replaced(["create", "delete"]), [replaced(["delete", "create"])], 1],
    ["that replacement", replaced(["create", "delete"]), [replaced(["create", "delete"])], 0],
    [
      "another resource",
      planJson([changeJson({ address: "aws_db_instance.other", before: { storage: 20 }, after: { storage: 30 } })]),
      [sized(30)],
      1,
    ],
    [
      "its change, and it is deleted",
      planJson([changeJson({ actions: ["delete"], before: { storage: 20 } })]),
      [sized(30)],
      1,
    ],
  ])("was %s", (_, now, seen, count) => {
    expect(says(of(now), seen.map(kept))).toHaveLength(count);
  });

  test("is not what others have changed, which a plan that does nothing would only write down", () => {
    const drift = { resource_drift: [changeJson({ before: { storage: 20 }, after: { storage: 30 } })] };
    const idle = JSON.parse(planJson([], drift)) as Record<string, unknown>;
    // OpenTofu does not say whether a plan can be applied.
    delete idle.applyable;
    expect(says(of(JSON.stringify(idle)), [])).toEqual([]);
  });

  test("is not a part of what is asked for, where nobody asked for a part", () => {
    const part = planJson([], { complete: false });
    expect(says(of(part), [kept(planJson([]))])).toEqual([
      "does only a part of what is asked for, and nobody reviewed that",
    ]);
  });
});
