import { type ClusteredServer, recordNodes } from "../../constructs/clouds/shared/node-record";
import { type Placed, recordPlacement } from "../../constructs/clouds/shared/placement-record";
import { mysql } from "../../constructs/services/mysql";
import type { RecordTest, Step } from "./record-test";

const CREATED: Placed = {
  name: "orders-db",
  service: mysql(),
  sizing: { placement: "managed" },
  moves: false,
  environment: "production",
  application: "my-app",
};
const MOVED: Placed = { ...CREATED, sizing: { placement: "in-cluster" } };
const GIVEN_AWAY: Placed = { ...CREATED, sizing: { placement: "external" } };

const placed = (what: string, given: Placed, plan: Step["plan"]): Step => ({
  what,
  record: (stack) => {
    recordPlacement(stack, given);
  },
  plan,
});

/** A service's placement changes when it is confirmed, and only then. */
const PLACEMENT: RecordTest = {
  stack: "placement-record",
  steps: [
    placed("create", CREATED, "changes"),
    placed("plan again", CREATED, "nothing"),
    placed(
      "place it elsewhere",
      MOVED,
      /got "in-cluster", but the cloud runs it \(managed\).* 7\. start what was stopped/,
    ),
    placed("confirm that by name", { ...MOVED, moves: true }, "changes"),
    placed("take the confirmation off", MOVED, "nothing"),
    placed("go back", CREATED, /got "managed", but it runs in the cluster \(in-cluster\)/),
    placed("give it to somebody else", GIVEN_AWAY, /got "external", but .*and workloads get the connection/),
    placed("confirm that", { ...GIVEN_AWAY, moves: true }, "changes"),
    placed("take it back", CREATED, /got "managed", but somebody else runs it \(external\)/),
  ],
};

const EVENTS: ClusteredServer = { name: "events", kind: "rabbitmq", environment: "production", application: "my-app" };

const having = (what: string, nodes: number, plan: Step["plan"]): Step => ({
  what,
  record: (stack) => {
    recordNodes(stack, EVENTS, nodes);
  },
  plan,
});

/** A server grows, and never shrinks. */
const NODES: RecordTest = {
  stack: "node-record",
  steps: [
    having("create one", 1, "changes"),
    having("plan it again", 1, "nothing"),
    having("grow", 3, "changes"),
    having("plan three again", 3, "nothing"),
    having("shrink", 1, /events\.highAvailability: got false, but it has 3 nodes, and nobody can take nodes/),
    having("put it back", 3, "nothing"),
  ],
};

export const RECORD_TESTS: readonly (readonly [title: string, test: RecordTest])[] = [
  ["record of a service's placement", PLACEMENT],
  ["record of a server's nodes", NODES],
];
