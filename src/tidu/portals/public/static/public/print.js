import { watchPrinting } from "../parts/prints.js";

watchPrinting();
