import type { ServicePlacement } from "../../../../constructs/model/service";
import { onAws } from "../../../support/aws-application";
import { draft, environmentOption, production, shop } from "../../../support/input";

const EITHER = ["managed", "in-cluster"] as const;
const CLOUD = { ...environmentOption(), placements: () => EITHER };

function recordOf(service: string, placement?: ServicePlacement, moves: string[] = []) {
  const { environment, overlay } = draft(production(shop()));
  overlay.services = { [service]: { ...(placement && { placement }), highAvailability: false } };
  overlay.moves = moves;
  return onAws({ ...environment, cloud: CLOUD }).resource("terraform_data", `_${service}_Placement`);
}

test("what was recorded stays, and a plan that wants something else stops", () => {
  const { input, lifecycle } = recordOf("db", "in-cluster") as {
    input: unknown;
    lifecycle: { ignore_changes: string[]; postcondition: { condition: string; error_message: string }[] };
  };
  expect(input).toEqual({ placement: "in-cluster" });
  expect(lifecycle.ignore_changes).toEqual(["input"]);
  expect(lifecycle.postcondition.map(({ condition }) => condition)).toEqual([
    '${self.input.placement == "in-cluster"}',
  ]);
});

test("the default is recorded too: on the way back nothing else would know of the other", () => {
  expect(recordOf("db")).toMatchObject({ input: { placement: "managed" } });
});

test("a move that is confirmed by name writes the record anew, and no other", () => {
  expect(recordOf("db", "in-cluster", ["db"])).not.toHaveProperty("lifecycle");
  expect(recordOf("db", "in-cluster", ["cache"])).toHaveProperty("lifecycle");
});

describe("nodes of a server in the cluster", () => {
  const nodesOf = (highAvailability: boolean) => {
    const { environment, overlay } = draft(production(shop()));
    overlay.services = { events: { placement: "in-cluster", highAvailability } };
    return onAws({ ...environment, cloud: CLOUD });
  };

  test("are recorded anew when there are more, and a plan with fewer stops and says the way", () => {
    const three = nodesOf(true).resource("terraform_data", "_events_Nodes");
    expect(three).toMatchObject({ input: { nodes: 3 } });
    expect(three).not.toHaveProperty("lifecycle");
    const { input, lifecycle } = nodesOf(false).resource("terraform_data", "_events_Nodes") as {
      input: unknown;
      lifecycle: { ignore_changes: string[]; postcondition: { condition: string; error_message: string }[] };
    };
    expect(input).toEqual({ nodes: 1 });
    expect(lifecycle.ignore_changes).toEqual(["input"]);
    expect(lifecycle.postcondition).toEqual([
      {
        condition: "${self.input.nodes == 1}",
        error_message: expect.stringMatching(
          /^environments\.production\.applications\.shop\.services\.events\.highAvailability: got false/,
        ) as string,
      },
    ]);
  });

  test("are nobody's business where the cloud runs it, or where there is one always", () => {
    const { environment } = draft(production(shop()));
    const counted = (on: ReturnType<typeof onAws>) =>
      on.resources("terraform_data").filter(({ input }) => Object.hasOwn(input as object, "nodes"));
    expect(counted(onAws({ ...environment, cloud: CLOUD }))).toEqual([]);
    expect(counted(nodesOf(true))).toHaveLength(1);
  });
});

test.each([
  ["db", "mysqldump --single-transaction"],
  ["cache", "SCAN, DUMP"],
  ["events", "shovel"],
  ["files", "rclone sync"],
])("the error says how what %s holds is moved, in order", (service, how) => {
  const { lifecycle } = recordOf(service, "in-cluster") as {
    lifecycle: { postcondition: { error_message: string }[] };
  };
  const message = lifecycle.postcondition[0]?.error_message ?? "";
  expect(message).toContain(how);
  expect(message).toContain(
    `environments.production.applications.shop.services.${service}.placement: got "in-cluster"`,
  );
  expect(message.indexOf(how)).toBeLessThan(message.indexOf(`moves: ["${service}"]`));
  expect([...message.matchAll(/^\d\. /gm)].map(([step]) => step)).toEqual([
    "1. ",
    "2. ",
    "3. ",
    "4. ",
    "5. ",
    "6. ",
    "7. ",
  ]);
});
