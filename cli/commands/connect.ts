import type { Command } from "../command";

export const connect: Command = {
  name: "connect",
  summary: "lead you to a data service, workload or page of an environment, for a time",
  description:
    "Opens a port of this machine that leads through a relay in the cluster, which ends by itself when its time is over.\n" +
    "Asks the cloud for the environment's cluster, and says there who you are, why and until when.\n" +
    "Pages: grafana, prometheus, alertmanager.",
  words: {
    name: "environment",
    usage: "<environment> <target>",
    description: "and what you want to be led to: orders-db, backend, grafana",
    least: 2,
    most: 2,
  },
  options: {
    application: {
      description: "of several in the environment; the environment's default one if left out",
      value: "name",
    },
    for: { description: "how long, such as 30m or 2h; an hour if left out", value: "time" },
    reason: { description: "why, in some words; asked for where the environment is protected", value: "text" },
    "break-glass": {
      description: "lead to data of a protected environment: it is kept on record, and alerts tell of it",
    },
    port: {
      description: "port of this machine; the usual one if left out, or another where it is taken",
      value: "number",
    },
    context: { description: "context of kubeconfig, in place of asking the cloud", value: "name" },
  },
  exits: {
    done: "it was open until you ended it, or its time was over",
    wrong: "it could not be opened, or broke; or the input has mistakes",
  },
  async run({ words: [name = "", target = ""], flags, values }, program) {
    const { renderedOne } = await import("../rendered-one.js");
    const { sessionPrefix } = await import("../../constructs/model/session-names.js");
    const { wanted } = await import("../connect/asked.js");
    const { reachable } = await import("../connect/reachable.js");
    const { connect: open } = await import("../connect/connect.js");
    const { begin, clusterOf } = await import("../connect/begin.js");
    const { interrupt } = await import("../connect/interrupt.js");
    const rendered = await renderedOne(program, name);
    const { environment } = rendered;
    const targets = reachable(rendered, target, values.get("application"));
    const [time, reason, port, context] = ["for", "reason", "port", "context"].map((option) => values.get(option));
    const asked = wanted(
      {
        ...{ target, brokenGlass: flags.has("break-glass") },
        ...(time !== undefined && { for: time }),
        ...(reason !== undefined && { reason }),
        ...(port !== undefined && { port }),
      },
      targets,
      environment,
    );
    return open({
      session: {
        ...asked,
        ...begin(sessionPrefix(asked.target, asked.brokenGlass), asked.seconds),
        environment: name,
      },
      facts: environment.cloud.facts(environment),
      cluster: clusterOf(program, environment, context),
      ...(asked.port !== undefined && { port: asked.port }),
      interrupt: interrupt(),
    });
  },
};
