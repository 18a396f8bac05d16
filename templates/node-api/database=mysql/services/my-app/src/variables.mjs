// The variables that this program was given. An empty one is one not given.

/** @returns {Record<string, string>} those that are required; ends the program where one is missing, with all that are */
export function required(names, log) {
  const missing = names.filter((name) => !process.env[name]);
  for (const name of missing) {
    log.error("not started", new Error(`${name}: not set; a workload that needs the service has it`));
  }
  if (missing.length > 0) process.exit(1);
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

/** What is made of them; ends the program where that cannot be made, and says why in a line of the log. */
export function made(make, log) {
  try {
    return make();
  } catch (error) {
    log.error("not started", error);
    process.exit(1);
  }
}
