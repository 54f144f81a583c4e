import { expect, it } from "vitest";
import { readyLine, readyText } from "./announce.ts";

const where = {
  register: "http://127.0.0.1:1/?token=a",
  backOffice: "http://127.0.0.1:1/?token=b#/back-office",
  paper: "http://127.0.0.1:2/",
  store: "https://127.0.0.1:3",
  data: "the folder",
  people: [{ name: "Dana", role: "manager", pin: "1234", personId: "p1" }],
};

it("--json is one line with exactly these keys, in this order", () => {
  expect(readyLine(where)).toBe(
    '{"ready":true,"register":"http://127.0.0.1:1/?token=a",' +
      '"backOffice":"http://127.0.0.1:1/?token=b#/back-office","paper":"http://127.0.0.1:2/",' +
      '"store":"https://127.0.0.1:3","data":"the folder",' +
      '"people":[{"name":"Dana","role":"manager","pin":"1234"}]}',
  );
});

it("a person reads where everything is", () => {
  const text = readyText(where);
  for (const part of [where.register, where.backOffice, where.paper, where.data, "PIN 1234"]) {
    expect(text).toContain(part);
  }
});
