import { type Repository, WHOLE, Workplace } from "./support/repository";
import { TEMPLATES } from "./support/templates";
import { tool } from "./support/tools";

/*
 * Each template as it is written by the packed package: a repository that installs, passes its own tests and is read by the programs that its files
 * are for, without an edit. A part of it is run before each change; TEMPLATES_WHOLE=1 installs each from the registry, and on every cloud.
 */

const workplace = new Workplace();
afterAll(() => {
  workplace.remove();
});

/** A name for each: two of one template would be one folder. */
const called = (name: string, options: readonly string[]): string =>
  [name, ...options.filter((one) => !one.startsWith("-"))].join("-").replaceAll(".", "-");

const CLOUDS = WHOLE ? ["aws", "google", "azure"] : ["google"];

describe.each(TEMPLATES)("$name $options", ({ name, options, tests }) => {
  let repository: Repository;
  beforeAll(() => {
    repository = workplace.make(called(name, options), "--template", name, "--owner", "shop", ...options);
  });

  test("its code is installed from the registry, and passes its own tests", () => {
    for (const { command, says } of tests) {
      expect(repository.must(command, { within: `services/${repository.name}` })).toMatch(says);
    }
  });

  test("hadolint has nothing against its images", () => {
    for (const file of repository.files("docker").filter((path) => path.endsWith("/Dockerfile"))) {
      expect(repository.must([tool("hadolint"), file])).toBe("");
    }
  });

  test("actionlint has nothing against its workflows", () => {
    repository.must(["git", "init", "--quiet"]);
    repository.must([tool("actionlint"), "-shellcheck", "shellcheck"]);
    expect(repository.files(".github/workflows").length).toBeGreaterThan(1);
  });

  test("the file by which its workflows set Node up is there, and names a version that it allows", () => {
    const workflows = repository.files(".github/workflows").map((file) => repository.read(file));
    const named = workflows.flatMap((text) => [...text.matchAll(/node-version-file: (.*)$/gm)].map(([, file]) => file));
    expect(new Set(named)).toEqual(new Set([".nvmrc"]));
    const { engines } = JSON.parse(repository.read("package.json")) as { engines: { node: string } };
    expect(engines.node.split(" || ")).toContain(`^${repository.read(".nvmrc").trim()}.0.0`);
  });

  test("Docker Compose reads its compose.yaml", () => {
    const services = repository.must([tool("compose"), "config", "--services"]);
    expect(services.split("\n")).toContain(repository.read("compose.yaml").match(/^ {2}([a-z]+):$/m)?.[1]);
  });

  test.each(["local", "staging", "production"])("Helm has nothing against its chart in %s", (environment) => {
    const chart = `helm/${repository.name}`;
    const said = repository.must([tool("helm"), "lint", chart, "--values", `${chart}/values-${environment}.yaml`]);
    expect(said).toContain("1 chart(s) linted, 0 chart(s) failed");
  });
});

/** A part of them has one for each shape that a model takes: with a database and a migration, under PHP-FPM, and without routes. */
const PROGRAMS = TEMPLATES.filter(({ name, options }) => WHOLE || (options.length === 0 && name !== "node-web"));

describe.each(PROGRAMS)("the program of $name $options", ({ name, options }) => {
  test.each(CLOUDS)(
    "is type-checked and tested on %s, renders what it was written with, and writes its stacks",
    (cloud) => {
      const own = `${called(name, options)}-${cloud}`;
      const repository = workplace.make(own, "--template", name, "--cloud", cloud, ...options);
      repository.install(WHOLE ? "registry" : "links");
      repository.must(["npm", "run", "typecheck"]);
      expect(repository.must(["npm", "test"])).toMatch(/# pass 2\n# fail 0/);
      // What it renders later is the only difference, and then there is none.
      const files = repository.files();
      const wrote = repository.must(["npm", "run", "--silent", "render"]).match(/^wrote .*$/gm) ?? [];
      expect(wrote.map((line) => line.slice("wrote ".length)).filter((file) => files.includes(file))).toEqual([]);
      const { owned } = (JSON.parse(repository.read(".goldenpath.json")) as { files: { owned: string[] } }).files;
      for (const file of owned) expect({ file, there: repository.has(file) }).toEqual({ file, there: true });
      expect(repository.must(["npm", "run", "--silent", "render", "--", "--check"])).toBe("");
      repository.must(["npx", "goldenpath", "synth", "--quiet"]);
      for (const stack of ["local", "staging", "production"]) {
        expect(repository.read(`cdktf.out/stacks/${stack}/cdk.tf.json`)).toContain(`"${own}`);
      }
    },
  );
});
