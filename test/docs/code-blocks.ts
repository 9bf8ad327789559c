/** A fenced block of a Markdown page. */
export interface CodeBlock {
  /** `sh`, `yaml`, `js`, `json` */
  readonly language: string;
  readonly text: string;
  /** The line in back quotes that introduces it, where that ends with a file name: what the block is to be saved as. */
  readonly fileName?: string;
}

export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  for (const match of markdown.matchAll(/(.*)\n\n```(\w+)\n([\s\S]*?)```/g)) {
    const [, before, language, text] = match;
    const comment = /^# (\S+\.ya?ml)\n/.exec(text)?.[1];
    const introduced = /`([\w./-]+\.\w+)`:$/.exec(before)?.[1];
    blocks.push({ language, text, fileName: comment ?? introduced });
  }
  return blocks;
}
