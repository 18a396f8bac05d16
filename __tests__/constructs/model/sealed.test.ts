import { loadEnvironments } from "../../../constructs/model/load";
import { draft, problemsOf, production } from "../../support/input";

/* Ciphertexts in the input, which somebody takes for the place of the secret itself. */

const SEALED = "environments.production.applications.shop.sealed";
/** As `kubeseal` prints it: the length of an RSA block of 4096 bits in two bytes, the block, the text with its tag. */
const CIPHERTEXT = Buffer.concat([Buffer.from([2, 0]), Buffer.alloc(512 + 24, 7)]).toString("base64");
const COMMAND =
  "give what this prints: kubeseal --raw --controller-namespace sealed-secrets --controller-name sealed-secrets " +
  "--namespace shop-production --name shop-sealed --from-file=stripe-key";

/** The report for a placement with these ciphertexts, of an environment with the controller unless it says otherwise. */
function report(sealed: unknown, environment: object = { sealedSecrets: true }): string[] {
  const input = draft();
  Object.assign(input.environment, environment);
  Object.assign(input.overlay, { sealed });
  return problemsOf(input.environment);
}

test("a ciphertext takes the place of the secret in the store", () => {
  const input = draft();
  input.environment.sealedSecrets = true;
  input.overlay.sealed = { "stripe-key": CIPHERTEXT };
  const [environment] = loadEnvironments([input.environment]);
  expect(environment?.sealedSecrets).toBe(true);
  expect(environment?.applications[0]?.secrets).toEqual([
    expect.objectContaining({ name: "stripe-key", sealed: CIPHERTEXT }),
  ]);
  const [without] = loadEnvironments([production()]);
  expect(without?.sealedSecrets).toBe(false);
  expect(without?.applications[0]?.secrets.map(({ sealed }) => sealed)).toEqual([undefined]);
});

test.each([
  [
    "of no secret",
    { "stripe-kee": CIPHERTEXT },
    {},
    '.stripe-kee: no such secret; use "stripe-key" (did you mean "stripe-key"?)',
  ],
  [
    "without a controller",
    { "stripe-key": CIPHERTEXT },
    { sealedSecrets: false },
    ".stripe-key: the environment has no Sealed Secrets controller; set sealedSecrets: true, or remove it",
  ],
  [
    "where nothing is said of one",
    { "stripe-key": CIPHERTEXT },
    { sealedSecrets: undefined },
    ".stripe-key: the environment has no Sealed Secrets controller; set sealedSecrets: true, or remove it",
  ],
  ["that is the secret itself", { "stripe-key": "hunter2" }, {}, `.stripe-key: no ciphertext; ${COMMAND}`],
  [
    "for the namespace there is",
    { "stripe-key": "" },
    { namespaceSuffix: "prod" },
    `.stripe-key: no ciphertext; ${COMMAND.replace("shop-production", "shop-prod")}`,
  ],
  ["in a list", [CIPHERTEXT], {}, ": no object; give ciphertexts by the names of their secrets"],
  ["that is none", null, {}, ": no object; give ciphertexts by the names of their secrets"],
])("a ciphertext %s is refused", (_what, sealed, environment, line) => {
  expect(report(sealed, { sealedSecrets: true, ...environment })).toEqual([SEALED + line]);
});

test.each([
  ["cut off", CIPHERTEXT.slice(0, 600)],
  ["with a line break", `${CIPHERTEXT}\n`],
  ["broken over lines", `${CIPHERTEXT.slice(0, 76)}\n${CIPHERTEXT.slice(76)}`],
  ["of another kind of key", `Aq${CIPHERTEXT.slice(2)}`],
  ["with something before it", ` ${CIPHERTEXT}`],
  ["of base64 for URLs", CIPHERTEXT.replace(/BwcHB/, "-_-_-")],
])("a ciphertext %s is none", (_what, text) => {
  expect(report({ "stripe-key": text })).toEqual([`${SEALED}.stripe-key: no ciphertext; ${COMMAND}`]);
});

const SECRET = "hunter2-hunter2";

/** Wherever the text may have got to by mistake. */
test.each<[string, object]>([
  ["as the value", { sealed: { "stripe-key": SECRET } }],
  ["without a controller", { sealed: { "stripe-key": SECRET }, without: true }],
  ["of a secret that is not declared", { sealed: { "other-key": SECRET } }],
  ["in place of the object", { sealed: SECRET }],
  ["in a list", { sealed: [SECRET] }],
  ["in a list as the value", { sealed: { "stripe-key": [SECRET] } }],
  ["nested", { sealed: { "stripe-key": { value: SECRET, more: [{ value: SECRET }] } } }],
  ["as a buffer", { sealed: { "stripe-key": Buffer.from(SECRET) } }],
  [
    "as an object with a text of its own",
    { sealed: { "stripe-key": { toString: () => SECRET, toJSON: () => SECRET } } },
  ],
  ["under a misspelt field", { seald: { "stripe-key": SECRET } }],
  [
    "beside the application's own mistakes",
    { sealed: { "stripe-key": SECRET }, hosts: 5, workloads: [], services: "x" },
  ],
])("the text given is in no message: %s", (_what, { without = false, ...placement }: { without?: boolean }) => {
  const input = draft();
  input.environment.sealedSecrets = !without;
  Object.assign(input.overlay, placement);
  const lines = problemsOf(input.environment);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.join("\n")).not.toContain("hunter2");
});

test.each<[string, (placement: object) => unknown]>([
  ["a placement in place of the list of them", (placement) => ({ ...production(), applications: placement })],
  ["a list in place of a placement", (placement) => ({ ...production(), applications: [[placement]] })],
])("nor where the whole placement is shown: %s", (_what, build) => {
  const { application } = draft().overlay;
  for (const sealed of [{ "stripe-key": SECRET }, SECRET, [SECRET]]) {
    const lines = problemsOf(build({ sealed, application }));
    expect(lines.join("\n")).toMatch(/applications(\[0\])?: got (an object|a list of one); use/);
    expect(lines.join("\n")).not.toContain("hunter2");
  }
});

test("nor where the environment is given in place of the list of them", () => {
  const { overlay } = draft();
  const environment = { applications: [{ sealed: { "stripe-key": SECRET }, application: overlay.application }] };
  expect(() => loadEnvironments(environment as never)).toThrow(/^environments: got an object; use a list/);
  expect(() => loadEnvironments(environment as never)).not.toThrow(/hunter2/);
});
