import { reachable } from "../../../cli/connect/reachable";
import { loadEnvironments } from "../../../constructs/model/load";
import { renderEnvironments } from "../../../constructs/rendering/render-environment";
import { environments } from "../../../environments";

/* What a name leads to where an application has something of the name of a page. */

const [staging] = renderEnvironments(loadEnvironments(environments, { only: ["staging"] }));

function found(asked: string, application?: string): string | undefined {
  const [first] = staging?.applications ?? [];
  if (staging === undefined || first === undefined) throw new Error("no staging");
  const workloads = first.workloads.map((one) =>
    one.workload.name === "backend" ? { ...one, workload: { ...one.workload, name: "grafana" } } : one,
  );
  const rendered = { ...staging, applications: [{ ...first, workloads }] };
  const target = reachable(rendered, asked, application).find(({ name }) => name === asked);
  return target !== undefined && "what" in target ? target.what : undefined;
}

test("an application that is named has its own of the name of a page; without it, it is the page", () => {
  expect(found("grafana")).toBe("page of what measures the environment");
  expect(found("grafana", "my-app")).toBe("php-fpm workload of my-app");
  expect(found("prometheus", "my-app")).toBe("page of what measures the environment");
  expect(found("orders-db")).toBe("mysql of my-app");
});
