#!/usr/bin/env node
/* The Azure CLI, as far as make.sh asks it. */
import { document, fail, run } from "./cli.mjs";

const GROUP = ["name", "location"];
const identityOf = (there, name) =>
  there.identities[name] ?? fail(`ERROR: (ResourceNotFound) The Resource '${name}' was not found.`, 3);
const definition = (file) => {
  const { Name, AssignableScopes, Actions, DataActions } = document(file);
  return {
    roleName: Name,
    assignableScopes: AssignableScopes,
    permissions: [{ actions: Actions, dataActions: DataActions, notActions: [], notDataActions: [] }],
  };
};

run(
  {
    "account show": [[], ({ tenant }) => tenant],
    "group exists": [GROUP, ({ groups }, { name }) => String(groups.includes(name))],
    "group create": [
      GROUP,
      ({ groups }, { name }) => {
        groups.push(name);
      },
    ],
    "role definition list": [
      ["name", "custom-role-only"],
      ({ definitions }, { name }) => definitions.filter((one) => one.roleName === name),
    ],
    "role definition create": [
      ["role-definition"],
      ({ definitions }, { "role-definition": file }) => {
        definitions.push(definition(file));
      },
    ],
    "role definition update": [
      ["role-definition"],
      (there, { "role-definition": file }) => {
        const one = definition(file);
        there.definitions = there.definitions.map((other) => (other.roleName === one.roleName ? one : other));
      },
    ],
    "role assignment list": [["all", "fill-principal-name"], ({ assignments }) => assignments],
    "role assignment create": [
      ["assignee-object-id", "assignee-principal-type", "role", "scope"],
      (there, options) => {
        const known = ["Reader", ...there.definitions.map(({ roleName }) => roleName)];
        if (!known.includes(options.role)) fail(`ERROR: Role '${options.role}' doesn't exist.`, 1);
        if (!/^[0-9a-f-]{36}$/.test(options["assignee-object-id"])) fail("ERROR: (BadRequest) no principal", 1);
        there.assignments.push({
          id: `${options.scope}/providers/Microsoft.Authorization/roleAssignments/${there.assignments.length}`,
          principalId: options["assignee-object-id"],
          roleDefinitionName: options.role,
          scope: options.scope,
        });
      },
    ],
    "role assignment delete": [
      ["ids"],
      (there, { ids }) => {
        there.assignments = there.assignments.filter((one) => one.id !== ids);
      },
    ],
    "identity show": [
      ["name", "resource-group"],
      (there, { name, query }) => {
        const { principalId, clientId } = identityOf(there, name);
        return query === undefined ? { name, principalId, clientId } : { principalId, clientId }[query];
      },
    ],
    "identity create": [
      ["name", "resource-group", "location"],
      (there, { name, "resource-group": group }) => {
        if (!there.groups.includes(group)) fail("ERROR: (ResourceGroupNotFound) there is no such group", 3);
        const digit = Object.keys(there.identities).length + 1;
        const id = (first) => `${String(first).repeat(8)}-0000-4000-8000-00000000000${digit}`;
        there.identities[name] = { principalId: id("a"), clientId: id("c"), credentials: [] };
      },
    ],
    "identity federated-credential list": [
      ["identity-name", "resource-group"],
      (there, options) => identityOf(there, options["identity-name"]).credentials,
    ],
    "identity federated-credential create": [
      ["name", "identity-name", "resource-group", "issuer", "subject", "audiences"],
      (there, options) => {
        const { name, issuer, subject, audiences } = options;
        identityOf(there, options["identity-name"]).credentials.push({ name, issuer, subject, audiences: [audiences] });
      },
    ],
    "identity federated-credential delete": [
      ["name", "identity-name", "resource-group", "yes"],
      (there, options) => {
        const identity = identityOf(there, options["identity-name"]);
        identity.credentials = identity.credentials.filter(({ name }) => name !== options.name);
      },
    ],
  },
  {
    booleans: ["all", "yes"],
    everywhere: ["output", "query", "subscription"],
    looks: / (?:list|show|exists)$/,
    empty: {
      tenant: process.env.STAND_IN_ACCOUNT,
      groups: [],
      definitions: [],
      assignments: [],
      identities: {},
    },
  },
);
