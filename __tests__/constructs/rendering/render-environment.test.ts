import { Token } from "cdktf";
import type { Cloud, Cluster } from "../../../constructs/clouds/cloud";
import { loadEnvironments } from "../../../constructs/model/load";
import { legible, PLACEHOLDER, refers } from "../../../constructs/rendering/placeholder";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { placedIn } from "../../../constructs/rendering/rendered-environment";
import { environments } from "../../../environments";

const loaded = loadEnvironments(environments);
const rendered = renderEnvironments(loaded);
const all = rendered.flatMap(({ applications }) => applications);

test("every environment has its applications, with the model's own workloads", () => {
  expect(rendered.map(({ name }) => name)).toEqual(environments.map(({ name }) => name));
  for (const [index, { applications }] of rendered.entries()) {
    expect(applications.map(({ application }) => application)).toEqual(loaded[index]?.applications);
    for (const { application, workloads } of applications) {
      for (const [at, { workload, edges }] of workloads.entries()) {
        expect(workload).toBe(application.workloads[at]);
        expect(edges.map(({ edge }) => edge)).toEqual(workload.edges);
      }
    }
  }
});

test("no reference of cdktf's is left, and a placeholder is where one was", () => {
  const text = JSON.stringify(all.map(({ workloads, prepared, released }) => [workloads, prepared, released]));
  expect(text).not.toMatch(/TfToken|\$\{/);
  expect(refers(text)).toBe(true);
  for (const { prepared } of all) expect(prepared.some(refers)).toBe(true);
  for (const { released } of all) expect(released.some(refers)).toBe(false);
});

test("objects are made once, and only where they are asked for", () => {
  let asked = 0;
  const counting = loaded.map((environment) => ({
    ...environment,
    cloud: {
      ...environment.cloud,
      connect: (...args: Parameters<Cloud["connect"]>): Cluster => {
        asked++;
        return environment.cloud.connect(...args);
      },
    },
  }));
  const [first] = renderEnvironments(counting).flatMap(({ applications }) => applications);
  expect(first?.application.name).toBe("my-app");
  expect(asked).toBe(0);
  expect(first?.released).toBe(first?.released);
  expect(first?.prepared.length).toBeGreaterThan(10);
  expect(asked).toBe(1);
});

test("a number that only Terraform knows is an error: it could be reckoned with", () => {
  const [environment] = loaded;
  if (environment === undefined) throw new Error("no environment");
  const { cloud } = environment;
  const odd = {
    ...environment,
    cloud: {
      ...cloud,
      connect: (...args: Parameters<Cloud["connect"]>): Cluster => {
        const cluster = cloud.connect(...args);
        return {
          ...cluster,
          provide: (scope, application) => {
            const provided = cluster.provide(scope, application);
            return {
              ...provided,
              connection: (workload, service) => ({
                ...provided.connection(workload, service),
                endpoints: [{ cidrs: ["10.0.0.0/8"], port: Token.asNumber({ resolve: () => 1 }) }],
              }),
            };
          },
        };
      },
    },
  };
  const [application] = renderEnvironments([odd]).flatMap(({ applications }) => applications);
  expect(() => application?.prepared).toThrow("a number that only Terraform knows");
});

test("a placeholder is found wherever it is, and people read it without its mark", () => {
  expect(refers({ a: [{ b: `mysql://${PLACEHOLDER}:3306` }] })).toBe(true);
  expect(refers({ a: [{ b: "mysql://(known after apply):3306" }], c: undefined })).toBe(false);
  expect(legible(`mysql://${PLACEHOLDER}:3306`)).toBe("mysql://(known after apply):3306");
});

test("an application that nobody has is named with those there are", () => {
  expect(placedIn(rendered, "my-app", ["x"]).map(({ application }) => application.environment)).toEqual(
    environments.map(({ name }) => name),
  );
  expect(() => placedIn(rendered, "shop", ["chart", "application"])).toThrow(
    'chart.application: got "shop"; use "my-app"',
  );
  expect(() => placedIn([], "shop", ["chart", "application"])).toThrow("give an environment that has it");
});
