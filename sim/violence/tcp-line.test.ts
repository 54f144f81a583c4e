import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openTcpLine, type TcpLine } from "./tcp-line.ts";

let server: Server;
let line: TcpLine;
let heard: string;
let far: Socket | undefined;
let near: Socket;
let said: string;

/** Not `once`, which rejects where the end is a reset. */
const closing = (socket: Socket) => new Promise((resolve) => socket.once("close", resolve));

/** A server that says again what it hears, and a client behind the line. */
beforeEach(async () => {
  [heard, said, far] = ["", "", undefined];
  server = createServer((socket) => {
    far = socket;
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      heard += data.toString();
      socket.write(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  line = await openTcpLine((server.address() as AddressInfo).port);
  near = connect(line.port, "127.0.0.1");
  near.on("error", () => undefined);
  near.on("data", (data) => {
    said += data.toString();
  });
  near.write("a");
  await once(near, "data");
});
afterEach(async () => {
  near.destroy();
  far?.destroy();
  await line.close();
  server.close();
});

it("half-open upwards: what is said waits and is delivered, or is forgotten with its connection", async () => {
  line.hold(["up"]);
  near.write("b");
  far?.write("c");
  await expect.poll(() => said).toBe("ac");
  expect(heard).toBe("a");
  line.mend("deliver");
  await expect.poll(() => heard).toBe("ab");
  line.hold(["up"]);
  near.write("d");
  const closed = closing(near);
  line.mend("forget");
  await closed;
  expect(heard).toBe("ab");
});

it("half-open downwards: the server hears, its answer does not arrive", async () => {
  line.hold(["down"]);
  near.write("b");
  await expect.poll(() => heard).toBe("ab");
  expect(said).toBe("a");
  line.mend("deliver");
  await expect.poll(() => said).toBe("ab");
});

it("cut in the middle: so many bytes arrive and no more", async () => {
  line.cutAfter("up", 3);
  const closed = closing(near);
  near.write("12345");
  await closed;
  await expect.poll(() => heard).toBe("a123");
});

it("a cut line takes nobody, a reset one says so with RST", async () => {
  const ends: string[] = [];
  near.on("error", (error: NodeJS.ErrnoException) => ends.push(error.code ?? ""));
  const closed = closing(near);
  line.cut("reset");
  await closed;
  expect(ends).toEqual(["ECONNRESET"]);
  line.cut("fin");
  const late = connect(line.port, "127.0.0.1");
  await once(late, "close");
  expect(late.bytesRead).toBe(0);
});
