import { resolve } from "node:path";
import { changes, describe as line } from "../../../scripts/render/output";
import { OUTPUTS } from "../../../scripts/render/outputs";

const ROOT = resolve(__dirname, "..", "..", "..");

test("what is committed is what the model renders: npm run render", () => {
  expect(changes(ROOT, OUTPUTS).map(line)).toEqual([]);
});

test("rendering twice gives the same bytes", () => {
  const rendered = () => OUTPUTS.map(({ files }) => files());
  expect(rendered()).toEqual(rendered());
});

test("nothing else is read by nginx", () => {
  expect(OUTPUTS.map(({ folder }) => folder)).toContain("docker/nginx/conf.d");
});
