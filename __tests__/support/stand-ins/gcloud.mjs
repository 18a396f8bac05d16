#!/usr/bin/env node
/* gcloud, as far as make.sh asks it. */
import { readFileSync } from "node:fs";
import { fail, run } from "./cli.mjs";

if (process.env.CLOUDSDK_CORE_DISABLE_PROMPTS !== "1") fail("it would ask");
const PROJECT = process.env.CLOUDSDK_CORE_PROJECT;
const POOLS = `projects/77/locations/global/workloadIdentityPools`;

const policyOf = (there, what) => (there.members[what] ??= { bindings: [] });
const add = (there, { role, member, condition: none, "condition-from-file": file }, what) => {
  if (file === undefined && none !== "None") fail("it would ask for a condition");
  const condition = file === undefined ? undefined : JSON.parse(readFileSync(file, "utf8"));
  const { bindings } = policyOf(there, what);
  const binding = bindings.find(
    (one) => one.role === role && JSON.stringify(one.condition) === JSON.stringify(condition),
  );
  if (binding === undefined) bindings.push({ role, members: [member], ...(condition !== undefined && { condition }) });
  else if (!binding.members.includes(member)) binding.members.push(member);
};
const remove = (there, { role, member }, what) => {
  const policy = policyOf(there, what);
  policy.bindings = policy.bindings
    .map((one) => (one.role === role ? { ...one, members: one.members.filter((other) => other !== member) } : one))
    .filter(({ members }) => members.length > 0);
};
const providerIn = (options) => ({
  attributeCondition: options["attribute-condition"],
  attributeMapping: Object.fromEntries(
    options["attribute-mapping"].split(",").map((pair) => pair.split(/=(.*)/).slice(0, 2)),
  ),
  oidc: { issuerUri: options["issuer-uri"] },
});
const account = (there, email) => {
  if (!there.accounts.some((one) => one.email === email)) fail(`NOT_FOUND: Unknown service account ${email}`, 1);
  return email;
};
const BINDING = ["role", "member", "condition", "condition-from-file", "all"];
const PROVIDER = ["workload-identity-pool", "location", "attribute-condition", "attribute-mapping", "issuer-uri"];

run(
  {
    "services list": [["enabled"], ({ services }) => services.join("\n")],
    "services enable": [
      [],
      (there, _, name) => {
        there.services.push(name);
      },
    ],
    "projects describe": [[], () => "77"],
    "projects get-iam-policy": [[], (there, _, project) => policyOf(there, project)],
    "projects add-iam-policy-binding": [BINDING, add],
    "projects remove-iam-policy-binding": [BINDING, remove],
    "storage buckets get-iam-policy": [[], (there, _, bucket) => policyOf(there, bucket)],
    "storage buckets add-iam-policy-binding": [BINDING, add],
    "storage buckets remove-iam-policy-binding": [BINDING, remove],
    "iam workload-identity-pools list": [["location", "show-deleted"], ({ pools }) => pools],
    "iam workload-identity-pools create": [
      ["location", "display-name"],
      ({ pools }, _, name) => {
        pools.push({ name: `${POOLS}/${name}`, state: "ACTIVE" });
      },
    ],
    "iam workload-identity-pools providers list": [
      ["location", "show-deleted", "workload-identity-pool"],
      ({ pools, providers }) => (pools.length === 0 ? fail("NOT_FOUND: no pool", 1) : providers),
    ],
    "iam workload-identity-pools providers create-oidc": [
      PROVIDER,
      ({ providers }, options, name) => {
        providers.push({ name: `${POOLS}/github/providers/${name}`, state: "ACTIVE", ...providerIn(options) });
      },
    ],
    "iam workload-identity-pools providers update-oidc": [
      [...PROVIDER, "allowed-audiences"],
      ({ providers }, options) => {
        Object.assign(providers[0], providerIn(options));
      },
    ],
    "iam roles list": [
      ["project", "show-deleted"],
      ({ roles }) => roles.map(({ name, deleted }) => ({ name, deleted })),
    ],
    "iam roles describe": [["project"], ({ roles }, _, name) => roles.find((one) => one.name.endsWith(`/${name}`))],
    "iam roles create": [
      ["project", "title", "stage", "permissions"],
      ({ roles }, options, name) => {
        roles.push({
          name: `projects/${PROJECT}/roles/${name}`,
          includedPermissions: options.permissions.split(",").reverse(),
        });
      },
    ],
    "iam roles update": [
      ["project", "permissions"],
      ({ roles }, options, name) => {
        roles.find((one) => one.name.endsWith(`/${name}`)).includedPermissions = options.permissions.split(",");
      },
    ],
    "iam service-accounts list": [[], ({ accounts }) => accounts],
    "iam service-accounts create": [
      ["display-name"],
      ({ accounts }, _, name) => {
        accounts.push({ email: `${name}@${PROJECT}.iam.gserviceaccount.com` });
      },
    ],
    "iam service-accounts keys list": [["iam-account", "managed-by"], ({ keys }) => keys.join("\n")],
    "iam service-accounts keys delete": [
      ["iam-account"],
      (there, _, name) => {
        there.keys = there.keys.filter((one) => one !== name);
      },
    ],
    "iam service-accounts get-iam-policy": [[], (there, _, email) => policyOf(there, account(there, email))],
    "iam service-accounts add-iam-policy-binding": [
      BINDING,
      (there, options, email) => {
        add(there, options, account(there, email));
      },
    ],
    "iam service-accounts remove-iam-policy-binding": [BINDING, remove],
  },
  {
    booleans: ["all", "enabled", "show-deleted"],
    everywhere: ["format"],
    looks: /(?:list|describe|get-iam-policy)$/,
    empty: {
      services: ["iam.googleapis.com", "cloudresourcemanager.googleapis.com"],
      members: { [PROJECT]: { bindings: [{ role: "roles/owner", members: ["user:somebody@example.com"] }] } },
      pools: [],
      providers: [],
      roles: [],
      accounts: [],
      keys: [],
    },
  },
);
