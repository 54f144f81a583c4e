import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { expect, it } from "vitest";
import { choosePorts } from "./ports.ts";
import { temporaryFolder } from "../temporary-folder.ts";

function file(): string {
  return join(temporaryFolder("ports"), "ports.json");
}

function occupy(port: number): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}

it("are different from each other, and the same at the next start", async () => {
  const remembered = file();
  const first = await choosePorts(remembered, null);
  expect(new Set(Object.values(first)).size).toBe(5);
  expect(await choosePorts(remembered, null)).toEqual(first);
});

it("one that another program took meanwhile is replaced, the others stay", async () => {
  const remembered = file();
  const first = await choosePorts(remembered, null);
  const other = await occupy(first.paper);
  const second = await choosePorts(remembered, null);
  expect(second.paper).not.toBe(first.paper);
  expect({ ...second, paper: 0 }).toEqual({ ...first, paper: 0 });
  other.close();
});

it("--port is the register's, and refused when it is taken", async () => {
  const other = await occupy(0);
  const { port } = other.address() as AddressInfo;
  await expect(choosePorts(file(), port)).rejects.toThrow(`Port ${port} is used`);
  await new Promise((resolve) => other.close(resolve));
  expect((await choosePorts(file(), port)).register).toBe(port);
});
