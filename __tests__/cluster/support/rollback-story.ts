import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { apply, KUBECONFIG, KUBECTL, must, type Output } from "./cluster";
import { type Chart, chartOf, helm, helmProgram, type Major } from "./helm";
import { all, imagesIn } from "./release-story";
import { programs, rollback } from "./rollback";
import { NEVER_READY } from "./stages";

/*
 * `goldenpath rollback` against a control plane, with the Helm that a person has on the PATH: one story, in which each test goes on from the one
 * before.
 */

const folder = mkdtempSync(join(tmpdir(), "goldenpath-rollback-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

export const rollbackStory = (major: Major): void => {
  describe(`Helm ${major}`, () => {
    tell(major);
  });
};

function tell(major: Major): void {
  const suite = `back${major}`;
  const path = programs(folder, { helm: helmProgram(major), kubectl: KUBECTL });
  let chart: Chart;
  beforeAll(async () => {
    chart = chartOf(suite, (one) => ({ ...one, release: "helm" }));
    must(await apply(chart.prepared("staging")));
  });
  afterAll(() => {
    chart.remove();
  });

  const namespace = (): string => chart.namespace("staging");
  const images = (): Promise<Readonly<Record<string, string>>> => imagesIn(namespace());
  const back = (...args: readonly string[]): Promise<Output> =>
    rollback({ suite, tool: "helm", path }, "staging", ...args);
  const goBack = (...args: readonly string[]): Promise<Output> => back("--run", "--yes", "--timeout", "60", ...args);

  const release = (values: readonly string[], timeout = "60s", ...more: readonly string[]): Promise<Output> =>
    helm(major, [
      ...["upgrade", "--install", "my-app", chart.folder, "-n", namespace(), ...more],
      ...["environment=staging", ...values].flatMap((value) => ["--set", value]),
      ...["--wait", "--timeout", timeout],
    ]);

  test("nothing was released yet: it says what stays, and that there is nothing", async () => {
    const { code, stdout, stderr } = await back();
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringContaining("nothing to go back to: there is no release my-app") as string,
    });
    expect(stdout).toContain("What migrate did to orders-db before the release is not taken back");
  });

  test("one revision: there is nothing to go back to", async () => {
    must(await release(["image.tag=v1"]));
    expect(await back()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("revision 1 is the only one") as string,
    });
  });

  test("the way back is said, with what changes, and nothing is done", async () => {
    must(await release(["image.tag=v2"]));
    const { code, stdout } = await back();
    expect(code).toBe(0);
    expect(stdout).toMatch(/image of Deployment my-app-backend, backend: \S+:v2 → \S+:v1/);
    expect(stdout).toMatch(new RegExp(`^  helm rollback my-app 1 -n ${namespace()} --wait --timeout \\d+m$`, "m"));
    expect(await images()).toEqual(all("v2"));
  });

  test("without a terminal it does nothing unless it is told not to ask", async () => {
    expect(await back("--run")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("give --yes with it") as string,
    });
    expect(await images()).toEqual(all("v2"));
  });

  test("it goes back, and says after how long", async () => {
    const { code, stdout, stderr } = await goBack();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(await images()).toEqual(all("v1"));
    const [, seconds] = /Back at what revision 1 was, as revision 3, after (\d+) s\./.exec(stdout) ?? [];
    console.log(`Helm ${major}: back after ${seconds ?? "?"} s`);
    expect(Number(seconds)).toBeLessThan(60);
  });

  test("twice: not to what was gone back from", async () => {
    expect(await goBack()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("somebody has gone back from 2") as string,
    });
    expect(await images()).toEqual(all("v1"));
  });

  test("an image that never becomes ready is left standing by the upgrade: back to what runs", async () => {
    expect((await release([`image.tag=v4`, `workloads.frontend.image.tag=${NEVER_READY}`], "8s")).code).not.toBe(0);
    const { code, stdout } = await goBack();
    expect([code, /Back at what revision 3 was/.test(stdout)]).toEqual([0, true]);
    expect(await images()).toEqual(all("v1"));
  });

  test("an upgrade that was cut off: whoever may still be at work is not disturbed, until it is said that nobody is", async () => {
    const cut = spawn(
      "timeout",
      [
        ...["-s", "KILL", "6", helmProgram(major), "upgrade", "my-app", chart.folder, "-n", namespace()],
        ...["--set", `environment=staging,image.tag=v6,workloads.frontend.image.tag=${NEVER_READY}`],
        ...["--wait", "--timeout", "60s"],
      ],
      { env: { PATH: process.env.PATH ?? "", HOME: folder, KUBECONFIG }, stdio: "ignore" },
    );
    await new Promise((resolve) => cut.once("close", resolve));
    expect(await goBack()).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/revision 6 is pending-upgrade since \d+ s, .* may still be at work/) as string,
    });
    expect(await goBack("--interrupted")).toMatchObject({ code: 0 });
    expect(await images()).toEqual(all("v1"));
  });

  test("where what it goes to does not come either, it is not tried again, and what it came from is not gone back to", async () => {
    must(await release(["image.tag=v8"]));
    // Nothing is there so soon.
    const failed = await back("--run", "--yes", "--timeout", "1");
    expect(failed).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("helm did not come back to revision 7") as string,
    });
    expect(await goBack()).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        "no revision before 9 is to go back to: somebody has gone back from 2, 4, 6, 8",
      ) as string,
    });
  });

  test("a revision that is named, and one that is not there", async () => {
    expect(await back("--to", "99")).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--to: got 99; there are") as string,
    });
    expect(await goBack("--to", "8")).toMatchObject({ code: 0 });
    expect(await images()).toEqual(all("v8"));
  });

  test("no cluster: what stays is said all the same, and why there is no more", async () => {
    const config = "/dev/null";
    const { code, stdout, stderr } = await rollback({ suite, tool: "helm", path, config }, "staging");
    expect({ code, stays: stdout.includes("What does not go back:") }).toEqual({ code: 1, stays: true });
    expect(stderr).toContain("helm does not say which releases there are");
  });
}
