import { readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask, enter, type ServedTill, serveFixture } from "./serve-fixture.ts";

let till: ServedTill;

beforeEach(async () => {
  till = await serveFixture();
});

afterEach(async () => {
  await till.server.close();
});

describe("the one-time token", () => {
  it("becomes a cookie that scripts and other sites cannot use, and leaves the address", async () => {
    const { status, headers } = await ask(till, `/?token=${till.token}&lng=he`);
    expect(status).toBe(303);
    expect(headers.location).toBe(`${till.server.origin}/?lng=he`);
    const cookie = headers["set-cookie"]?.[0] ?? "";
    expect(cookie).toContain("HttpOnly");
    expect(cookie).toContain("SameSite=Strict");
    expect(cookie).not.toContain(till.token);
    const page = await ask(till, "/", { Cookie: cookie.split(";")[0] ?? "" });
    expect(page.status).toBe(200);
    expect(page.body).toContain("the till");
  });

  it("opens once: another browser is refused with a sentence", async () => {
    await ask(till, `/?token=${till.token}`);
    const { status, body, headers } = await ask(till, `/?token=${till.token}`);
    expect(status).toBe(403);
    expect(body).toContain("npm start");
    expect(headers["set-cookie"]).toBeUndefined();
  });

  it("opens again for the browser that used it, by its cookie", async () => {
    const cookie = await enter(till);
    const { status, headers } = await ask(till, `/?token=${till.token}`, { Cookie: cookie });
    expect(status).toBe(303);
    expect(headers.location).toBe(`${till.server.origin}/`);
  });

  it("is not spent by a look ahead (HEAD)", async () => {
    expect((await ask(till, `/?token=${till.token}`, {}, "HEAD")).status).toBe(403);
    expect((await ask(till, `/?token=${till.token}`)).status).toBe(303);
  });

  it("stays spent after a crash of the till, and the cookie stays good", async () => {
    const cookie = await enter(till);
    till = await till.restart();
    expect((await ask(till, `/?token=${till.token}`)).status).toBe(403);
    expect((await ask(till, "/", { Cookie: cookie })).status).toBe(200);
  });

  it("and the key of the cookies lie in a file for this user only", async () => {
    await enter(till);
    const file = join(till.folder, "door.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, "utf8")).not.toContain(till.token);
  });

  it("a changed or expired cookie is nobody's", async () => {
    const cookie = await enter(till);
    const [name, value = ""] = cookie.split("=");
    const [id, , signature] = value.split(".");
    for (const forged of [`${value}x`, `${id}.99999999999999.${signature}`, "", "a.b.c"]) {
      expect((await ask(till, "/", { Cookie: `${name}=${forged}` })).status).toBe(403);
    }
  });
});

describe("pages", () => {
  it("come with a strict policy: the program's own files and nothing else", async () => {
    const { headers } = await ask(till, "/", { Cookie: await enter(till) });
    const policy = String(headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${till.server.port};`);
    for (const rule of ["frame-ancestors", "base-uri", "form-action"]) {
      expect(policy).toContain(`${rule} 'none'`);
    }
    expect(policy).not.toContain("unsafe");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("assets with a hash in their name are kept by the browser", async () => {
    const { headers, status } = await ask(till, "/assets/main-Ab12.js", {
      Cookie: await enter(till),
    });
    expect(status).toBe(200);
    expect(headers["cache-control"]).toContain("immutable");
    expect(headers["content-type"]).toContain("text/javascript");
  });

  it("nothing outside the built pages is served", async () => {
    const Cookie = await enter(till);
    const paths = [
      ...["/../secret.html", "/%2e%2e/secret.html", "/..%2fsecret.html", "/..\\secret.html"],
      ...["/assets/../../secret.html", "//secret.html", "/link.html", "/.hidden", "/assets"],
      ...["/assets/", "/index.html/x", "/index.html%00.js", "/nothing.html", "/%"],
    ];
    for (const path of paths) {
      const { status, body } = await ask(till, path, { Cookie });
      expect([path, status]).toEqual([path, 404]);
      expect(body).not.toContain("not for browsers");
    }
  });

  it("need the cookie, every one of them", async () => {
    for (const path of ["/", "/index.html", "/assets/main-Ab12.js", "/?token=guess", "/x"]) {
      expect([path, (await ask(till, path)).status]).toEqual([path, 403]);
    }
  });

  it("[DNS rebinding] a name that is not the till's own is refused, cookie or not", async () => {
    const Cookie = await enter(till);
    for (const Host of ["evil.example", `evil.example:${till.server.port}`, "127.0.0.1", "[::1]"]) {
      expect((await ask(till, "/", { Cookie, Host })).status).toBe(403);
    }
    expect((await ask(till, "/", { Cookie, Host: `localhost:${till.server.port}` })).status).toBe(
      200,
    );
  });

  it("are only read", async () => {
    const { status, headers } = await ask(till, "/", { Cookie: await enter(till) }, "POST");
    expect(status).toBe(405);
    expect(headers.allow).toBe("GET, HEAD");
  });

  it("rubbish instead of HTTP does not stop the till", async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(till.server.port, "127.0.0.1", () =>
        socket.end("\x00\x01rubbish\r\n\r\n"),
      );
      socket.on("close", () => resolve());
      socket.resume();
    });
    expect((await ask(till, "/")).status).toBe(403);
  });
});
