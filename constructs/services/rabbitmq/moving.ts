import type { DataMove } from "../../model/service";

/** How the data of a RabbitMQ broker gets from one server to another. */
export const RABBITMQ_MOVE = (name: string): DataMove => ({
  out:
    `let the consumers go on until every queue of ${name} is empty, or move what is left to another broker by a ` +
    "shovel; export the definitions of exchanges, queues and bindings that no program declares by itself",
  back: "import the definitions, and move messages back that were put aside",
});
