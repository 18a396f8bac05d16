import { App } from "cdktf";
import { loadEnvironments } from "./constructs/model/load";
import { withoutStackTraces } from "./constructs/terraform/without-stack-traces";
import { environments } from "./environments";
import { createStacks } from "./stacks";
import { program, selectEnvironments, warn } from "./stacks/program";

program(() => {
  const selected = selectEnvironments(loadEnvironments(environments), process.argv.slice(2));
  warn(selected);
  // Nothing is written before the whole input is known to be good.
  const app = new App({ stackTraces: false });
  withoutStackTraces(() => {
    createStacks(app, selected);
    app.synth();
  });
});
