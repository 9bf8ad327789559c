export type { ArgumentValues, CommandArgument, CommandArguments } from "./command-argument.js";
export type { CommandContext } from "./command-context.js";
export { type CommandOption, type CommandOptions, defineOptions, type OptionValues } from "./command-option.js";
export type { Colors, CommandOutput, Paint, StatusLine } from "./command-output.js";
export { type AnyCommandDefinition, type CommandDefinition, defineCommand } from "./define-command.js";
export { type ExitCode, exitCodes } from "./exit-codes.js";
export type { LoadedPlugins, NamedComponent, PluginRequest } from "./loaded-plugins.js";
export { positiveInteger, wholeNumber } from "./numbers.js";
export type {
  DataRequest,
  ItemFault,
  LookRequest,
  PlannedData,
  PlannedDataStep,
  StepLook,
} from "./planned-data.js";
export type { RecordedInstance, RecordedPlan, RecordedRun } from "./recorded-run.js";
export { pipelineOptions, sharedOptions } from "./shared-options.js";
