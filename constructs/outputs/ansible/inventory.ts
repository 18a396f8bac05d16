import { posix } from "node:path";
import type { ReleaseTool } from "../../model/environment";
import { staysOf } from "../../releases/stays";
import { duration, rollbackSeconds, upgradeSeconds } from "../../releases/time-outs";
import type { RenderedApplication } from "../../rendering/rendered-environment";
import type { AnsibleOptions } from "./options";
import { machineGroups, type Machines } from "./runner/machines";

/** An application in an environment, with who releases it there. */
export interface Place {
  readonly rendered: RenderedApplication;
  readonly tool: ReleaseTool;
}

/** Folder of the rendered files, from the root. */
export const folderOf = ({ folder = "ansible" }: AnsibleOptions): string => posix.normalize(folder);

/** A place below the root, from the folder of inventories, wherever Ansible is started. */
const fromInventory = (options: AnsibleOptions, to: string): string =>
  `{{ inventory_dir }}/${posix.relative(`${folderOf(options)}/inventory`, to)}`;

/** Variables of a release that the role reads. Every name begins as the role's is called. */
function variablesOf({ rendered, tool }: Place, options: AnsibleOptions): Readonly<Record<string, unknown>> {
  const { application, released } = rendered;
  const { chart, smoke = {} } = options;
  const hosts = [...new Set(application.routes.map(({ host }) => `https://${host}`))];
  const common = {
    release_environment: application.environment,
    release_tool: tool,
    release_stays: staysOf(application, tool),
    release_application: application.name,
  };
  if (tool === "terraform") {
    return { ...common, release_root: fromInventory(options, ""), release_stack: application.stackName };
  }
  return {
    ...common,
    release_namespace: application.namespace,
    release_chart: fromInventory(options, chart),
    release_timeout: duration(upgradeSeconds(released)),
    release_rollback_timeout: duration(rollbackSeconds(released)),
    release_smoke_addresses: smoke[application.environment] ?? hosts,
  };
}

/**
 * Inventory of an environment: one host, from which its cluster is reached, which is where Ansible runs. What differs between environments is
 * here, and nothing secret.
 */
export function inventoryOf(place: Place, machines: readonly Machines[], options: AnsibleOptions): unknown {
  const { environment } = place.rendered.application;
  return {
    releases: {
      hosts: { [`release-${environment}`]: null },
      vars: {
        ansible_connection: "local",
        ansible_python_interpreter: "{{ ansible_playbook_python }}",
        ...variablesOf(place, options),
      },
    },
    ...(machines.length > 0 && machineGroups(machines)),
  };
}
