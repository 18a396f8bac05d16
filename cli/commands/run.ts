import { type Command, EXIT } from "../command";

export const run: Command = {
  name: "run",
  summary: "run a command once in an environment, like a workload of it",
  description:
    "Makes a Job of the image, variables, files, service account and ways through the network that the workload\n" +
    "has in the cluster now, and shows what the command prints.\n" +
    "No shell reads the command. It is tried once; Ctrl-C stops it, and closing the terminal does not.",
  words: {
    name: "environment",
    usage: "<environment> <workload>",
    last: "-- <command>",
    description: "and the workload and the command: backend -- php bin/console cache:clear",
    least: 3,
    most: 1000,
  },
  options: {
    application: {
      description: "of several in the environment; the environment's default one if left out",
      value: "name",
    },
    for: { description: "how long at the most, such as 30m or 6h; an hour if left out", value: "time" },
    reason: { description: "why, in some words; asked for where the environment is protected", value: "text" },
    "break-glass": {
      description: "run it in a protected environment: it is kept on record, and alerts tell of it",
    },
    detach: { description: "do not wait for its end" },
    context: { description: "context of kubeconfig, in place of asking the cloud", value: "name" },
  },
  exits: {
    done: "the command ended with 0; with --detach, it runs",
    wrong: "it ended otherwise, was stopped or was left, could not be run, or the input has mistakes",
  },
  async run({ words: [name = "", workload = "", ...command], flags, values }, program) {
    const { renderedOne } = await import("../rendered-one.js");
    const { applicationOf } = await import("../rollback/chosen.js");
    const { sessionPrefix } = await import("../../constructs/model/session-names.js");
    const { begin, clusterOf } = await import("../connect/begin.js");
    const { interrupt } = await import("../connect/interrupt.js");
    const { wantedTask } = await import("../run/asked.js");
    const { run: start } = await import("../run/run.js");
    const rendered = await renderedOne(program, name);
    const { environment } = rendered;
    const { application } = applicationOf(rendered, values.get("application"));
    const [time, reason] = [values.get("for"), values.get("reason")];
    const asked = wantedTask(
      {
        ...{ workload, command, brokenGlass: flags.has("break-glass") },
        ...(time !== undefined && { for: time }),
        ...(reason !== undefined && { reason }),
      },
      application,
      environment,
    );
    // Whatever ends this program before the end is known, as a reader that is gone, does not tell that all is well.
    process.exitCode = EXIT.wrong;
    const prefix = sessionPrefix({ prefix: application.name }, asked.brokenGlass, "task");
    return start({
      task: {
        ...asked,
        ...begin(prefix, asked.seconds),
        environment: name,
      },
      facts: environment.cloud.facts(environment),
      cluster: clusterOf(program, environment, values.get("context")),
      detached: flags.has("detach"),
      interrupt: interrupt(),
    });
  },
};
