import { resolve } from "node:path";
import { changes, describe as line } from "../../../constructs/outputs/kept-files";
import { outputs } from "../../../scripts/render/outputs";

const ROOT = resolve(__dirname, "..", "..", "..");

test("what is committed is what the model renders: npm run render", () => {
  expect(changes(ROOT, outputs).map(line)).toEqual([]);
});

test("rendering twice gives the same bytes", () => {
  const rendered = () => outputs.map(({ files }) => files());
  expect(rendered()).toEqual(rendered());
});

test("nothing else is read by nginx", () => {
  expect(outputs.map(({ folder }) => folder)).toContain("docker/nginx/conf.d");
});
