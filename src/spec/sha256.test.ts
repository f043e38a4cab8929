import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { sha256 } from "./sha256.ts";

// FIPS 180-4 example values, NIST "SHA256.pdf" and the long message of the Secure Hash Standard's tests.
it.each([
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  [
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  ],
  ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
])("hashes the standard's message %.10s…", (message, digest) => {
  expect(sha256(message)).toBe(digest);
});

it("agrees with Node's on bytes of every length around the block, also inside a larger buffer", () => {
  for (let length = 0; length <= 130; length++) {
    const bytes = Uint8Array.from({ length: length + 3 }, (_, i) => (i * 37 + length) & 255).subarray(3);
    expect(sha256(bytes)).toBe(createHash("sha256").update(bytes).digest("hex"));
  }
});

it("hashes a text's UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      expect(sha256(text)).toBe(createHash("sha256").update(text, "utf8").digest("hex"));
    }),
    { numRuns: 50 },
  );
});
