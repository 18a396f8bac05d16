import { resolve } from "node:path";
import { loadEnvironments } from "../../constructs/model/load";
import { changes, describe as line } from "../../constructs/outputs/files";
import { renderTargets } from "../../constructs/outputs/target";
import { renderEnvironments } from "../../constructs/rendering/render-environment";
import { environments } from "../../environments";
import { outputs } from "../../environments/outputs";

const ROOT = resolve(__dirname, "..", "..");

const rendered = () => renderTargets(renderEnvironments(loadEnvironments(environments)), outputs);
const owned = outputs.flatMap((one) => one.owned ?? []);

test("what is committed is what the model renders, and there is no other file in its folders: npm run render", () => {
  const files = rendered();
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["compose.yaml", "helm/my-app/Chart.yaml"]));
  expect(changes(ROOT, files, owned).map(line)).toEqual([]);
});

test("rendering twice gives the same bytes", () => {
  expect(rendered()).toEqual(rendered());
});

test("nothing else is read by nginx and by Helm", () => {
  expect(owned).toEqual(expect.arrayContaining(["docker/nginx/conf.d", "helm"]));
});
