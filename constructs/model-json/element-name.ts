/** Name of an application's part in the words of reports, or of the application itself. */
export const elementName = (application: string, element?: string): string =>
  element === undefined ? application : `${application} / ${element}`;
