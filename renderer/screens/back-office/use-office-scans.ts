import { useChannel } from "../../channel/channel-context.tsx";
import { navigate } from "../../router/route.ts";
import { type Scan, useScanRequest } from "../../scan/scan-request.ts";
import { lowDouble } from "../../sound/sounds.ts";

/**
 * In the back office a scan asks what is known of the thing: goods lead to their stock movements, a receipt to
 * its facts. Nothing is added to a sale that nobody sees.
 */
export function useOfficeScans(): void {
  const channel = useChannel();

  async function lookUp({ code, receiptNumber }: Scan): Promise<void> {
    if (receiptNumber !== null) {
      const receipt = await channel.call("return.lookup", { receiptNumber });
      if (receipt.ok) return navigate(`/back-office/sales/${receipt.value.saleId}`);
    } else {
      const goods = await channel.call("stock.list", { text: code.slice(0, 100), limit: 1 });
      const [first] = goods.ok ? goods.value : [];
      if (first !== undefined) {
        return navigate(`/back-office/stock/${encodeURIComponent(first.sku)}`);
      }
    }
    lowDouble();
  }

  useScanRequest((scan) => {
    void lookUp(scan);
    return true;
  });
}
