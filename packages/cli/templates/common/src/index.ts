import { definePlugin } from "@eosin/plugin-api";
import { definition } from "./definition.js";

export default definePlugin({
  name: "{{package}}",
  components: [definition],
});
