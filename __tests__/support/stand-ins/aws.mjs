#!/usr/bin/env node
/* The AWS CLI, as far as make.sh asks it. */
import { document, fail, run } from "./cli.mjs";

const absent = (what) => fail(`An error occurred (NoSuchEntity) when calling the operation: ${what} cannot be found.`);
const roleOf = (there, { "role-name": name }) => there.roles[name] ?? absent(name);

run(
  {
    "sts get-caller-identity": [[], (there) => there.account],
    "iam get-open-id-connect-provider": [
      ["open-id-connect-provider-arn"],
      ({ provider }, { "open-id-connect-provider-arn": arn }) => provider ?? absent(arn),
    ],
    "iam create-open-id-connect-provider": [
      ["url", "client-id-list"],
      (there, options) => {
        there.provider = { Url: options.url, ClientIDList: [options["client-id-list"]] };
      },
    ],
    "iam add-client-id-to-open-id-connect-provider": [
      ["open-id-connect-provider-arn", "client-id"],
      ({ provider }, options) => {
        provider.ClientIDList.push(options["client-id"]);
      },
    ],
    "iam get-policy": [
      ["policy-arn"],
      ({ policies }, { "policy-arn": arn }) => (policies[arn] === undefined ? absent(arn) : "v1"),
    ],
    "iam get-policy-version": [
      ["policy-arn", "version-id"],
      ({ policies }, options) => policies[options["policy-arn"]],
    ],
    "iam create-policy": [
      ["policy-name", "path", "policy-document"],
      (there, options) => {
        const arn = `arn:aws:iam::${there.account}:policy${options.path}${options["policy-name"]}`;
        there.policies[arn] = document(options["policy-document"]);
      },
    ],
    "iam create-policy-version": [
      ["policy-arn", "policy-document", "set-as-default"],
      ({ policies }, options) => {
        policies[options["policy-arn"]] = document(options["policy-document"]);
      },
    ],
    "iam get-role": [
      ["role-name"],
      (there, options) => {
        const { trust, seconds } = roleOf(there, options);
        return { RoleName: options["role-name"], MaxSessionDuration: seconds, AssumeRolePolicyDocument: trust };
      },
    ],
    "iam create-role": [
      ["role-name", "assume-role-policy-document", "max-session-duration", "description"],
      (there, options) => {
        there.roles[options["role-name"]] = {
          trust: document(options["assume-role-policy-document"]),
          seconds: Number(options["max-session-duration"]),
          policies: {},
          attached: [],
        };
      },
    ],
    "iam update-assume-role-policy": [
      ["role-name", "policy-document"],
      (there, options) => {
        roleOf(there, options).trust = document(options["policy-document"]);
      },
    ],
    "iam update-role": [
      ["role-name", "max-session-duration"],
      (there, options) => {
        roleOf(there, options).seconds = Number(options["max-session-duration"]);
      },
    ],
    "iam get-role-policy": [
      ["role-name", "policy-name"],
      (there, options) => roleOf(there, options).policies[options["policy-name"]] ?? absent(options["policy-name"]),
    ],
    "iam put-role-policy": [
      ["role-name", "policy-name", "policy-document"],
      (there, options) => {
        roleOf(there, options).policies[options["policy-name"]] = document(options["policy-document"]);
      },
    ],
    "iam list-role-policies": [["role-name"], (there, options) => Object.keys(roleOf(there, options).policies)],
    "iam delete-role-policy": [
      ["role-name", "policy-name"],
      (there, options) => {
        delete roleOf(there, options).policies[options["policy-name"]];
      },
    ],
    "iam list-attached-role-policies": [["role-name"], (there, options) => roleOf(there, options).attached],
    "iam detach-role-policy": [
      ["role-name", "policy-arn"],
      (there, options) => {
        const role = roleOf(there, options);
        role.attached = role.attached.filter((one) => one !== options["policy-arn"]);
      },
    ],
  },
  {
    booleans: ["set-as-default"],
    everywhere: ["output", "query"],
    looks: / (?:get|list)-/,
    empty: { account: process.env.STAND_IN_ACCOUNT, policies: {}, roles: {} },
  },
);
