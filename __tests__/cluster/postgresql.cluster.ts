import { loadEnvironments } from "../../constructs/model/load";
import { literalParts } from "../../scripts/engine/application-objects";
import { staging } from "../support/postgresql";
import { apply, diff } from "./support/cluster";

/* PostgreSQL of an application, with its users, its exporter and its copies, on a real control plane. */

const [loaded] = loadEnvironments([staging()]);
const [resolved] = loaded?.applications ?? [];
if (loaded === undefined || resolved === undefined) throw new Error("there is no application");
const { prepared, released } = literalParts(loaded, resolved);
const objects = [...prepared, ...released];

test("nothing is rejected and nothing is warned of", async () => {
  expect(objects.filter(({ kind }) => kind === "StatefulSet")).toHaveLength(1);
  const { code, stderr, stdout } = await apply(objects);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout.trim().split("\n")).toHaveLength(objects.length);
});

test("applied again, it changes nothing", async () => {
  expect(await diff(objects)).toEqual({ code: 0, stdout: "", stderr: "" });
});
