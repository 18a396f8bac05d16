import { join } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { worker } from "../../constructs/model/workload";
import { applicationChart } from "../support/outputs";
import { on, small } from "./support/charts";
import { folderOf, helm, HELMS, type Major, readByHelm, render } from "./support/helm";

const chart = (tag: string): string => {
  const image = (name: string): string => `registry.example.com/${name}:${tag}`;
  const workloads = { first: worker({ image: image("first") }), second: worker({ image: image("second") }) };
  return folderOf(
    applicationChart({ application: "shop", environments: loadEnvironments([on(small({ workloads, routes: undefined }))]) }),
  );
};

interface Rendered {
  readonly kind: string;
  readonly spec: { readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } } };
}

/** Tags by what comes after the repository. */
function images(major: Major, folder: string, ...args: readonly string[]): string[] {
  const objects = readByHelm(major, render(major, folder, "--set", "environment=test", ...args)) as Rendered[];
  return objects
    .filter(({ kind }) => kind === "Deployment")
    .flatMap(({ spec }) => spec.template.spec.containers.map(({ image }) => image.replace("registry.example.com/", "")));
}

describe.each(HELMS)("Helm %d", (major) => {
  const v1 = chart("v1");
  const digest = `sha256:${"a1".repeat(32)}`;

  test.each([
    [[], ["first:v1", "second:v1"]],
    [["image.tag=v2"], ["first:v2", "second:v2"]],
    [["workloads.first.image.tag=v3"], ["first:v3", "second:v1"]],
    [["image.tag=v2", "workloads.first.image.tag=v3"], ["first:v3", "second:v2"]],
    [["image.tag=v2", `workloads.second.image.tag=${digest}`], ["first:v2", `second@${digest}`]],
    [["image.tag=1234567", "workloads.second.image.tag=7654321"], ["first:1234567", "second:7654321"]],
    [["image.tag=", "workloads.first.image.tag="], ["first:v1", "second:v1"]],
  ])("with %j deploys %j: a workload's own tag, then the one for all, then the model's", (set, expected) => {
    expect(images(major, v1, ...set.flatMap((one) => ["--set", one]))).toEqual(expected);
  });

  test("reused values of the chart before hold on to nothing but what was set", () => {
    // --reuse-values takes the values.yaml of the chart that is released, with what was set for it.
    const reused = ["-f", join(v1, "values.yaml")];
    expect(images(major, chart("v2"), ...reused)).toEqual(["first:v2", "second:v2"]);
    expect(images(major, chart("v2"), ...reused, "--set", "image.tag=v1")).toEqual(["first:v1", "second:v1"]);
  });

  test("reused values of a chart that kept its defaults there are refused, and it is said what to do", () => {
    const defaults = ["environment=test", "defaults.workloads.first.image.tag=v0"].flatMap((one) => ["--set", one]);
    const { code, stderr } = helm(major, "template", "shop", v1, "--kube-version", "1.36.3", ...defaults);
    expect(code).not.toBe(0);
    expect(stderr).toContain("which --reuse-values goes on with; use --reset-then-reuse-values");
  });
});
