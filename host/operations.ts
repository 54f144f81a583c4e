import type { Ask } from "./asks/ask.ts";
import { evidencePage } from "./asks/evidence.ts";
import { proveDay } from "./asks/proof.ts";
import { listTills } from "./asks/tills.ts";
import { addOpenItem, addProduct, removeLine, setQuantity, voidSale } from "./commands/cart.ts";
import { addNewProduct } from "./commands/add-product.ts";
import { loadGiftCard, moveAccount, takeGiftCard, viewAccount } from "./commands/accounts.ts";
import { cancelPrice, editProduct, schedulePrice } from "./commands/edit-product.ts";
import { resolveException, retryParked } from "./commands/exceptions.ts";
import type { Command, Query } from "./commands/command.ts";
import { listPrintJobs, resolvePrintJob, retryPrintJob } from "./commands/print-jobs.ts";
import { getReceipt, listReceipts, openDrawer, reprintReceipt } from "./commands/receipts.ts";
import {
  addReturnLines,
  lookUpReceipt,
  returnOpenItem,
  returnProduct,
} from "./commands/returns.ts";
import { scan } from "./commands/scan.ts";
import { signIn, signOut } from "./commands/session.ts";
import { closeShift, countShift, openShift, reprintShift } from "./commands/shift.ts";
import { adjustStock, receiveStock } from "./commands/stock.ts";
import { countStock } from "./commands/count-stock.ts";
import { listSuspended, recallSale, suspendSale } from "./commands/suspend.ts";
import { cancelCard, refundCash, removeTender, takeCard, takeCash } from "./commands/tender.ts";
import type { OperationName } from "./contract/operations.ts";
import { listGroup, listGroups, searchCatalogue } from "./queries/catalogue.ts";
import { exportParked, listExceptions, listParked } from "./queries/exceptions.ts";
import { listDays } from "./queries/days.ts";
import { checkLeaving } from "./queries/leave.ts";
import { listPeople } from "./queries/people.ts";
import { listScheduledPrices, viewProduct } from "./queries/products.ts";
import { viewRegister } from "./queries/register.ts";
import { viewRestored } from "./queries/restored.ts";
import { listShifts } from "./queries/shifts.ts";
import { viewStatus } from "./queries/status.ts";
import { listCounts, listUncertain } from "./queries/counts.ts";
import { listMovements, listStock } from "./queries/stock.ts";
import { viewSync, wakeSync } from "./queries/sync.ts";
import { viewToday } from "./queries/today.ts";

/** What changes something: carried out once per command id, in one transaction. */
export const commands = {
  "session.sign-in": signIn,
  "session.sign-out": signOut,
  "shift.open": openShift,
  "shift.count": countShift,
  "shift.close": closeShift,
  "shift.reprint": reprintShift,
  "cart.scan": scan,
  "cart.add-product": addProduct,
  "cart.add-open-item": addOpenItem,
  "cart.set-quantity": setQuantity,
  "cart.remove-line": removeLine,
  "cart.void": voidSale,
  "cart.suspend": suspendSale,
  "cart.recall": recallSale,
  "tender.cash": takeCash,
  "tender.card": takeCard,
  "tender.cancel-card": cancelCard,
  "tender.gift-card": takeGiftCard,
  "gift-card.load": loadGiftCard,
  "account.move": moveAccount,
  "tender.remove": removeTender,
  "tender.refund-cash": refundCash,
  "return.add-lines": addReturnLines,
  "return.add-product": returnProduct,
  "return.add-open-item": returnOpenItem,
  "catalogue.add-product": addNewProduct,
  "stock.count": countStock,
  "stock.receive": receiveStock,
  "stock.adjust": adjustStock,
  "product.edit": editProduct,
  "price.schedule": schedulePrice,
  "price.cancel": cancelPrice,
  "exceptions.resolve": resolveException,
  "parked.retry": retryParked,
  "receipt.reprint": reprintReceipt,
  "drawer.open": openDrawer,
  "print.retry": retryPrintJob,
  "print.resolve": resolvePrintJob,
} satisfies { [N in OperationName]?: Command<N> };

/** What also asks the cloud. */
export const asks = {
  "tills.list": listTills,
  "proof.day": proveDay,
  "evidence.page": evidencePage,
} satisfies { [N in OperationName]?: Ask<N> };

/** What only reads. */
export const queries = {
  "register.view": viewRegister,
  "people.list": listPeople,
  "cart.suspended": listSuspended,
  "return.lookup": lookUpReceipt,
  "receipt.list": listReceipts,
  "receipt.get": getReceipt,
  "catalogue.search": searchCatalogue,
  "catalogue.groups": listGroups,
  "catalogue.group": listGroup,
  "account.view": viewAccount,
  "product.view": viewProduct,
  "price.scheduled": listScheduledPrices,
  "exceptions.list": listExceptions,
  "parked.list": listParked,
  "parked.export": exportParked,
  "status.view": viewStatus,
  "print.jobs": listPrintJobs,
  "today.view": viewToday,
  "stock.list": listStock,
  "stock.movements": listMovements,
  "stock.counts": listCounts,
  "stock.uncertain": listUncertain,
  "shifts.list": listShifts,
  "sync.view": viewSync,
  "sync.wake": wakeSync,
  "restored.view": viewRestored,
  "proof.days": listDays,
  "leave.check": checkLeaving,
} satisfies Omit<{ [N in OperationName]: Query<N> }, keyof typeof commands | keyof typeof asks>;
