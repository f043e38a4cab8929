/** Stricli's messages in this project's form: where, what was needed, how to mend it. */
import {
  type ApplicationText,
  ArgumentScannerError,
  formatMessageForArgumentScannerError,
  text_en,
} from "@stricli/core";
import { failureOf } from "./failure.ts";

const didYouMean = (corrections: readonly string[], prefix: string, otherwise: string): string =>
  corrections.length === 0
    ? otherwise
    : `Did you mean ${corrections.map((word) => prefix + word).join(" or ")}?`;

/** Stricli quotes the names of commands. */
const withoutQuotes = (words: readonly string[]): readonly string[] =>
  words.map((word) => word.replaceAll("`", ""));

const helpHint = "Add --help to see what there is.";

/** All text of the command line that is not a command's own. */
export const text: ApplicationText = {
  ...text_en,
  briefs: { ...text_en.briefs, help: "Say how to use this", version: "Print the version" },
  noCommandRegisteredForInput: ({ input, corrections }) =>
    `${input}: unknown command. ${didYouMean(withoutQuotes(corrections), "", "toy-cis --help lists the commands.")}`,
  exceptionWhileParsingArguments: (error) =>
    error instanceof ArgumentScannerError ? scannerMessage(error) : failureOf(error).message,
  exceptionWhileLoadingCommandFunction: (error) => failureOf(error).message,
  exceptionWhileLoadingCommandContext: (error) => failureOf(error).message,
  exceptionWhileRunningCommand: (error) => failureOf(error).message,
  commandErrorResult: (error) => failureOf(error).message,
};

function scannerMessage(error: ArgumentScannerError): string {
  return formatMessageForArgumentScannerError(error, {
    FlagNotFoundError: ({ input, corrections }) =>
      `--${input}: unknown flag. ${didYouMean(corrections, "--", helpHint)}`,
    AliasNotFoundError: ({ input }) => `-${input}: unknown flag. ${helpHint}`,
    ArgumentParseError: ({ externalFlagNameOrPlaceholder, exception }) =>
      `--${externalFlagNameOrPlaceholder}: ${exception instanceof Error ? exception.message : String(exception)}`,
    UnsatisfiedFlagError: ({ externalFlagName }) =>
      `--${externalFlagName}: a value is needed after it. ${helpHint}`,
    UnexpectedPositionalError: ({ input }) => `${input}: one argument too many. ${helpHint}`,
    UnsatisfiedPositionalError: ({ placeholder }) => `${placeholder}: needed, got nothing. ${helpHint}`,
    InvalidNegatedFlagSyntaxError: ({ externalFlagName }) =>
      `--${externalFlagName}: takes no value. Leave it out.`,
    UnexpectedFlagError: ({ externalFlagName }) => `--${externalFlagName}: given twice. Keep one of them.`,
  });
}
