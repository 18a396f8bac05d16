import type { CloudOperations } from "../../model/operations";
import { stateFile } from "./configure";
import { STORE_NAMESPACE } from "./names";
import { VALUE } from "./out-of-band-secrets";

/** What people do with a cluster on their machine: everything by `kubectl`, and the state is a file. */
export const operations = (): CloudOperations => ({
  zone: "A cluster on one machine has no zones.",
  taken: ["Nothing: what was made goes with the cluster, and a new one takes every name again."],
  state: (stack) => ({
    place: `file \`${stateFile(stack)}\` beside \`cdktf.json\`, the one before it \`${stateFile(stack)}.backup\``,
    holder: [`cat .${stateFile(stack)}.lock.info`],
    versions: [`ls -l ${stateFile(stack)} ${stateFile(stack)}.backup`],
    fetch: (file) => [`cp ${stateFile(stack)}.backup ${file}`],
  }),
  writeSecret: (key, file) => [
    `kubectl -n ${STORE_NAMESPACE} create secret generic ${key} --from-file=${VALUE}=${file} --dry-run=client -o yaml | kubectl -n ${STORE_NAMESPACE} patch secret ${key} --type=merge --patch-file=/dev/stdin`,
  ],
  restore: () => undefined,
});
