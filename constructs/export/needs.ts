import { type Fields, isFields } from "../plan/object";
import { fieldsOf } from "../plan/stack-blocks";

const listOf = (blocks: unknown): readonly Fields[] => (Array.isArray(blocks) ? blocks : [blocks]).filter(isFields);

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

interface SignIn {
  /** Argument of the provider that says where. */
  readonly where: string;
  /** Words for it where it has none. */
  readonly otherwise: string;
  readonly how: string;
}

/** What people are somebody by, of each provider that asks. There is no secret in it. */
const SIGN_IN: Readonly<Record<string, SignIn>> = {
  aws: {
    ...{ where: "allowed_account_ids", otherwise: "the account" },
    how: "Credentials for AWS as its own CLI has them (`AWS_PROFILE` and others)",
  },
  google: {
    ...{ where: "project", otherwise: "the project" },
    how: "Credentials for Google Cloud (`gcloud auth application-default login`, or `GOOGLE_CREDENTIALS`)",
  },
  azurerm: {
    ...{ where: "subscription_id", otherwise: "the subscription" },
    how: "Credentials for Azure (`az login`, or `ARM_CLIENT_ID` and others)",
  },
};

function signIn(provider: string, blocks: readonly Fields[]): string[] {
  const known = SIGN_IN[provider];
  if (known === undefined) return [];
  const { where, otherwise, how } = known;
  const places = new Set(blocks.flatMap((one) => one[where] ?? []).map((one) => `\`${textOf(one)}\``));
  return [`${how}, in ${[...places].join(", ") || otherwise}.`];
}

/** What whoever plans a stack must have, each a sentence. */
export function needsOf(written: Fields): readonly string[] {
  const { required_version: engine, required_providers: providers } = fieldsOf(written.terraform);
  const pinned = Object.entries(fieldsOf(providers)).map(
    ([name, one]) => `\`${name}\` ${textOf(fieldsOf(one).version ?? "of any version")}`,
  );
  const variables = Object.entries(fieldsOf(written.variable)).map(([name, one]) => {
    const { description, default: usual } = fieldsOf(one);
    const text = typeof description === "string" ? ` ${description}` : "";
    return `The variable \`${name}\` (\`TF_VAR_${name}\`):${text}${usual === undefined ? "" : ` Without it, \`${textOf(usual)}\`.`}`;
  });
  return [
    `Terraform or OpenTofu${typeof engine === "string" ? ` \`${engine}\`` : ""}, with the providers ${pinned.join(", ")}: \`init\` gets them.`,
    ...Object.entries(fieldsOf(written.provider)).flatMap(([name, blocks]) => signIn(name, listOf(blocks))),
    ...[...new Set(commandsIn(written.provider))].map(
      (command) => `\`${command}\` on the PATH: providers ask it who you are in the cluster.`,
    ),
    ...variables,
  ];
}

/** Programs that providers start to sign in. */
function commandsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(commandsIn);
  if (!isFields(value)) return [];
  const own = Array.isArray(value.exec) || isFields(value.exec) ? listOf(value.exec) : [];
  const here = own.flatMap(({ command }) => (typeof command === "string" ? [command] : []));
  return [...here, ...Object.values(value).flatMap(commandsIn)];
}
