import type { EnvironmentSpec } from "../../constructs/environment";
import { production } from "../../environments/production";
import { stack, type StackJson, synthesizeEnvironments } from "../support/reference";
import { story } from "./support/engine";

/*
 * Copies in a second region of an environment that exists: on, another region, off. What is there is data of a protected
 * environment: it goes by the word alone, and what is copied is never touched.
 */

type Backups = EnvironmentSpec["backups"];

const LOST = ["my-app/cache", "my-app/events"];
const inRegion = (region: string, ...drops: string[]): Backups => ({ region, without: LOST, drops });

const STACKS = ["production", "production-cluster", "production-platform"] as const;

const stackOf = (name: string, backups: Backups, more: Partial<EnvironmentSpec> = {}): StackJson =>
  stack(synthesizeEnvironments([{ ...production, clusterBackups: {}, ...more, backups }]), name);

/** Types of which each copy has some, by the part of an address that says where they are. */
const TYPES =
  /aws_(s3_bucket|kms_key|efs_file_system|db_instance_automated_backups_replication|s3_bucket_replication_configuration|efs_replication_configuration)__/;

/** What happened to copies, what copies, and to what is copied, in short. */
const said = (events: readonly { readonly action: string; readonly address: string }[]): string[] =>
  events
    .flatMap(({ action, address }) => {
      const [, type] = TYPES.exec(address) ?? [];
      if (type === undefined) return [];
      const [, region = "here"] = /Copies-([a-z0-9-]+?)_/.exec(address) ?? [];
      return [`${action} ${type} ${region}`];
    })
    .sort();

const ends = (steps: readonly string[], action: string): string[] => steps.filter((step) => step.startsWith(action));

describe.each(STACKS)("%s", (name) => {
  const run = story();
  const apply = async (backups: Backups, more?: Partial<EnvironmentSpec>) => {
    await run.write(stackOf(name, backups, more));
    const { events, problems } = await run.apply();
    return { steps: said(events), problems: problems.join("\n").replaceAll(/\s+/g, " ") };
  };
  /** The ledger's words, or Terraform's own where two entries of it share a bucket. */
  const refused = (problems: string, words: string): void => {
    expect(problems).toMatch(
      /has (?:lifecycle\.)?prevent_destroy set/.test(problems)
        ? /terraform_data\.Kept\["[^"]*\/copies@eu-west-1"\]/
        : words,
    );
    expect(problems).toContain("copies@eu-west-1");
  };

  test("gets copies, and nothing that was there is touched", async () => {
    expect((await apply(undefined)).problems).toBe("");
    const { steps, problems } = await apply(inRegion("eu-west-1"));
    expect(problems).toBe("");
    expect(ends(steps, "create").length).toBeGreaterThan(2);
    expect([...ends(steps, "delete"), ...ends(steps, "replace")]).toEqual([]);
    expect((await apply(inRegion("eu-west-1"))).steps).toEqual([]);
  });

  test.each<[string, Backups]>([
    ["off", undefined],
    ["in another region", inRegion("eu-west-3")],
  ])("does not lose them by being turned %s: the plan says what to do", async (_, backups) => {
    const { steps, problems } = await apply(backups);
    expect(steps).toEqual([]);
    refused(problems, "copies@eu-west-1");
    expect(problems).toMatch(/backups/);
  });

  test("nor by the word alone, once the region is another", async () => {
    const { steps, problems } = await apply(inRegion("eu-west-3", "copies@eu-west-1"));
    expect(steps).toEqual([]);
    refused(problems, "was never deployed with the word in drops");
  });

  test("moves them in two deploys", async () => {
    const word = await apply(inRegion("eu-west-1", "copies@eu-west-1"));
    expect(word.problems).toBe("");
    expect([...ends(word.steps, "create"), ...ends(word.steps, "delete")]).toEqual([]);
    const moved = await apply(inRegion("eu-west-3"));
    expect(moved.problems).toBe("");
    expect(moved.steps).toEqual(expect.arrayContaining(["create kms_key eu-west-3", "delete kms_key eu-west-1"]));
    // Of what there is one, it is changed where it stands, or made anew: never two at a time.
    expect(
      moved.steps.filter((step) => /^(?:create|delete) (?:s3_bucket|kms_key|efs_file_system) here$/.test(step)),
    ).toEqual([]);
  });

  test("and lets them go in two deploys, without a word that stays", async () => {
    expect((await apply(undefined)).problems).toContain("copies@eu-west-3");
    expect((await apply(inRegion("eu-west-3", "copies@eu-west-3"))).problems).toBe("");
    const off = await apply(undefined);
    expect(off.problems).toBe("");
    expect(ends(off.steps, "create")).toEqual([]);
    expect(
      ends(off.steps, "delete").filter((step) => / (?:s3_bucket|kms_key|efs_file_system) here$/.test(step)),
    ).toEqual([]);
    expect((await apply(undefined)).steps).toEqual([]);
  });
});
