/** Where the API is. Replace it; an app that is installed keeps it until its next release. */
export const API = "https://api.example.com";

/** How long somebody waits for an answer before the screen says that there is none. */
export const TIMEOUT_MILLISECONDS = 8000;
