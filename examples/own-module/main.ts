import { loadEnvironments } from "goldenpath";
import { createStacks, synthesize } from "goldenpath/stacks";
import { environments } from "./environments";

synthesize({ outdir: process.env["CDKTF_OUTDIR"] ?? "cdktf.out" }, (app) => {
  createStacks(app, loadEnvironments(environments));
});
