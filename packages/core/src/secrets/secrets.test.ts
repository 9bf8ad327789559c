import { describe, expect, test } from "vitest";
import { planText } from "../fixtures/plan-document.js";
import { rendered } from "../fixtures/write-document.js";
import { isSecret } from "./secret-names.js";
import { fillIn } from "./stand-in.js";
import { Veil } from "./veil.js";

const none = { secrets: [], notSecrets: [] };
const value = 'hf_0123/ä"5';

test.each(
  [
    "TOKEN HF_TOKEN GITHUB_TOKEN hfToken SECRET CLIENT_SECRET_ID DB_PASSWORD PASSWORD_FILE_TEXT PASS SMTP_PASS KEY API_KEY",
    "AWS_SECRET_ACCESS_KEY APIKEY WANDB_API_KEY API_KEY_2 TOKEN2 TOKEN_HF KEY_PROD GOOGLE_APPLICATION_CREDENTIALS MY_PASSPHRASE DB_PWD",
  ].flatMap((line) => line.split(" ")),
)("%s is secret by its name", (name) => {
  expect(isSecret(name, none)).toBe(true);
  expect(isSecret(name, { secrets: [], notSecrets: [name] })).toBe(false);
});

test.each(
  [
    "COSAS_ROOT HOME PWD OLDPWD KEYBOARD KEYBOARD_LAYOUT MONKEY TOKENS_PER_BATCH MAX_TOKENS TOKENIZER PASS_COUNT PASSES",
    "COMPASS BYPASS KEY_COUNT KEYS_DIR KEY_DIR TOKEN_LIMIT SSH_PUBLIC_KEY AUTHOR AUTH_URL SECRETARY PATH PATTERN HASH",
  ].flatMap((line) => line.split(" ")),
)("%s is not, unless the document says so", (name) => {
  expect(isSecret(name, none)).toBe(false);
  expect(isSecret(name, { secrets: [name], notSecrets: [] })).toBe(true);
});

test("filling in is the reverse of veiling", () => {
  const secrets = new Map([
    ["A_TOKEN", value],
    ["B_TOKEN", `${value}more`],
  ]);
  const told = {
    url: `https://x:${value}more@host/${value}`,
    list: [value, 1, null, { [value]: true }],
    other: "${env.HOME}",
  };
  const veiled = new Veil(secrets).value(told);
  expect(veiled).toEqual({
    url: "https://x:${env.B_TOKEN}@host/${env.A_TOKEN}",
    list: ["${env.A_TOKEN}", 1, null, { "${env.A_TOKEN}": true }],
    other: "${env.HOME}",
  });
  expect(fillIn(veiled, [...secrets.keys()], Object.fromEntries(secrets))).toEqual(told);
  expect(() => fillIn(veiled, ["A_TOKEN"], {})).toThrow(expect.objectContaining({ code: "VARIABLE_NOT_SET" }));
});

test("other spellings are veiled too, and bytes that are text", () => {
  const veil = new Veil(new Map([["A_TOKEN", value]]));
  expect(veil.text(`?token=${encodeURIComponent(value)}`)).toBe("?token=${env.A_TOKEN}");
  expect(veil.text(JSON.stringify({ value }))).toBe('{"value":"${env.A_TOKEN}"}');
  expect(Buffer.from(veil.bytes(Buffer.from(`ü ${value}`))).toString()).toBe("ü ${env.A_TOKEN}");
  const binary = Buffer.from([0, 1, 2, 0xff]);
  expect(veil.bytes(binary)).toBe(binary);
});

describe("a plan", () => {
  const text = `name: a
params: { token: "\${env.HF_TOKEN}", unused: "\${env.HF_TOKEN}" }
steps:
  a:
    uses: toy/anything
    matrix: { m: ["\${env.HF_TOKEN}"] }
    with: { value: ["\${params.token}", "https://x:\${env.HF_TOKEN}@y", "\${matrix.m}"], more: { key: "\${env.HF_TOKEN}" } }
`;

  test("holds stand-ins wherever the value would be", async () => {
    const plan = await planText(text, { env: { HF_TOKEN: value } });
    expect(JSON.stringify(plan)).not.toContain("hf_0123");
    expect(plan.secrets).toEqual(["HF_TOKEN"]);
    expect(plan.instances[0]).toMatchObject({
      id: "a[${env.HF_TOKEN}]",
      options: {
        value: ["${env.HF_TOKEN}", "https://x:${env.HF_TOKEN}@y", "${env.HF_TOKEN}"],
        more: { key: "${env.HF_TOKEN}" },
      },
    });
    expect(plan.params).toEqual({ token: "${env.HF_TOKEN}", unused: "${env.HF_TOKEN}" });
  });

  test("has the same fingerprints with another value", async () => {
    const [a, b] = [
      await planText(text, { env: { HF_TOKEN: value } }),
      await planText(text, { env: { HF_TOKEN: "x" } }),
    ];
    expect(a).toEqual({
      ...b,
      document: a.document,
      baseFolder: a.baseFolder,
      settings: expect.anything(),
      instances: expect.anything(),
    });
    expect(a.instances.map((each) => each.fingerprint)).toEqual(b.instances.map((each) => each.fingerprint));
  });

  test("of variables that are none stays as it was", async () => {
    const plan = await planText(text.replaceAll("HF_TOKEN", "DATA"), { env: { DATA: value } });
    expect(plan).not.toHaveProperty("secrets");
    expect(plan.instances[0].options.value).toEqual([value, `https://x:${value}@y`, value]);
  });

  test("goes by what the document says", async () => {
    const env = { HF_TOKEN: "seen", MINE: "hidden" };
    const said = `secrets: [MINE]\nnotSecrets: [HF_TOKEN]\n${text}`.replace("key:", 'mine: "${env.MINE}", key:');
    const plan = await planText(said, { env });
    expect(plan.secrets).toEqual(["MINE"]);
    expect(plan.instances[0].options.more).toEqual({ key: "seen", mine: "${env.MINE}" });
  });

  test("checks options with the value, and shows it in no error", async () => {
    const train = 'name: a\nsteps:\n  t: { uses: toy/train, with: { mode: "${env.MODE_KEY}" } }\n';
    const plan = await planText(train, { env: { MODE_KEY: "exact" } });
    expect(plan.instances[0].options.mode).toBe("${env.MODE_KEY}");
    const error = await rendered(planText(train, { env: { MODE_KEY: "exactly" } }));
    expect(error).toContain("found         the value of ${env.MODE_KEY}, which is secret");
    expect(error).not.toContain("exactly");
  });
});
