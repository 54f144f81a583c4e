import { forgetting, losingChanges, type PlantedBug } from "./planted-bug.ts";
import { noPlant } from "../shop/shop.ts";

/** [C3] [C5] Bugs in gift cards, planned prices and codes. */
export const goodsAndCards: readonly PlantedBug[] = [
  {
    name: "what a gift card paid counts again when the cloud has told of it",
    seenBy: ["gift-cards"],
    needs: ["gift-cards"],
    plant: {
      ...noPlant,
      ledger: (real) => ({ ...real, accounts: { ...real.accounts, heard: () => undefined } }),
    },
  },
  {
    name: "what a gift card holds is not told to the tills",
    seenBy: ["gift-cards"],
    needs: ["gift-cards"],
    plant: losingChanges((changes) => changes.filter(({ kind }) => kind !== "account")),
  },
  {
    name: "a gift card's floor is forgotten: any till pays any amount",
    seenBy: ["gift-cards"],
    needs: ["gift-cards"],
    plant: {
      ...noPlant,
      ledger: (real) => ({
        ...real,
        accounts: { ...real.accounts, balanceMinor: () => 100_000 },
      }),
    },
  },
  {
    name: "nobody is told that a gift card was overdrawn",
    seenBy: ["conflicts-recorded"],
    needs: ["gift-cards", "cuts"],
    plant: { ...noPlant, store: (real, path) => forgetting(real, path, "overdrawn") },
  },
  {
    name: "a planned price never begins in the cloud",
    seenBy: ["nothing-stuck", "catalogue"],
    needs: ["planned-prices"],
    plant: { ...noPlant, store: (real) => ({ ...real, beginPrices: async () => 0 }) },
  },
  {
    name: "a till that opens a shift does not begin its prices",
    seenBy: ["planned-prices", "catalogue"],
    needs: ["planned-prices"],
    plant: {
      ...noPlant,
      ledger: (real) => ({
        ...real,
        pendingPrices: { ...real.pendingPrices, begin: () => undefined },
      }),
    },
  },
  {
    name: "nobody is told that two goods were given one code",
    seenBy: ["conflicts-recorded"],
    needs: ["codes"],
    plant: { ...noPlant, store: (real, path) => forgetting(real, path, "code-conflict") },
  },
];
