import { firstFilter } from "../filters.ts";
import { Observable } from "../observable.ts";

/** What the list shows; outlives the list, so that a way through the settings leads back to the same place. */
export const chosenFilter = new Observable(firstFilter);
export const searchText = new Observable("");
/** Pixels from the top of the rows. */
export const listScroll = { top: 0 };
