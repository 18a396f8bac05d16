/** Tags on top of the environment's own, which azurerm cannot add by itself: what the bill and the alarms are split by. */
export function serviceTags(
  tags: Record<string, string>,
  application: string,
  service: string,
): Record<string, string> {
  return { ...applicationTags(tags, application), "goldenpath:service": service };
}

export function applicationTags(tags: Record<string, string>, application: string): Record<string, string> {
  return { ...tags, "goldenpath:application": application };
}
