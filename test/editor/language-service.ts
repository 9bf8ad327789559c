import { createRequire } from "node:module";

/** A text in an editor, with a bar where the cursor is. */
const cursor = "|";

interface Position {
  readonly line: number;
  readonly character: number;
}

interface TextDocument {
  positionAt(offset: number): Position;
}

interface Service {
  configure(settings: object): void;
  doComplete(
    document: TextDocument,
    position: Position,
    isKubernetes: boolean,
  ): Promise<{ items: { label: string; documentation?: unknown }[] }>;
  doValidation(
    document: TextDocument,
    isKubernetes: boolean,
  ): Promise<{ message: string; range: { start: Position } }[]>;
  doHover(document: TextDocument, position: Position): Promise<{ contents: { value: string } } | null>;
}

/** Line from 1, and what the editor says of it. */
export interface Underlined {
  readonly line: number;
  readonly message: string;
}

/** What an editor with the YAML language server shows of documents with the schema. */
export class Editor {
  readonly #service: Service;
  readonly #documentOf: (text: string) => TextDocument;
  readonly #opened = new Map<string, TextDocument>();

  constructor(schema: object) {
    const require = createRequire(import.meta.url);
    // The package exports its parts as CommonJS modules beside its main one.
    const inside = createRequire(require.resolve("yaml-language-server"));
    const { getLanguageService } = inside("./languageservice/yamlLanguageService.js");
    const { SettingsState } = inside("./yamlSettings.js");
    const { TextDocument } = inside("vscode-languageserver-textdocument");
    const faults = (_name: string, error: unknown) => {
      throw error;
    };
    const yamlSettings = new SettingsState();
    yamlSettings.documents = { get: (uri: string) => this.#opened.get(uri) };
    let version = 0;
    this.#documentOf = (text) => {
      version++;
      const uri = `file:///editor/${version}.yaml`;
      const document = TextDocument.create(uri, "yaml", version, text);
      this.#opened.set(uri, document);
      return document;
    };
    this.#service = getLanguageService({
      schemaRequestService: (uri: string) => Promise.reject(new Error(`not asked for: ${uri}`)),
      workspaceContext: { resolveRelativePath: (path: string) => path },
      telemetry: { sendError: faults, send: () => {}, sendTrack: () => {} },
      yamlSettings,
      clientCapabilities: {},
    });
    this.#service.configure({
      validate: true,
      completion: true,
      hover: true,
      yamlVersion: "1.2",
      schemas: [{ uri: "eosin://pipeline", fileMatch: ["*.yaml"], schema: structuredClone(schema) }],
    });
  }

  /** What is offered where the bar is. */
  async complete(text: string): Promise<string[]> {
    const { document, position } = this.#at(text);
    return (await this.#service.doComplete(document, position, false)).items.map(({ label }) => label);
  }

  /** What is shown of the word under the bar. */
  async hover(text: string): Promise<string> {
    const { document, position } = this.#at(text);
    return (await this.#service.doHover(document, position))?.contents.value ?? "";
  }

  async underlined(text: string): Promise<Underlined[]> {
    const found = await this.#service.doValidation(this.#documentOf(text), false);
    return found.map(({ message, range }) => ({ line: range.start.line + 1, message }));
  }

  #at(text: string) {
    const document = this.#documentOf(text.replace(cursor, ""));
    return { document, position: document.positionAt(text.indexOf(cursor)) };
  }
}
