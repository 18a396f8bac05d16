import { patchPath } from "../model/patch";
import { InvalidInput } from "../model/problem";
import type { ResolvedApplication } from "../model/resolved";

/**
 * Runs what reads the objects of an application. A patch may give a field a form that nobody can read, or take one away that
 * everybody needs: where there are patches, that is a mistake in them and no fault of this program.
 *
 * @throws InvalidInput in place of what `run` throws, naming each patch of an object
 */
export function underPatches<T>(application: ResolvedApplication, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const patches = application.patches.filter(({ on }) => on === "object");
    if (error instanceof InvalidInput || patches.length === 0) throw error;
    // What else is thrown shows what was given.
    const said = error instanceof TypeError ? error.message : "a field is there that the Terraform resource has not";
    throw new InvalidInput(
      patches.map((patch) => ({
        path: patchPath(application, patch),
        why: `an object with the patches of ${application.name} cannot be read (${said})`,
        fix: "give each field the form that Kubernetes has there, and remove none that pods need",
      })),
    );
  }
}
