import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import { within } from "./program";

/*
 * Debian's Chromium without a window, told what to do by its own protocol (https://chromedevtools.github.io/devtools-protocol/)
 * over a pipe: no port is opened.
 */

const ARGUMENTS = [
  "--headless=new",
  "--remote-debugging-pipe",
  // Its sandbox refuses root, who runs these tests. What it shows is what this program wrote.
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--no-first-run",
  "--disable-extensions",
  "--disable-background-networking",
  "--disable-component-update",
  "--hide-scrollbars",
];

/** Keys by the codes that Windows gives them, which the protocol asks for. */
const KEYS = { ArrowDown: 40, ArrowUp: 38, Enter: 13, Escape: 27, Tab: 9 } as const;

type Fields = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
  readonly sessionId?: string;
}

export interface View {
  readonly width: number;
  readonly scheme: "dark" | "light";
}

/** A file as a browser shows it. */
export class Tab {
  /** What it complained of, and what it asked of others, since it was opened. */
  readonly complaints: string[] = [];
  readonly requests: string[] = [];

  constructor(private readonly send: (method: string, params?: Fields) => Promise<Fields>) {}

  hear({ method, params = {} }: Message): void {
    if (method === "Log.entryAdded") this.complaints.push(String((params.entry as Fields).text));
    if (method === "Runtime.consoleAPICalled" || method === "Runtime.exceptionThrown") {
      this.complaints.push(JSON.stringify(params));
    }
    if (method === "Network.requestWillBeSent") this.requests.push(String((params.request as Fields).url));
  }

  /** Shows what is open as it is on a screen of this width and for people who prefer this scheme. */
  async show({ width, scheme }: View): Promise<void> {
    await this.send("Emulation.setDeviceMetricsOverride", {
      ...{ width, height: 900, deviceScaleFactor: 1, mobile: width < 600 },
    });
    await this.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
  }

  async close(): Promise<void> {
    await this.send("Page.close");
  }

  /** Shows a file. */
  async open(file: string, view: View): Promise<void> {
    for (const domain of ["Page", "Runtime", "Log", "Network", "Accessibility"]) await this.send(`${domain}.enable`);
    await this.show(view);
    await this.send("Page.navigate", { url: `file://${file}` });
    await this.evaluate(
      `new Promise((done) => document.readyState === "complete" ? done() : addEventListener("load", () => done()))`,
    );
  }

  /** The value of an expression in the page, as JSON has it; a promise is waited for. */
  async evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      ...{ expression, returnByValue: true, awaitPromise: true },
    });
    if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
    return (result as Fields).value as T;
  }

  /** Presses a key as a person does. */
  async press(key: keyof typeof KEYS): Promise<void> {
    const params = { key, code: key, windowsVirtualKeyCode: KEYS[key], ...(key === "Enter" && { text: "\r" }) };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", ...params });
    await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...params });
  }

  /** Types a text, a key for each character. */
  async type(text: string): Promise<void> {
    for (const character of text) {
      await this.send("Input.dispatchKeyEvent", { type: "keyDown", key: character, text: character });
      await this.send("Input.dispatchKeyEvent", { type: "keyUp", key: character });
    }
  }

  /** Waits until an expression in the page is true. */
  async until(expression: string): Promise<void> {
    for (let tries = 0; tries < 250; tries++) {
      if (await this.evaluate<boolean>(`Boolean(${expression})`)) return;
      await new Promise((done) => setTimeout(done, 20));
    }
    throw new Error(`never: ${expression}`);
  }

  /** The whole page as PNG. */
  async picture(): Promise<Buffer> {
    const { data } = await this.send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true });
    return Buffer.from(String(data), "base64");
  }

  /** Roles and names as people hear them, without what is ignored. */
  async heard(): Promise<{ readonly role: string; readonly name: string }[]> {
    const { nodes } = await this.send("Accessibility.getFullAXTree");
    const text = (value: unknown): string => {
      const said = (value as Fields | undefined)?.value;
      return typeof said === "string" ? said : "";
    };
    return (nodes as Fields[])
      .filter(({ ignored }) => ignored !== true)
      .map(({ role, name }) => ({ role: text(role), name: text(name) }));
  }
}

/** A browser, ended by its process id. */
export class Browser {
  #next = 1;
  #rest = "";
  readonly #waiting = new Map<number, (message: Message) => void>();
  readonly #tabs = new Map<string, Tab>();

  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {
    child.stdio[4]?.on("data", (data: Buffer) => {
      const messages = `${this.#rest}${data.toString()}`.split("\0");
      this.#rest = messages.pop() ?? "";
      for (const text of messages) this.#take(JSON.parse(text) as Message);
    });
  }

  static start(): Browser {
    const folder = mkdtempSync(join(tmpdir(), "goldenpath-browser-"));
    const child = spawn("chromium", [...ARGUMENTS, `--user-data-dir=${folder}`, "about:blank"], {
      stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"],
      env: { PATH: process.env["PATH"], HOME: folder },
    });
    return new Browser(child, folder);
  }

  /** A new tab, with a file in it. */
  async open(file: string, view: View): Promise<Tab> {
    const { targetId } = await this.#send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await this.#send("Target.attachToTarget", { targetId, flatten: true });
    const tab = new Tab((method, params) => this.#send(method, params, String(sessionId)));
    this.#tabs.set(String(sessionId), tab);
    await tab.open(file, view);
    return tab;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = new Promise((resolve) => this.child.once("exit", resolve));
      // It ends its own processes, which would write into the folder until they are gone.
      this.#send("Browser.close").catch(() => undefined);
      const inTime = await within(
        10,
        ended.then(() => true),
      );
      if (inTime === undefined) {
        this.child.kill("SIGKILL");
        await ended;
      }
    }
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #take(message: Message): void {
    if (message.id === undefined) this.#tabs.get(message.sessionId ?? "")?.hear(message);
    else this.#waiting.get(message.id)?.(message);
  }

  #send(method: string, params: Fields = {}, sessionId?: string): Promise<Fields> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.child.once("error", reject);
      this.#waiting.set(id, ({ result = {}, error }) => {
        this.#waiting.delete(id);
        this.child.off("error", reject);
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${error.message}`));
      });
      (this.child.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }
}
