import { parse } from "yaml";
import type { ComposeDocument } from "../../../../constructs/outputs/compose/document";
import { composeText } from "../../../../constructs/outputs/compose/text";
import { referenceCompose } from "../../../support/outputs";

const document = (changes: Partial<ComposeDocument> = {}): ComposeDocument => ({
  name: "my-app",
  services: {},
  networks: {},
  volumes: {},
  ...changes,
});
const written = (environment: NonNullable<ComposeDocument["services"][string]["environment"]>) =>
  (
    parse(composeText(document({ services: { one: { image: "a", environment } } }))) as {
      services: { one: { environment: Record<string, string> } };
    }
  ).services.one.environment;

test("nothing that a text has in it is expanded", () => {
  expect(written({ A: "$HOME ${B} $$", C: "100%" })).toEqual({ A: "$$HOME $${B} $$$$", C: "100%" });
});

test("what is of the one who starts it is a reference, and no value", () => {
  expect(written({ KEY: { fromEnvironment: "STRIPE_KEY" } })).toEqual({ KEY: "${STRIPE_KEY:-}" });
});

test("texts that some readers of YAML take for something else are quoted", () => {
  const text = composeText(
    document({ services: { one: { image: "a", command: ["yes", "on", "1:30", "0o7", "1e3"] } } }),
  );
  expect(text).toContain('command: ["yes", "on", "1:30", "0o7", "1e3"]');
});

test("a port is another one of the machine by a variable, and what is said of a service stands above it", () => {
  const text = composeText(
    document({
      services: { one: { image: "a", comment: "Of $one.\nMore.", ports: [{ port: 80, variable: "P" }, { port: 81 }] } },
    }),
  );
  expect(text).toContain("  # Of $one.\n  # More.\n  one:\n");
  expect(text).toContain('- 127.0.0.1:${P:-80}:80\n      - "127.0.0.1::81"');
  expect(text).not.toContain("comment:");
});

test("a container by another program's name says whose it is", () => {
  const text = composeText(referenceCompose());
  for (const [name, program] of [
    ["redis", "Valkey"],
    ["minio", "Versity S3 Gateway"],
    ["mailcatcher", "Mailpit"],
  ]) {
    expect(text).toMatch(new RegExp(`  # ${program}[^\\n]*\\n(?:  #[^\\n]*\\n)*  ${name}:\\n`));
  }
});

test("the same build is written once, and read the same by each", () => {
  const reference = referenceCompose();
  const text = composeText(reference);
  expect(text.match(/&\w\S+/g)).toEqual(["&backend-build", "&frontend-build", "&notifications-build"]);
  expect(text.match(/\*backend-build/g)).toHaveLength(3);
  const { services } = parse(text) as { services: Record<string, { build?: unknown }> };
  // A variable of whoever builds is written as Compose reads it.
  const written = (build: unknown): unknown =>
    build === undefined
      ? undefined
      : JSON.parse(JSON.stringify(build).replaceAll(/\{"fromEnvironment":"(\w+)"\}/g, '"${$1:-}"'));
  for (const [name, { build }] of Object.entries(reference.services)) {
    expect(services[name]?.build).toEqual(written(build));
  }
  expect(text).toContain("OTEL_SDK_DISABLED: ${OTEL_SDK_DISABLED:-}\n");
});

test("a variable has its other value where there is none, and a folder of the machine is only read", () => {
  const text = composeText({
    name: "one",
    services: {
      one: {
        image: "a",
        environment: { A: { fromEnvironment: "B", otherwise: "true" } },
        volumes: [{ machine: { fromEnvironment: "FOLDER", otherwise: "/a/b" }, path: "/c" }, "data:/d"],
      },
    },
    networks: {},
    volumes: {},
  });
  expect(text).toContain("A: ${B:-true}\n");
  expect(text).toContain("- ${FOLDER:-/a/b}:/c:ro\n      - data:/d\n");
});

test("keys that Compose knows no more, or that stand in its way, are not there", () => {
  const text = composeText(referenceCompose());
  expect(text).not.toMatch(/^version:/m);
  expect(text).not.toMatch(/container_name:/);
});
