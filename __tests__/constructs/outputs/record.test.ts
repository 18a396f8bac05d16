import { loadEnvironments } from "../../../constructs/model/load";
import { recordOf } from "../../../constructs/outputs/record";
import { renderEach } from "../../../constructs/outputs/target";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { environments } from "../../../environments";
import { outputs } from "../../../environments/outputs";

/* What is taken down of what this repository renders: all of it, part by part, and no value. */

const rendered = renderEach(renderEnvironments(loadEnvironments(environments)), outputs);
const record = recordOf(rendered);
const files = Object.values(record.outputs).flat();

test("has every file of every output", () => {
  expect(Object.keys(record.outputs).sort()).toEqual(outputs.map(({ name }) => name).sort());
  expect(files.map(({ file }) => file).sort()).toEqual(rendered.map(({ file }) => file).sort());
});

test("names each part of a file once, and has one at least", () => {
  for (const { file, parts } of files) {
    const names = parts.map(({ called, name }) => `${called} ${name ?? ""}`);
    expect([file, parts.length > 0, names.length - new Set(names).size]).toEqual([file, true, 0]);
    if (parts.length > 1) expect([file, parts.filter(({ name }) => name === undefined)]).toEqual([file, []]);
  }
});

test("has every service of Compose, and every value of the chart by its key", () => {
  const names = (file: string): string[] =>
    files.find((one) => one.file === file)?.parts.map(({ called, name }) => `${called} ${name ?? ""}`) ?? [];
  expect(names("compose.yaml")).toEqual(expect.arrayContaining(["Compose service backend", "Compose setting name"]));
  expect(names("helm/my-app/values-staging.yaml")).toEqual(
    expect.arrayContaining([
      "chart value workloads.backend.replicas",
      'chart value workloads.backend.annotations."secret.reloader.stakater.com/reload"',
    ]),
  );
  expect(names("docker/observability/prometheus/rules.yaml")).toContain("alert rule of Compose my-app: HighErrorRate");
});

test("has no value: of what a file says only names, and digests", () => {
  const text = JSON.stringify(record);
  expect(rendered.some((one) => one.text.includes("mysql://app:secret@mysql"))).toBe(true);
  expect(text).not.toContain("app:secret");
  for (const { parts, digest } of files)
    for (const one of [digest, ...parts.map((part) => part.digest)]) expect(one).toMatch(/^[0-9a-f]{64}$/);
});
