import { parse } from "yaml";
import type { EnvironmentSpec } from "../../../../constructs/environment";
import { application } from "../../../../constructs/model/application";
import { loadEnvironments } from "../../../../constructs/model/load";
import { http, worker } from "../../../../constructs/model/workload";
import { compose, type ComposeOptions } from "../../../../constructs/outputs/compose/output";
import { renderEnvironments } from "../../../../constructs/rendering/render-environment";
import { environments } from "../../../../environments";
import { local } from "../../../../environments/local";

const render = (options: ComposeOptions, specs: readonly EnvironmentSpec[] = [local]) =>
  compose.render(renderEnvironments(loadEnvironments(specs)), options);

const shop = (workloads: Parameters<typeof application>[0]["workloads"]): EnvironmentSpec => ({
  ...local,
  defaultApplication: "shop",
  applications: [{ application: application({ name: "shop", owner: "team", workloads }) }],
});

const IMAGE = "registry.example.com/shop:v1";

test("every file of this machine that a container mounts is rendered beside it", () => {
  const files = render({ application: "my-app" });
  const { services } = parse(files["compose.yaml"] ?? "") as {
    readonly services: Readonly<Record<string, { readonly volumes?: readonly string[] }>>;
  };
  const mounted = Object.values(services)
    .flatMap(({ volumes = [] }) => volumes.map((volume) => volume.split(":")[0] ?? ""))
    .filter((source) => source.startsWith("./"))
    .map((source) => source.slice(2));
  expect([...new Set(mounted)].sort()).toEqual([
    ...["compose/mysql/conf.d", "compose/nginx", "compose/nginx/conf.d", "compose/nginx/ssl"],
  ]);
  for (const folder of mounted) expect(Object.keys(files).some((file) => file.startsWith(`${folder}/`))).toBe(true);
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["compose/nginx/ssl/.gitignore"]));
  expect(JSON.stringify(files)).not.toContain("docker/");
});

test("an application has the files that its containers need, and no others", () => {
  const options = { application: "shop", configuration: "local/files" };
  expect(Object.keys(render(options, [shop({ mailer: worker({ image: IMAGE }) })]))).toEqual(["compose.yaml"]);
  expect(Object.keys(render(options, [shop({ web: http({ image: IMAGE }) })]))).toEqual([
    "compose.yaml",
    "local/files/nginx/conf.d/default.conf",
  ]);
});

test("a pool's file goes where it is asked for, of a workload that has a pool", () => {
  const files = render({ application: "my-app", pools: { backend: "images/php/pool.conf" } });
  expect(files["images/php/pool.conf"]).toMatch(/^; Rendered[^]*pm\.max_children = \d+\n/);
  expect(() => render({ application: "my-app", pools: { frontend: "a", bakend: "b" } })).toThrow(
    ["frontend", "bakend"]
      .map((name) => `compose.pools.${name}: no such workload; use the name of a workload of my-app that is PHP-FPM`)
      .join("\n"),
  );
});

test("one environment is meant", () => {
  expect(() => render({ application: "my-app" }, environments)).toThrow(
    /^compose\.environments: got \["local",.*\], are several; name one environment of the target$/,
  );
});
