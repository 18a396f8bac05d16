import { textProblem } from "../../constructs/model/text";
import { http, worker } from "../../constructs/model/workload";
import { yaml } from "../../constructs/yaml/write";
import { HOSTILE } from "../constructs/terraform/hostile";
import { AMBIGUOUS, AWKWARD } from "../constructs/yaml/forms";
import { differences, IMAGE, on, small } from "./support/charts";
import { HELMS, readByHelm } from "./support/helm";

/* Whatever texts the model holds: a chart renders them as Terraform releases them. */

const TEXTS = [...AMBIGUOUS, ...AWKWARD];
/** What the model takes. */
const ALLOWED = [...TEXTS, ...HOSTILE].filter((text) => textProblem(text) === undefined);
const numbered = Object.fromEntries(ALLOWED.map((text, index) => [`TEXT_${index}`, text]));

describe.each(HELMS)("Helm %d", (major) => {
  test("reads every text that the writer of YAML writes as that text", () => {
    // Readers take no key of more than 1,024 characters.
    const keys = Object.fromEntries(TEXTS.filter(({ length }) => length < 1000).map((text, index) => [text, index]));
    const value = { numbered, keys, list: TEXTS };
    expect(readByHelm(major, yaml(value))).toEqual([value]);
  });

  test("gives every text of a configuration to the pods, the same in all environments or of one", () => {
    const app = small({}, numbered);
    const other = on(app, {
      name: "other",
      applications: [
        {
          application: app,
          hosts: { www: "other.localhost" },
          workloads: { web: { config: Object.fromEntries(Object.keys(numbered).map((key) => [key, "other\n"])) } },
        },
      ],
    });
    expect(differences(major, [on(app), other])).toEqual([]);
  });

  test.each(["a\n", "a\n\n", "\n", "a\n b\n"])("keeps the line breaks of %j as the last value of all", (text) => {
    expect(differences(major, [on(small({}, { Z: text }))])).toEqual([]);
  });

  test("passes every text as a word of a command", () => {
    const words = ALLOWED.filter((text) => text !== "");
    const workloads = { on: worker({ image: IMAGE, command: words, args: words }) };
    expect(differences(major, [on(small({ workloads, routes: undefined }))])).toEqual([]);
  });

  test.each(["no", "on", "y", "null", "off", "e1"])("takes %s as the name of anything", (name) => {
    const config = Object.fromEntries([name.toUpperCase(), "Y", "NULL"].map((key) => [key, name]));
    const app = small({
      name,
      owner: name,
      workloads: { [name]: http({ image: IMAGE, config }) },
      routes: [{ host: name, to: name, path: "/" }],
    });
    const spec = on(app, { name, applications: [{ application: app, hosts: { [name]: "www.localhost" } }] });
    expect(differences(major, [spec])).toEqual([]);
  });

  test.each(["0b1010", "1e3", "08", "0777", "1_000", "no", "null", "1.10", "2026-01-01", "0x1f", "1234567"])(
    "deploys the tag %s",
    (tag) => {
      const workloads = { web: worker({ image: `registry.example.com/app:${tag}` }) };
      expect(differences(major, [on(small({ workloads, routes: undefined }))])).toEqual([]);
    },
  );
});
